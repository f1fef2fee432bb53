import type { Connection as Libp2pConnection } from '@libp2p/interface'
import { transportOf, pathKindOf, relayOf } from '../../src/reach/path-kind.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import { shortDeviceId } from '../../src/identity/device-id.ts'
import {
  inviteStatus,
  type Invite as TrustInvite,
  type Revocation as TrustRevocation,
} from '../../src/trust/trust-state.ts'
import type { RegistryDevice } from '../../src/registry/registry-device.ts'
import { partitionText } from '../../src/topology/partition-text.ts'
import type { Health } from '../api/contract/common.ts'
import type { Connection, Device, Path } from '../api/contract/device.ts'
import type { Topology, Warning } from '../api/contract/mesh.ts'
import type { Invite, Network, PendingJoin, Revocation } from '../api/contract/network.ts'
import type { Mesh } from '../mesh/mesh.ts'

/** Clocks further apart than this are shown: certificates, tickets and logs begin to disagree. */
export const SKEW_SHOWN_MS = 30_000

/** One network in the API's words. Reads the mesh, changes nothing. */
export class NetworkView {
  readonly #mesh: Mesh
  readonly #isForgotten: (device: DeviceId) => boolean

  constructor(mesh: Mesh, isForgotten: (device: DeviceId) => boolean) {
    this.#mesh = mesh
    this.#isForgotten = isForgotten
  }

  network(status: Network['status'], isCurrent: boolean): Network {
    const { trust, key, clock } = this.#mesh
    const self = trust.state.members.get(key.id)
    const devices = this.devices().filter((device) => device.role !== null)
    return {
      id: trust.networkId,
      name: trust.state.name,
      role: self?.role ?? null,
      status,
      isCurrent,
      devices: devices.length,
      alive: devices.filter((device) => device.health === 'alive' || device.health === 'self')
        .length,
      createdAt: Math.min(trust.state.createdAt, clock.now()),
      listen: [...this.#mesh.addresses()],
    }
  }

  /** Self first, then by name; those that have left or were removed last. */
  devices(): Device[] {
    const rank = (device: Device) => (device.isSelf ? 0 : device.role !== null ? 1 : 2)
    return this.#mesh.registry
      .filter({ state: 'any' })
      .filter((device) => !this.#isForgotten(device.id))
      .map((device) => this.device(device))
      .toSorted((a, b) => rank(a) - rank(b))
  }

  device(record: RegistryDevice): Device {
    const { id } = record
    const { key, clock, time, health, lastSeen } = this.#mesh
    const isSelf = id === key.id
    const report = isSelf ? undefined : health.health(id)
    const nowMs = clock.now()
    const state = this.health(id)
    const seenMs = report?.lastHeardMs ?? lastSeen.get(id) ?? null
    const skew = isSelf ? undefined : health.skewOf(id)
    return {
      id,
      name: record.name,
      ownName: record.ownName,
      isSelf,
      kind: record.kind,
      platform: record.platform,
      version: record.version,
      role: record.role,
      health: state,
      membership:
        record.state === 'member' && isPast(record.until, time.now()) ? 'expired' : record.state,
      path: isSelf ? null : this.path(id),
      lastSeenAt:
        isSelf || state === 'alive'
          ? nowMs
          : seenMs === null
            ? null
            : Math.max(0, Math.round(seenMs)),
      registeredAt: record.registeredAt,
      admittedUntil: record.until,
      tags: [...record.tags],
      note: record.note,
      capabilities: [...record.capabilities],
      addresses: [...record.addresses],
      hardware: record.hardware,
      flags: this.#flags(record, skew?.offsetMs),
      clockSkewMs: skew === undefined ? null : Math.round(skew.offsetMs),
    }
  }

  health(id: DeviceId): Health {
    const { key, trust, health } = this.#mesh
    if (id === key.id) return 'self'
    if (!trust.state.members.has(id)) return 'left'
    return health.health(id)?.state ?? 'unknown'
  }

  path(id: DeviceId): Path | null {
    const connection = this.#mesh.links.best(id)
    return connection === undefined ? null : this.#pathOf(connection)
  }

  connections(only?: DeviceId): Connection[] {
    const { links, channels } = this.#mesh
    return links
      .peers()
      .filter((peer) => only === undefined || peer === only)
      .flatMap((peer) => {
        const traffic = channels.map((channel) => channel.traffic(peer))
        const sum = (way: 'sent' | 'received') =>
          traffic.reduce((bytes, each) => bytes + each[way], 0)
        return links.connections(peer).map((connection, index) => ({
          id: connection.id,
          device: peer,
          name: this.name(peer),
          direction: connection.direction === 'inbound' ? ('in' as const) : ('out' as const),
          path: this.#pathOf(connection),
          encryption: connection.encryption ?? 'unknown',
          multiplexer: connection.multiplexer ?? 'unknown',
          openedAt: connection.timeline.open,
          streams: connection.streams
            .map((stream) => stream.protocol)
            .filter((protocol) => protocol !== ''),
          bytesIn: index === 0 ? sum('received') : null,
          bytesOut: index === 0 ? sum('sent') : null,
        }))
      })
  }

  topology(): Topology {
    const { key, clock, topology } = this.#mesh
    const { groups } = topology.groups()
    return {
      observer: key.id,
      at: clock.now(),
      links: topology.links().map(({ from, to, kind, rttMs, loss, atMs, isStale }) => ({
        from,
        to,
        kind,
        rttMs,
        loss,
        at: Math.max(0, Math.round(atMs)),
        isStale,
      })),
      groups: groups.map((group) => [...group]),
      partition: partitionText(groups, (id) => this.name(id)),
      views: topology.views().map(({ observer, device, health }) => ({ observer, device, health })),
    }
  }

  invite(invite: TrustInvite): Invite {
    const { id, role, by, createdAt, expiresAt, uses, used, approve } = invite
    const status = inviteStatus(invite, this.#mesh.time.now())
    return { id, role, by, createdAt, expiresAt, uses, used, approve, status }
  }

  pendingJoins(): PendingJoin[] {
    const waiting = this.#mesh.joins
      .waiting()
      .map((join): PendingJoin => ({ ...join, words: [...join.words], reason: 'approval' }))
    const reviews = [...this.#mesh.trust.state.reviews.values()].map((review): PendingJoin => ({
      id: review.recordId,
      device: review.device,
      name: review.name,
      platform: '',
      role: review.role,
      address: '',
      words: [],
      requestedAt: review.at,
      expiresAt: review.at,
      reason: 'review',
    }))
    return [...waiting, ...reviews]
  }

  revocation(revocation: TrustRevocation): Revocation {
    const { registry, trust } = this.#mesh
    const receipts = registry.receipts(revocation.recordId)
    return {
      id: revocation.recordId,
      device: revocation.device,
      name: this.name(revocation.device),
      by: revocation.by,
      at: revocation.at,
      reason: revocation.reason,
      receipts: [...receipts].map(([device, appliedAt]) => ({
        device,
        name: this.name(device),
        appliedAt,
      })),
      waiting: [...trust.state.members.keys()]
        .filter((device) => !receipts.has(device))
        .map((device) => ({ device, name: this.name(device), health: this.health(device) })),
    }
  }

  name(id: DeviceId): string {
    return this.#mesh.registry.get(id)?.name ?? shortDeviceId(id)
  }

  warnings(): Warning[] {
    const warnings: Warning[] = []
    for (const device of this.devices()) {
      for (const flag of device.flags) {
        warnings.push({
          code: flag.code,
          severity: flag.code === 'fork' ? 'error' : 'warning',
          device: device.id,
          text: `${device.name}: ${flag.detail}`,
          fix: `asgard device show ${device.id.slice(-7)}`,
        })
      }
    }
    const { errorMs } = this.#mesh.time
    if (errorMs !== 0) {
      const text = `The clock of this device is ${Math.round(Math.abs(errorMs) / 1_000)} s ${errorMs > 0 ? 'ahead of' : 'behind'} the admins'`
      warnings.push({
        code: 'clock-skew',
        severity: 'warning',
        device: this.#mesh.key.id,
        text,
        fix: 'timedatectl set-ntp true',
      })
    }
    for (const [peer, refusal] of this.#mesh.refusedBy) {
      const text =
        refusal === 'revoked'
          ? `${this.name(peer)} says that this device was removed from the network`
          : `${this.name(peer)} does not accept this device (${refusal})`
      warnings.push({
        code: 'refused',
        severity: 'error',
        device: peer,
        text,
        fix: `asgard path ${this.name(peer)}`,
      })
    }
    const { partition } = this.topology()
    if (partition !== '') {
      warnings.push({
        code: 'partition',
        severity: 'warning',
        device: null,
        text: partition,
        fix: 'asgard peers',
      })
    }
    return warnings
  }

  #pathOf(connection: Libp2pConnection): Path {
    const peer = connection.remotePeer.toString()
    const { health } = this.#mesh
    return {
      kind: pathKindOf(connection.remoteAddr),
      transport: transportOf(connection.remoteAddr),
      address: connection.remoteAddr.toString(),
      rttMs: health.roundTrips(peer)?.medianMs ?? null,
      loss: health.loss(peer),
      via: relayOf(connection.remoteAddr) ?? null,
      sinceMs: connection.timeline.open,
    }
  }

