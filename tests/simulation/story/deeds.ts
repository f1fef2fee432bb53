import type { DeviceId } from '../../../src/identity/device-id.ts'
import { inviteIdOf } from '../../../src/network/invite-key.ts'
import { ruleOnJoin } from '../../../src/network/join-rules.ts'
import { can } from '../../../src/trust/permission.ts'
import { RANK, ROLES, type Role } from '../../../src/trust/role.ts'
import { TrustError } from '../../../src/trust/trust-error.ts'
import { ADMISSION_MS } from '../../../src/trust/trust-limits.ts'
import type { TrustOperation } from '../../../src/trust/trust-operation.ts'
import { RegistryError } from '../../../src/registry/registry-error.ts'
import { ReplicaError } from '../../../src/replica/replica-error.ts'
import type { Device } from '../world/device.ts'
import { StoreError } from '../../../src/storage/store-error.ts'
import { nameOf, type Machine } from '../world/machine.ts'
import type { Dice } from '../world/dice.ts'
import type { SimNode } from '../world/sim-node.ts'
import type { World } from '../world/world.ts'
import type { Chronicle, Promised, Ticket } from './chronicle.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export interface DeedsParts {
  readonly world: World
  readonly chronicle: Chronicle
  readonly dice: Dice
  /** Device 0 is never removed nor demoted, so that there is an owner to the end. */
  readonly hasAnchor: boolean
  readonly failed: (node: SimNode, what: string, err: unknown) => void
}

/** What people do with their devices, at random but by the rules as their own device knows them. */
export class Deeds {
  readonly #parts: DeedsParts
  /** Who did something last. */
  lastActor: Device | undefined

  constructor(parts: DeedsParts) {
    this.#parts = parts
  }

