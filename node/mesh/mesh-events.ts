import type { DeviceId } from '../../src/identity/device-id.ts'
import { shortDeviceId } from '../../src/identity/device-id.ts'
import type { NetworkId } from '../../src/identity/network-id.ts'
import type { TrustChange } from '../../src/trust/trust-log.ts'
import type { TrustState } from '../../src/trust/trust-state.ts'
import { partitionText } from '../../src/topology/partition-text.ts'
import type { EventLog } from '../api/event-log.ts'
import type { EventType } from '../api/contract/mesh.ts'
import type { Log } from '../daemon/log.ts'
import type { MeshListener } from './mesh-listener.ts'
import { Offences } from './offences.ts'

export interface MeshEventsComponents {
  readonly network: NetworkId
  readonly self: DeviceId
  readonly events: EventLog
  readonly log: Log
  /** As people here call it. */
  readonly nameOf: (device: DeviceId) => string
  /** This device is no longer a member: it was removed by somebody else. */
  readonly onRemoved: () => void
}

type Data = Readonly<Record<string, unknown>>

/** Strangers turned away are reported for the first time and then by the thousand. */
const STATE_WORDS = {
  alive: 'is here',
  suspect: 'does not answer',
  failed: 'is gone',
  left: 'is no member any more',
  unknown: 'has not been seen yet',
} as const

/** Turns what happens in one network into events for people and lines in the log. */
export function meshEvents(components: MeshEventsComponents): MeshListener {
  const { network, self, events, log, nameOf, onRemoved } = components
  const offences = new Offences()
  const publish = (type: EventType, device: DeviceId | null, text: string, data: Data = {}) => {
    events.publish({ type, network, device, text, data: { ...data } })
    log.info(type, { network, device, text })
  }
  return {
    trustChanged: (change) => {
      for (const [type, device, text, data] of trustEvents(change, nameOf))
        publish(type, device, text, data)
      if (
        change.before.members.has(self) &&
        !change.after.members.has(self) &&
        change.after.revocations.has(self)
      ) {
        publish('network:removed', self, 'This device was removed from the network')
        onRemoved()
      }
    },
    deviceChanged: (device) => {
      events.publish({
        type: 'device:changed',
        network,
        device,
        text: `${nameOf(device)} changed its record`,
        data: {},
      })
    },
    healthChanged: ({ device, before, after }) => {
      if (before.state === after.state) return
      const text = `${nameOf(device)} ${STATE_WORDS[after.state]}`
      publish('device:health', device, text, {
        before: before.state,
        after: after.state,
        cause: after.cause,
      })
    },
    topologyChanged: (change) => {
      if (change.kind === 'partition') {
        const text = partitionText(change.groups, nameOf)
        publish('topology:partition', null, text, { groups: change.groups })
      } else if (change.kind === 'healed') {
        publish('topology:healed', null, 'All devices see each other again', {
          groups: change.groups,
        })
      }
    },
    linkOpened: (peer) => publish('link:opened', peer, `Connected to ${nameOf(peer)}`),
    linkClosed: (peer) => publish('link:closed', peer, `Disconnected from ${nameOf(peer)}`),
    joinRequested: (join) => {
      const text = `${join.name} wants to join; both screens show ${join.words.join(' ')}`
      publish('join:requested', join.device, text, { id: join.id, words: join.words })
    },
    joinAdmitted: (device, name, role) => log.info('admitted', { network, device, name, role }),
    joinRefused: (device, name, reason) => {
      publish(
        'join:refused',
        device,
        `${name || shortDeviceId(device)} was not admitted: ${reason}`,
        { reason },
      )
    },
    gateRefused: (peer, what, refusal, count) => {
      const text = `${shortDeviceId(peer)} (${refusal}) was turned away from ${what}`
      publish('gate:refused', peer, text, { what, refusal, count })
    },
    refusedByPeer: (peer, refusal) => {
      log.warn('refused by a peer', { network, peer, refusal })
      if (refusal !== 'revoked') return
      publish(
        'gate:refused',
        peer,
        `${nameOf(peer)} says that this device was removed from the network`,
        { refusal },
      )
    },
    offence: (peer, room, code, detail) => {
      const count = offences.count(peer, room, code)
      if (count !== undefined) log.warn('offence', { network, peer, room, code, detail, count })
    },
    quarantined: (author, code, detail) => {
      const who = author === undefined ? 'Somebody' : nameOf(author)
      publish('replica:quarantined', author ?? null, `${who}: something was refused (${code})`, {
        code,
        detail,
      })
    },
    forked: (author) => {
      publish('replica:forked', author, `${nameOf(author)} wrote two histories of its record`)
    },
    interfacesChanged: (added, removed) => {
      publish('node:interfaces', self, 'The network interfaces of this device changed', {
        added,
        removed,
      })
    },
    clockSkewed: (errorMs) => {
      const way = errorMs > 0 ? 'ahead of' : 'behind'
      const text = `The clock of this device is ${Math.round(Math.abs(errorMs) / 1_000)} s ${way} the admins'`
      publish('clock:skewed', self, text, { errorMs })
    },
    failed: (what, err) =>
      log.error('background work failed', { network, what, cause: String(err) }),
    receiptApplied: (revocationId, device) => {
      publish('receipt:applied', device, `${nameOf(device)} has applied a removal`, {
        revocationId,
      })
    },
  }
}

type Fact = readonly [EventType, DeviceId | null, string, Data]

/** What a change of the trust log means for people. */
function* trustEvents(
  { before, after }: TrustChange,
  nameOf: (device: DeviceId) => string,
): Generator<Fact> {
  for (const [device, member] of after.members) {
    const old = before.members.get(device)
    const name = nameOf(device)
    if (old === undefined)
      yield ['device:admitted', device, `${name} joined as ${member.role}`, { role: member.role }]
    else if (old.role !== member.role) {
      yield [
        'device:role',
        device,
        `${name} is ${member.role} now`,
        { before: old.role, after: member.role },
      ]
    }
  }
  for (const [device, { name, role }] of after.reviews) {
    if (before.reviews.has(device)) continue
    const text = `${name} waits until an admin approves it: its invite did not hold`
    yield ['join:requested', device, text, { reason: 'review', role }]
  }
  yield* goneEvents(before, after, nameOf)
  if (before.name !== '' && before.name !== after.name) {
    yield [
      'network:renamed',
      null,
      `The network is called ${after.name} now`,
      { before: before.name },
    ]
  }
  for (const fork of after.forks) {
    if (before.forks.some((old) => old.author === fork.author && old.seq === fork.seq)) continue
    yield [
      'trust:forked',
      fork.author,
      `${nameOf(fork.author)} wrote two histories of the trust log`,
      { seq: fork.seq },
    ]
  }
}

function* goneEvents(
  before: TrustState,
  after: TrustState,
  nameOf: (device: DeviceId) => string,
): Generator<Fact> {
  for (const [device, revocation] of after.revocations) {
    if (before.revocations.has(device)) continue
    const text = `${nameOf(device)} was removed by ${nameOf(revocation.by)}`
    yield ['device:revoked', device, text, { by: revocation.by, revocationId: revocation.recordId }]
  }
  for (const device of after.left.keys()) {
    if (!before.left.has(device))
      yield ['device:left', device, `${nameOf(device)} left the network`, {}]
  }
}