  #flags(record: RegistryDevice, skewMs: number | undefined): Device['flags'] {
    const { replica, trust, time } = this.#mesh
    const flags: { code: string; detail: string }[] = []
    const isForked =
      trust.state.forks.some((fork) => fork.author === record.id) ||
      replica.forks().some((fork) => fork.id.author === record.id)
    if (isForked) {
      flags.push({
        code: 'fork',
        detail: 'it wrote two histories: a cloned disk, a restored backup, or malice',
      })
    }
    for (const entry of replica.quarantined().filter((entry) => entry.author === record.id)) {
      flags.push({
        code: 'quarantine',
        detail: `something it wrote was refused (${entry.code}): ${entry.detail}`,
      })
    }
    if (record.state === 'member' && isPast(record.until, time.now())) {
      flags.push({
        code: 'expired',
        detail: 'its membership has ended; asgard device approve lets it back in',
      })
    }
    if (record.state === 'review') {
      flags.push({
        code: 'review',
        detail: 'its invite did not hold; an admin has to approve or deny it',
      })
    }
    if (skewMs !== undefined && Math.abs(skewMs) > SKEW_SHOWN_MS) {
      const ahead = skewMs > 0 ? 'ahead of' : 'behind'
      flags.push({
        code: 'clock-skew',
        detail: `its clock is ${Math.round(Math.abs(skewMs) / 1_000)} s ${ahead} this one`,
      })
    }
    return flags
  }
}

function isPast(until: number | null, nowMs: number): boolean {
  return until !== null && until <= nowMs
}