  invite(): void {
    const { world, dice, chronicle } = this.#parts
    const node = this.#someoneWho('invite:create')
    if (node === undefined) return
    const nowMs = node.time.now()
    const role = this.#roleBelow(node)
    const secret = dice.bytes(16)
    const id = inviteIdOf(world.networkId, secret)
    const expiresAt = nowMs + dice.int(12, 24 * 60) * MINUTE_MS
    const guestUntil = role === 'guest' && dice.chance(0.5) ? nowMs + 24 * HOUR_MS : undefined
    const uses = dice.chance(0.7) ? 1 : dice.int(2, 4)
    const operation: TrustOperation = {
      kind: 'invite',
      id,
      role,
      expiresAt,
      uses,
      approve: false,
      ...(guestUntil !== undefined && { guestUntil }),
    }
    this.#append(node, operation, () => {
      chronicle.tickets.push({ id, by: node.id, role, expiresAt, guestUntil })
    })
  }

  cancel(): void {
    const node = this.#someoneWho('invite:cancel')
    const invite = this.#parts.dice.pick([...(node?.trust.state.invites.keys() ?? [])])
    if (node !== undefined && invite !== undefined) this.#append(node, { kind: 'cancel', invite })
  }

  /** A device comes with a ticket; half of the time one that others come with too. */
  join(): void {
    const { world, dice, chronicle } = this.#parts
    const device = dice.pick(world.devices.filter((candidate) => this.#isOutside(candidate)))
    const { tickets } = chronicle
    const ticket = dice.chance(0.6) ? tickets.at(-1 - dice.int(0, 1)) : dice.pick(tickets)
    if (device === undefined || ticket === undefined) return
    const doors = dice.shuffled(world.nodes()).slice(0, 3)
    for (const door of doors) if (this.#joinAt(door, device, ticket)) return
  }

  /** Two devices come with the same ticket to two admins at the same time. */
  race(): void {
    const { world, dice, chronicle } = this.#parts
    const devices = dice.shuffled(world.devices.filter((candidate) => this.#isOutside(candidate)))
    const ticket = chronicle.tickets.at(-1)
    if (ticket === undefined) return
    const doors = dice.shuffled(world.nodes().filter((node) => this.#may(node, 'device:admit')))
    for (const [at, door] of doors.slice(0, 2).entries()) {
      const device = devices[at]
      if (device !== undefined) this.#joinAt(door, device, ticket)
    }
  }

  /** By hand: one that waits for review, one that is gone, or a stranger. */
  admit(): void {
    const { world, dice } = this.#parts
    const node = this.#someoneWho('device:admit')
    if (node === undefined) return
    const waiting = [...node.trust.state.reviews.keys()]
    const subject =
      dice.pick(waiting) ?? dice.pick(world.devices.filter((one) => this.#isOutside(one)))?.key.id
    const device = subject === undefined ? undefined : world.deviceOf(subject)
    if (device === undefined) return
    const role = this.#roleBelow(node)
    this.#admit(node, device, { role })
  }

  role(): void {
    const { dice } = this.#parts
    const node = this.#someoneWho('role:set')
    const subject = this.#someMember(node)
    if (node === undefined || subject === undefined) return
    const role = this.#roleBelow(node)
    const until = node.time.now() + dice.int(2, 40) * HOUR_MS
    this.#append(node, {
      kind: 'role',
      device: subject,
      role,
      ...(role === 'guest' && { until }),
    })
  }

  revoke(): void {
    const node = this.#someoneWho('device:revoke')
    const subject = this.#someMember(node)
    if (node === undefined || subject === undefined) return
    this.#append(node, { kind: 'revoke', device: subject, reason: 'lost' })
  }

  /** Two who may remove each other do, neither knowing of the other. */
  feud(): void {
    const { world, dice } = this.#parts
    const rivals = dice.shuffled(
      world.nodes().filter((node) => this.#may(node, 'device:revoke') && !this.#isAnchor(node.id)),
    )
    const [one, other] = rivals
    if (one === undefined || other === undefined) return
    for (const [node, subject] of [
      [one, other],
      [other, one],
    ] as const) {
      if (dice.chance(0.7))
        this.#append(node, { kind: 'revoke', device: subject.id, reason: 'feud' })
      else this.#append(node, { kind: 'role', device: subject.id, role: 'member' })
    }
  }

  leave(): void {
    const { world, dice } = this.#parts
    const node = dice.pick(world.nodes().filter(({ id }) => !this.#isAnchor(id)))
    if (node !== undefined) this.#append(node, { kind: 'leave' })
  }

  rename(): void {
    const node = this.#someoneWho('network:rename')
    if (node === undefined) return
    this.#append(node, {
      kind: 'rename',
      name: `home of ${nameOf(node.machine)} at ${node.time.now()}`,
    })
  }

  describe(): void {
    const { world, dice, chronicle } = this.#parts
    const node = dice.pick(world.nodes().filter(({ trust, id }) => trust.state.members.has(id)))
    if (node === undefined) return
    const promised = this.#promised(chronicle.names, node.id, {})
    promised.tried += 1
    const count = promised.tried
    this.#track(
      node,
      'describe',
      node.describe({ ownName: `name-${node.machine.number}-${count}` }),
      () => {
        if (node.isMember(node.id)) promised.kept = Math.max(promised.kept, count)
      },
    )
  }

  annotate(): void {
    const { dice, chronicle } = this.#parts
    const node = this.#someoneWho('device:admit')
    const subject = dice.pick([...(node?.trust.state.members.keys() ?? [])])
    if (node === undefined || subject === undefined) return
    const key = `${node.id} ${subject}`
    const promised = this.#promised(chronicle.tags, key, { author: node.id, subject })
    promised.tried += 1
    const count = promised.tried
    const patch = {
      tags: [`tag-${node.machine.number}-${count}`],
      ...(dice.chance(0.3) && { note: `noted by ${nameOf(node.machine)}` }),
    }
    this.#track(node, 'annotate', node.registry.annotate(subject, patch), () => {
      promised.kept = Math.max(promised.kept, count)
    })
  }

  rekey(): void {
    const node = this.#someoneWho('network:rekey')
    if (node !== undefined) this.#track(node, 'rekey', node.housekeeping.rekey(), () => {})
  }

  #joinAt(door: SimNode, device: Device, ticket: Ticket): boolean {
    const { world, dice } = this.#parts
    if (world.wire.isApart(door.id, device.key.id)) return false
    const nowMs = door.time.now()
    const ruling = ruleOnJoin(door.trust.state, {
      network: world.networkId,
      invite: ticket.id,
      joiner: device.key.id,
      name: nameOf(device),
      admitter: door.id,
      nowMs,
    })
    world.trace(
      () =>
        `${nameOf(device)} comes to ${nameOf(door.machine)} with a ticket for ${ticket.role}: ${ruling.kind === 'refused' ? ruling.reason : 'admissible'}`,
    )
    if (ruling.kind === 'refused') return false
    if (ruling.isRepeat) {
      this.#welcome(door, device)
      return true
    }
    // Some ask for less than the ticket gives.
    const role = dice.chance(0.9) ? ruling.invite.role : 'member'
    const until = ruling.invite.guestUntil ?? undefined
    this.#admit(door, device, { role, invite: ticket.id, ...(until !== undefined && { until }) })
    return true
  }

  #admit(
    node: SimNode,
    device: Device,
    how: { readonly role: Role; readonly invite?: string; readonly until?: number },
  ): void {
    const { chronicle, dice } = this.#parts
    const nowMs = node.time.now()
    const days = how.role === 'guest' ? dice.int(2, 48) * HOUR_MS : ADMISSION_MS
    const until = how.until ?? nowMs + days
    const operation: TrustOperation = {
      kind: 'admit',
      device: device.key.id,
      role: how.role,
      until,
      name: nameOf(device),
      ...(how.invite !== undefined && { invite: how.invite }),
    }
    chronicle.admitted.add(device.key.id)
    this.#append(node, operation, () => this.#welcome(node, device))
  }

  /** The admitter sends its records and keys; the line may break on the way. */
  #welcome(node: SimNode, device: Device): void {
    const { world, dice } = this.#parts
    if (dice.chance(0.1)) return
    const records = node.trust.missing([], Infinity)
    const keys = node.trust.state.epochs.flatMap(
      ({ commitment }) => node.groupKeys.get(commitment) ?? [],
    )
    world.time.in(world.wire.delayMs(node.id, device.key.id), () => {
      if (world.wire.isApart(node.id, device.key.id)) return
      this.#settleIn(device, node.machine, records, keys).catch((err: unknown) => {
        if (!(err instanceof StoreError) && device.node !== undefined)
          this.#parts.failed(device.node, 'join', err)
      })
    })
  }

  async #settleIn(
    device: Device,
    admitter: Machine,
    records: readonly Uint8Array[],
    keys: readonly Uint8Array[],
  ): Promise<void> {
    const { world } = this.#parts
    if (device.isRetired) return
    if (device.power !== 'on') await world.start(device, admitter)
    const { node } = device
    if (node === undefined) return
    await node.trust.ingest(records)
    for (const key of keys) await node.groupKeys.add(key)
  }

  #append(node: SimNode, operation: TrustOperation, then?: () => void): void {
    const { world, chronicle } = this.#parts
    world.trace(() => `${nameOf(node.machine)}: ${tell(operation, (id) => world.name(id))}`)
    const appended = node.trust.append(operation, node.machine.key, node.time.now())
    this.#track(node, operation.kind, appended, (record) => {
      chronicle.acknowledged.push({ author: record.author, id: record.id })
      then?.()
    })
  }

  #track<Result>(
    node: SimNode,
    what: string,
    work: Promise<Result>,
    then: (result: Result) => void,
  ): void {
    const { world, chronicle, failed } = this.#parts
    this.lastActor = world.deviceOf(node.id)
    chronicle.count(what)
    world.hash.bytes(`${what} ${node.machine.number}`)
    work.then(
      (result) => {
        chronicle.count(`${what} done`)
        then(result)
      },
      (err: unknown) => {
        const isExpected =
          err instanceof TrustError ||
          err instanceof RegistryError ||
          err instanceof ReplicaError ||
          err instanceof StoreError
        if (!isExpected) return failed(node, what, err)
        world.trace(() => `${nameOf(node.machine)}: no ${what}: ${err.code}`)
      },
    )
  }

  #promised<Key, Extra extends object>(
    map: Map<Key, Promised & Extra>,
    key: Key,
    extra: Extra,
  ): Promised & Extra {
    let promised = map.get(key)
    if (promised === undefined) {
      promised = { tried: 0, kept: 0, ...extra }
      map.set(key, promised)
    }
    return promised
  }

  #someoneWho(permission: Parameters<typeof can>[2]): SimNode | undefined {
    const { world, dice } = this.#parts
    return dice.pick(world.nodes().filter((node) => this.#may(node, permission)))
  }

  #may(node: SimNode, permission: Parameters<typeof can>[2]): boolean {
    return can(node.trust.state, node.id, permission, node.time.now())
  }

  #someMember(node: SimNode | undefined): DeviceId | undefined {
    const members = [...(node?.trust.state.members.keys() ?? [])]
    return this.#parts.dice.pick(
      members.filter((member) => member !== node?.id && !this.#isAnchor(member)),
    )
  }

  #isAnchor(device: DeviceId): boolean {
    return this.#parts.hasAnchor && this.#parts.world.device(0).key.id === device
  }

  /** Nobody that runs takes it for a member, and it does not run. */
  #isOutside(device: Device): boolean {
    if (device.isRetired || device.number === 0) return false
    const { node } = device
    return node === undefined ? device.power !== 'on' : !node.isMember(node.id)
  }

  #roleBelow(node: SimNode): Role {
    const own = node.trust.state.members.get(node.id)?.role ?? 'guest'
    const roles = ROLES.filter((role) => (own === 'owner' ? true : RANK[role] < RANK.admin))
    // Admins and owners are what makes stories interesting.
    const high = roles.filter((role) => RANK[role] >= RANK.admin)
    const { dice } = this.#parts
    return (high.length > 0 && dice.chance(0.5) ? dice.pick(high) : dice.pick(roles)) ?? 'member'
  }
}

function tell(operation: TrustOperation, name: (id: DeviceId) => string): string {
  return JSON.stringify(operation, (key, value: unknown) =>
    key === 'device' && typeof value === 'string' ? name(value) : value,
  )
}
