import {
  CHANNEL_REOPEN_MAX_MS,
  CHANNEL_REOPEN_MIN_MS,
} from '../../../protocols/channel/constants.ts'
import { HEALTH_PROTOCOL } from '../../../protocols/health/constants.ts'
import { decodeMessage } from '../../../protocols/replica/codec.ts'
import { REPLICA_PROTOCOL } from '../../../protocols/replica/constants.ts'
import { decodeTrust } from '../../../protocols/trust/codec.ts'
import { TRUST_PROTOCOL } from '../../../protocols/trust/constants.ts'
import { ClockWatch } from '../../../node/mesh/clock-watch.ts'
import { Housekeeping } from '../../../node/mesh/housekeeping.ts'
import { AddressBook } from '../../../src/discovery/address-book.ts'
import { DialService } from '../../../src/discovery/dial-service.ts'
import { HealthService } from '../../../src/health/health-service.ts'
import { publicKeyOf, type DeviceId } from '../../../src/identity/device-id.ts'
import { verifySignature } from '../../../src/identity/device-key.ts'
import { TrustTime } from '../../../src/clock/trust-time.ts'
import { standingOf, type Standing } from '../../../src/network/gate.ts'
import { GroupKeys } from '../../../src/network/group-keys.ts'
import { TrustLog, type TrustChange } from '../../../src/trust/trust-log.ts'
import { TrustSync } from '../../../src/trust/trust-sync.ts'
import { Registry } from '../../../src/registry/registry.ts'
import { Replica } from '../../../src/replica/replica.ts'
import { ReplicaService } from '../../../src/replica/replica-service.ts'
import { ReplicaError } from '../../../src/replica/replica-error.ts'
import { StoreError } from '../../../src/storage/store-error.ts'
import { nextIncarnation } from '../../../src/topology/incarnation.ts'
import { TopologyService } from '../../../src/topology/topology-service.ts'
import { addressOf, type Machine } from './machine.ts'
import { Dice } from './dice.ts'
import type { Endpoint, LinkEnd } from './endpoint.ts'
import { VirtualProcess } from './virtual-process.ts'
import type { VirtualTime } from './virtual-time.ts'
import { WireChannel } from './wire-channel.ts'
import type { Wire } from './wire.ts'

/** How often the connected are checked for an admission that ended, as the membership service does. */
const EXPIRY_CHECK_MS = 15_000

/** How often a device compares what it says of itself with what is, as the profile does. */
const DESCRIBE_EVERY_MS = 5_000

/** What a process finds around it. */
export interface Surroundings {
  readonly seed: number
  readonly networkId: string
  readonly time: VirtualTime
  readonly wire: Wire
  /** Health and topology run too; they cost ten times as many events as all the rest. */
  readonly hasHealth: boolean
  readonly watch: NodeWatch
  /** Whom a device is connected to, as known a few seconds ago; stands in for topology where that does not run. */
  neighboursOf(device: DeviceId): ReadonlySet<DeviceId>
  deviceOfAddress(address: string): DeviceId | undefined
}

/** Told of whatever may break a promise. */
export interface NodeWatch {
  trustChanged(node: SimNode, change: TrustChange): void
  forked(node: SimNode, author: DeviceId): void
  /** A peer was caught at something that no honest device does. */
  offence(node: SimNode, peer: DeviceId, code: string, detail: string): void
  failed(node: SimNode, what: string, err: unknown): void
}

/** One run of one device's process: the shipped services, composed as `node/mesh/mesh.ts` composes them. */
export class SimNode implements Endpoint {
  readonly machine: Machine
  readonly process: VirtualProcess
  readonly time: TrustTime
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  readonly replica: Replica
  readonly registry: Registry
  readonly housekeeping: Housekeeping
  readonly dials: DialService
  readonly health: HealthService | undefined
  readonly topology: TopologyService | undefined
  readonly #around: Surroundings
  readonly #channels: ReadonlyMap<string, WireChannel>
  readonly #services: readonly { start(): Promise<void> | void; stop(): Promise<void> | void }[]
  readonly #book: AddressBook
  readonly #links = new Map<DeviceId, LinkEnd>()
  isStarted = false

  static async open(
    around: Surroundings,
    machine: Machine,
    process: VirtualProcess,
  ): Promise<SimNode> {
    const store = machine.disk.mount(process)
    const trust = await TrustLog.open({ networkId: around.networkId, store })
    const [groupKeys, book, incarnation] = await Promise.all([
      GroupKeys.open(store),
      AddressBook.open({ store, clock: process }),
      nextIncarnation(store, process.now()),
    ])
    const time = new TrustTime(process)
    const isMember = (peer: DeviceId): boolean => standingOf(trust.state, peer, time.now()).accepts
    const replica = await Replica.open({
      networkId: around.networkId,
      key: machine.key,
      store,
      clock: process,
      standingOf: (author) => ({
        isMember: isMember(author),
        role: trust.state.members.get(author)?.role ?? null,
      }),
    })
    return new SimNode(around, machine, process, {
      time,
      trust,
      groupKeys,
      book,
      incarnation,
      replica,
    })
  }

  static process(around: Surroundings, machine: Machine): VirtualProcess {
    const dice = new Dice(around.seed, 1_000 + machine.number * 1_000 + machine.boots)
    return new VirtualProcess({ time: around.time, wall: machine.wall, dice })
  }

  private constructor(
    around: Surroundings,
    machine: Machine,
    process: VirtualProcess,
    parts: {
      readonly time: TrustTime
      readonly trust: TrustLog
      readonly groupKeys: GroupKeys
      readonly book: AddressBook
      readonly incarnation: bigint
      readonly replica: Replica
    },
  ) {
    const { key } = machine
    const { trust, groupKeys, book, replica } = parts
    const { wire, watch } = around
    this.#around = around
    this.machine = machine
    this.process = process
    this.time = parts.time
    this.trust = trust
    this.groupKeys = groupKeys
    this.replica = replica
    this.#book = book
    const channel = (protocol: string) =>
      new WireChannel((to, frame) => this.#send(to, protocol, frame))
    const [trustChannel, replicaChannel, healthChannel] = [
      channel(TRUST_PROTOCOL),
      channel(REPLICA_PROTOCOL),
      channel(HEALTH_PROTOCOL),
    ]
    this.#channels = new Map([
      [TRUST_PROTOCOL, trustChannel],
      [REPLICA_PROTOCOL, replicaChannel],
      [HEALTH_PROTOCOL, healthChannel],
    ])
    const members = (): Iterable<DeviceId> => trust.state.members.keys()
    const trustSync = new TrustSync({
      channel: trustChannel,
      trust,
      groupKeys,
      clock: process,
      onOffence: (peer, code, detail) => watch.offence(this, peer, `trust ${code}`, detail),
    })
    if (around.hasHealth) {
      this.topology = new TopologyService({
        self: key.id,
        network: around.networkId,
        clock: process,
        incarnation: parts.incarnation,
        sign: (bytes) => key.sign(bytes),
        verify: (device, bytes, signature) =>
          verifySignature(publicKeyOf(device), bytes, signature),
        isMember: (device) => this.isMember(device),
        members,
      })
      this.health = new HealthService({
        self: key.id,
        channel: healthChannel,
        clock: process,
        linkStates: this.topology,
        members,
        pathKind: () => 'local',
        dial: (peer) => this.dials.dialNow(peer),
        disconnect: (peer) => this.#links.get(peer)?.closeOf(this, 'abort'),
      })
    }
    this.dials = new DialService({
      self: key.id,
      clock: process,
      book,
      dial: (device, address) => {
        const there = around.deviceOfAddress(address)
        return there === device
          ? wire.dial(this, device)
          : Promise.resolve({ outcome: 'wrong-device', detail: '' })
      },
      witness: {
        dialRefused: (device) => this.health?.dialRefused(device),
        dialFailed: (device) => this.health?.dialFailed(device),
      },
      members,
      isConnected: (device) => this.#links.has(device),
      ownAddresses: () => [],
    })
    const replicaService = new ReplicaService({
      channel: replicaChannel,
      clock: process,
      replica,
      neighboursOf: (peer) => this.topology?.neighboursOf(peer) ?? around.neighboursOf(peer),
    })
    this.registry = new Registry({ replica, trust, clock: process })
    this.housekeeping = new Housekeeping({
      key,
      trust,
      groupKeys,
      registry: this.registry,
      clock: process,
      time: parts.time,
      recentlySeen: () =>
        [...members()].filter((member) => member === key.id || this.#isSeen(member)),
      onReceipt: () => {},
      onFailure: (err) => {
        // Membership may end while a receipt waits for its turn, and disks fill up.
        if (!isExpected(err)) watch.failed(this, 'housekeeping', err)
      },
    })
    const membership = { start: () => this.#guard(), stop: () => {} }
    this.#services = [
      trustSync,
      membership,
      replicaService,
      ...(this.health === undefined ? [] : [this.health]),
      this.dials,
      this.housekeeping,
      ...(this.health === undefined ? [] : [this.#clockWatch(this.health)]),
    ]
  }

  get id(): DeviceId {
    return this.machine.key.id
  }

  standing(peer: DeviceId): Standing {
    return standingOf(this.trust.state, peer, this.time.now())
  }

  /** In a hello the peer says what its clock shows. */
  hearTime(peer: DeviceId, theirMs: number): void {
    const role = this.trust.state.members.get(peer)?.role
    if (role === 'owner' || role === 'admin') this.time.witness(peer, theirMs)
  }

  isMember(peer: DeviceId): boolean {
    return this.standing(peer).accepts
  }

  /** Started, not dead, and on the CPU. */
  get isUp(): boolean {
    return this.isStarted && !this.process.isDead && !this.process.isPaused
  }

  linkedPeers(): readonly DeviceId[] {
    return [...this.#links.keys()]
  }

  channel(protocol: string): WireChannel {
    const channel = this.#channels.get(protocol)
    if (channel === undefined) throw new RangeError(protocol)
    return channel
  }

  async start(
    manual: readonly { readonly device: DeviceId; readonly address: string }[],
  ): Promise<void> {
    const { watch } = this.#around
    this.isStarted = true
    this.trust.onChange((change) => {
      watch.trustChanged(this, change)
      this.#membersChanged()
    })
    this.replica.listen({
      forked: (proof) => watch.forked(this, proof.id.author),
      quarantined: (entry) => {
        if (entry.code !== 'NOT_MEMBER' && entry.code !== 'NOT_PERMITTED')
          watch.offence(this, entry.from, `replica ${entry.code}`, entry.detail)
      },
    })
    this.health?.listen({
      refused: (peer, code) => {
        if (code !== 'NOT_A_MEMBER') watch.offence(this, peer, `health ${code}`, '')
      },
    })
    this.registry.onChange((devices) => {
      for (const device of devices) this.#meet(device)
    })
    for (const service of this.#services) await service.start()
    for (const { device, address } of manual) this.dials.found(device, address, 'manual')
    this.#membersChanged()
    this.process.every(DESCRIBE_EVERY_MS, () => this.#introduce())
    this.#introduce()
  }

  /** As the profile does: says what is to be said as soon as it is a member. */
  #introduce(): void {
    const { watch } = this.#around
    const said = { version: `1.${this.machine.boots}`, addresses: [addressOf(this.machine)] }
    this.describe(said).catch((err: unknown) => {
      if (!isExpected(err)) watch.failed(this, 'describe', err)
    })
  }

  /** A device announced itself on the LAN: one of ours, or perhaps one that was admitted elsewhere. */
  sighted(device: DeviceId, address: string): void {
    if (this.#links.has(device) || device === this.id) return
    const standing = this.standing(device)
    if (standing.accepts) this.dials.found(device, address, 'mdns')
    else if (standing.refusal === 'stranger') void this.#around.wire.dial(this, device)
  }

  async describe(patch: Parameters<Registry['setProfile']>[0]): Promise<void> {
    if (this.isMember(this.id)) await this.registry.setProfile(patch)
  }

  /** An orderly stop, up to the moment at which the process exits. */
  async stop(): Promise<void> {
    this.isStarted = false
    this.health?.goodbye()
    for (const service of [...this.#services].reverse()) await service.stop()
    this.registry.close()
    await this.#book.flush()
  }

  linkUp(peer: DeviceId, link: LinkEnd): void {
    const old = this.#links.get(peer)
    if (old !== undefined && old !== link) this.linkDown(peer, old)
    this.#links.set(peer, link)
    this.dials.opened(peer)
    const { time, wire } = this.#around
    for (const channel of this.#channels.values()) {
      // Each protocol's stream opens in its own time.
      time.in(wire.delayMs(this.id, peer), () =>
        this.process.arrive(() => {
          if (this.#links.get(peer) === link) channel.opened(peer)
        }),
      )
    }
  }

  streamLost(peer: DeviceId, protocol: string, breaks: number, link: LinkEnd): void {
    if (this.#links.get(peer) !== link) return
    const channel = this.channel(protocol)
    channel.interrupted(peer)
    const delayMs = Math.min(CHANNEL_REOPEN_MIN_MS * 2 ** (breaks - 1), CHANNEL_REOPEN_MAX_MS)
    this.process.after(delayMs, () => {
      if (this.#links.get(peer) === link) channel.opened(peer)
    })
  }

  linkDown(peer: DeviceId, link: LinkEnd): void {
    if (this.#links.get(peer) !== link) return
    this.#links.delete(peer)
    this.dials.closed(peer)
    for (const channel of this.#channels.values()) channel.closed(peer)
  }

  #send(to: DeviceId, protocol: string, frame: Uint8Array): boolean {
    const { wire, watch } = this.#around
    if (this.#isGone(to) && isSecret(protocol, frame))
      watch.offence(this, this.id, 'talking to the removed', `${protocol} to ${to}`)
    if (wire.dropShare > 0 && wire.components.dice.chance(wire.dropShare)) return false
    return this.#links.get(to)?.sendFrom(this, protocol, frame) ?? false
  }

  #clockWatch(health: HealthService): ClockWatch {
    const { process, time, trust } = this
    return new ClockWatch({ clock: process, time, trust, health, onSkewed: () => {} })
  }

  #isGone(peer: DeviceId): boolean {
    const { revocations, left } = this.trust.state
    return revocations.has(peer) || left.has(peer)
  }

  #isSeen(member: DeviceId): boolean {
    return this.health === undefined
      ? this.#links.has(member)
      : this.health.health(member)?.state === 'alive'
  }

  /** As the membership service: cuts everyone who is no longer a member. */
  #guard(): void {
    const expel = (): void => {
      for (const [peer, link] of [...this.#links]) {
        if (!this.isMember(peer)) link.closeOf(this, 'orderly')
      }
    }
    this.trust.onChange(expel)
    this.process.every(EXPIRY_CHECK_MS, expel)
  }

  #membersChanged(): void {
    this.health?.membersChanged()
    this.topology?.membersChanged()
    this.dials.membersChanged()
    for (const device of this.trust.state.members.keys()) this.#meet(device)
  }

  #meet(device: DeviceId): void {
    if (device === this.id) return
    for (const address of this.registry.get(device)?.addresses ?? [])
      this.dials.found(device, address, 'record')
  }
}

/** Records and keys of the network. That it was removed, and who lives, the removed may hear with its last frames. */
function isSecret(protocol: string, frame: Uint8Array): boolean {
  if (protocol === REPLICA_PROTOCOL)
    return ['heads', 'range', 'push'].includes(decodeMessage(frame).kind)
  return protocol === TRUST_PROTOCOL && decodeTrust(frame).kind === 'group-keys'
}

function isExpected(err: unknown): boolean {
  return err instanceof StoreError || (err instanceof ReplicaError && err.code === 'NOT_PERMITTED')
}
