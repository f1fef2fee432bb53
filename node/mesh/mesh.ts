import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ComponentLogger, Connection } from '@libp2p/interface'
import { HEALTH_PROTOCOL } from '../../protocols/health/constants.ts'
import { REPLICA_PROTOCOL } from '../../protocols/replica/constants.ts'
import { TRUST_PROTOCOL } from '../../protocols/trust/constants.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { TrustTime } from '../../src/clock/trust-time.ts'
import { AddressBook } from '../../src/discovery/address-book.ts'
import { DialService } from '../../src/discovery/dial-service.ts'
import { InterfaceWatch } from '../../src/discovery/interface-watch.ts'
import { HealthService } from '../../src/health/health-service.ts'
import { LastSeen } from '../../src/health/last-seen.ts'
import { type DeviceId, publicKeyOf } from '../../src/identity/device-id.ts'
import { type DeviceKey, verifySignature } from '../../src/identity/device-key.ts'
import { Gate } from '../../src/network/gate.ts'
import { GroupKeys } from '../../src/network/group-keys.ts'
import { JoinService } from '../../src/network/join-service.ts'
import { MembershipService } from '../../src/network/membership-service.ts'
import type { NetworkId } from '../../src/identity/network-id.ts'
import { TrustGossip } from '../../src/trust/trust-gossip.ts'
import { RANK } from '../../src/trust/role.ts'
import type { TrustChange, TrustLog } from '../../src/trust/trust-log.ts'
import { isStanding } from '../../src/trust/trust-state.ts'
import { TrustSync } from '../../src/trust/trust-sync.ts'
import { Links } from '../../src/reach/links.ts'
import { pathKindOf } from '../../src/reach/path-kind.ts'
import { StreamChannel } from '../../src/reach/stream-channel.ts'
import { Registry } from '../../src/registry/registry.ts'
import { Replica } from '../../src/replica/replica.ts'
import { ReplicaService } from '../../src/replica/replica-service.ts'
import type { Store } from '../../src/storage/store.ts'
import { nextIncarnation } from '../../src/topology/incarnation.ts'
import { TopologyService } from '../../src/topology/topology-service.ts'
import { ClockWatch } from './clock-watch.ts'
import { bareAddress, Dialler } from './dialler.ts'
import { gossipTopic } from './gossip-topic.ts'
import { type Host, createHost } from './host.ts'
import { Housekeeping } from './housekeeping.ts'
import { readInterfaces } from './interfaces.ts'
import type { MeshListener } from './mesh-listener.ts'
import { Profile } from './profile.ts'

export interface MeshOptions {
  readonly key: DeviceKey
  readonly store: Store
  readonly trust: TrustLog
  readonly clock: Clock
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly mdns: boolean
  readonly dht: boolean
  readonly relay: boolean
  /** Multiaddrs with `/p2p/…` that are always tried. */
  readonly manualAddresses: readonly string[]
  readonly deviceName: string
  readonly deviceKind: string
  readonly version: string
  readonly logger: ComponentLogger | undefined
  readonly listener: MeshListener
}

/** libp2p's own stop may hang on a dying transport (js-libp2p#2625). */
const HOST_STOP_TIMEOUT_MS = 4_000

const HEARD_CHECK_MS = 20

type Started = () => Promise<void> | void

/** One network on this device: everything that takes part in it, put together and started in order. */
export class Mesh {
  readonly key: DeviceKey
  readonly trust: TrustLog
  readonly clock: Clock
  readonly time: TrustTime
  readonly gate: Gate
  readonly groupKeys: GroupKeys
  readonly links: Links
  readonly host: Host
  readonly joins: JoinService
  readonly membership: MembershipService
  readonly replica: Replica
  readonly registry: Registry
  readonly health: HealthService
  readonly lastSeen: LastSeen
  readonly topology: TopologyService
  readonly book: AddressBook
  readonly dials: DialService
  readonly dialler: Dialler
  readonly interfaces: InterfaceWatch
  readonly housekeeping: Housekeeping
  readonly channels: readonly StreamChannel[]
  readonly #options: MeshOptions
  readonly #services: readonly { start(): Promise<void> | void; stop(): Promise<void> | void }[]
  readonly #profile: Profile
  readonly #replicaService: ReplicaService
  readonly #refusedBy = new Map<DeviceId, string>()
  #stops: Started[] = []
  #isStarted = false

  static async open(options: MeshOptions): Promise<Mesh> {
    const { trust, key, store, clock, listener } = options
    const time = new TrustTime(clock)
    const gate = new Gate({
      state: () => trust.state,
      nowMs: () => time.now(),
      onRefused: (peer, what, refusal, count) => listener.gateRefused(peer, what, refusal, count),
    })
    const [groupKeys, lastSeen, book, incarnation, host] = await Promise.all([
      GroupKeys.open(store),
      LastSeen.open(store, clock),
      AddressBook.open({ store, clock }),
      nextIncarnation(store, clock.now()),
      createHost({
        key,
        gate,
        listen: options.listen,
        announce: options.announce,
        mdns: options.mdns,
        dht: options.dht,
        relay: options.relay,
        userAgent: `asgard/${options.version} node/${process.versions.node}`,
        logger: options.logger,
      }),
    ])
    const replica = await Replica.open({
      networkId: trust.networkId,
      key,
      store,
      clock,
      standingOf: (author) => {
        const member = trust.state.members.get(author)
        return { isMember: gate.isMember(author), role: member?.role ?? null }
      },
    })
    return new Mesh(options, { time, gate, groupKeys, lastSeen, book, incarnation, host, replica })
  }

  private constructor(
    options: MeshOptions,
    parts: {
      readonly time: TrustTime
      readonly gate: Gate
      readonly groupKeys: GroupKeys
      readonly lastSeen: LastSeen
      readonly book: AddressBook
      readonly incarnation: bigint
      readonly host: Host
      readonly replica: Replica
    },
  ) {
    const { key, trust, clock, listener } = options
    const { time, gate, groupKeys, book, host, replica } = parts
    this.#options = options
    this.key = key
    this.trust = trust
    this.clock = clock
    this.time = time
    this.gate = gate
    this.groupKeys = groupKeys
    this.lastSeen = parts.lastSeen
    this.book = book
    this.host = host
    this.replica = replica
    const { registrar } = host
    this.links = new Links(key.id)
    this.dialler = new Dialler({
      host,
      gate,
      links: this.links,
      book,
      clock,
      membership: () => this.membership,
    })
    const channel = (protocol: string) =>
      new StreamChannel({
        protocol,
        links: this.links,
        registrar,
        clock,
        isMember: (peer) => gate.isMember(peer),
        heard: (peer) => this.health.heard(peer),
      })
    const [trustChannel, replicaChannel, healthChannel] = [
      channel(TRUST_PROTOCOL),
      channel(REPLICA_PROTOCOL),
      channel(HEALTH_PROTOCOL),
    ]
    this.channels = [trustChannel, replicaChannel, healthChannel]
    this.membership = new MembershipService({
      self: key.id,
      trust,
      groupKeys,
      gate,
      links: this.links,
      clock,
      time,
      registrar,
      connections: () => host.libp2p.getConnections(),
      identify: (connection) => this.dialler.identify(connection),
      onRefusedByPeer: (peer, refusal) => {
        this.#refusedBy.set(peer, refusal)
        listener.refusedByPeer(peer, refusal)
      },
    })
    this.joins = new JoinService({
      key,
      trust,
      groupKeys,
      gate,
      clock,
      time,
      registrar,
      hold: (connection) => this.membership.hold(connection),
      events: {
        requested: (join) => listener.joinRequested(join),
        admitted: (device, name, role) => listener.joinAdmitted(device, name, role),
        refused: (device, name, reason) => listener.joinRefused(device, name, reason),
      },
    })
    const trustSync = new TrustSync({
      channel: trustChannel,
      trust,
      groupKeys,
      clock,
      onOffence: (peer, code, detail) => listener.offence(peer, 'trust', code, detail),
    })
    const trustGossip = new TrustGossip({ topic: gossipTopic(host.gossip), trust })
    this.topology = new TopologyService({
      self: key.id,
      network: trust.networkId,
      clock,
      incarnation: parts.incarnation,
      sign: (bytes) => key.sign(bytes),
      verify: (device, bytes, signature) => verifySignature(publicKeyOf(device), bytes, signature),
      isMember: (device) => gate.isMember(device),
      members: () => trust.state.members.keys(),
    })
    this.health = new HealthService({
      self: key.id,
      channel: healthChannel,
      clock,
      linkStates: this.topology,
      members: () => trust.state.members.keys(),
      pathKind: (peer) => this.#pathKind(peer),
      dial: (peer) => this.dials.dialNow(peer),
      disconnect: (peer) => this.disconnect(peer),
    })
    this.interfaces = new InterfaceWatch({
      clock,
      read: readInterfaces,
      changed: ({ added, removed }) => {
        this.dials.dialAll()
        listener.interfacesChanged(added, removed)
      },
    })
    this.dials = new DialService({
      self: key.id,
      clock,
      book,
      dial: (device, address, signal) => this.dialler.dial(device, address, signal),
      witness: this.health,
      members: () => trust.state.members.keys(),
      isConnected: (device) => this.links.isUp(device),
      remoteAddress: (device) => this.links.best(device)?.remoteAddr.toString(),
      ownAddresses: () => this.interfaces.addresses(),
      ...(host.dht !== undefined && {
        findAddresses: (device, signal) => this.dialler.findAddresses(device, signal),
      }),
    })
    this.#replicaService = new ReplicaService({
      channel: replicaChannel,
      clock,
      replica,
      neighboursOf: (peer) => this.topology.neighboursOf(peer),
    })
    this.registry = new Registry({ replica, trust, clock })
    this.#profile = new Profile({
      self: key.id,
      registry: this.registry,
      clock,
      addresses: () => this.addresses(),
      name: options.deviceName,
      kind: options.deviceKind,
      version: options.version,
      isMember: () => gate.isMember(key.id),
      onFailure: (err) => listener.failed('profile', err),
    })
    this.housekeeping = new Housekeeping({
      key,
      trust,
      groupKeys,
      registry: this.registry,
      clock,
      time,
      recentlySeen: () => this.#recentlySeen(),
      onReceipt: (revocationId) => listener.receiptApplied(revocationId, key.id),
      onFailure: (err) => listener.failed('housekeeping', err),
    })
    // A removal is pushed before the connection of the removed is cut, so that it learns of it.
    this.#services = [
      trustSync,
      trustGossip,
      this.membership,
      this.joins,
      this.#replicaService,
      trustChannel,
      replicaChannel,
      this.interfaces,
      this.lastSeen,
      this.health,
      healthChannel,
      this.dials,
      this.#profile,
      this.housekeeping,
      new ClockWatch({
        clock,
        time,
        trust,
        health: this.health,
        onSkewed: (errorMs) => listener.clockSkewed(errorMs),
      }),
    ]
  }

  get id(): NetworkId {
    return this.trust.networkId
  }

  /** Opens the doors; for a device that is not a member yet, nothing else: `startServices` follows. */
  async startHost(): Promise<void> {
    const { libp2p } = this.host
    const opened = (event: CustomEvent<Connection>) => this.membership.opened(event.detail)
    const closed = (event: CustomEvent<Connection>) => {
      this.membership.closed(event.detail)
      this.#forgetStranger(event.detail)
    }
    libp2p.addEventListener('connection:open', opened)
    libp2p.addEventListener('connection:close', closed)
    this.#stops.push(() => {
      libp2p.removeEventListener('connection:open', opened)
      libp2p.removeEventListener('connection:close', closed)
    })
    this.#stops.push(() => this.#stopHost())
    await libp2p.start()
  }

  async startServices(): Promise<void> {
    if (this.#isStarted) return
    this.#isStarted = true
    this.#listen()
    for (const service of this.#services) {
      await service.start()
      this.#stops.push(() => service.stop())
    }
    this.#meetKnown()
  }

  /** Undoes what was started, in reverse; from any state, twice. */
  async stop(): Promise<void> {
    if (this.#isStarted) {
      this.health.goodbye()
      await Promise.all(this.channels.map((channel) => channel.flush()))
    }
    this.#isStarted = false
    const stops = this.#stops.reverse()
    this.#stops = []
    for (const stop of stops) await stop()
    this.registry.close()
    await this.book.flush()
  }

  /**
   * Resolves once every connected member hears what is written now, or after `maxMs`. Whoever has answered a probe
   * listens: channels open in one order on all devices, that of health last.
   */
  whenHeard(maxMs: number): Promise<void> {
    const isHeard = () =>
      this.links.peers().every((peer) => this.health.roundTrips(peer) !== undefined)
    if (isHeard()) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        stopWatching()
        stopWaiting()
        resolve()
      }
      const stopWatching = this.clock.every(HEARD_CHECK_MS, () => isHeard() && done())
      const stopWaiting = this.clock.after(maxMs, done)
    })
  }

  /** Where other devices can reach this one, without the peer id; loopback only when there is nothing else. */
  addresses(): readonly string[] {
    const all = this.host.libp2p.getMultiaddrs().map(bareAddress)
    const wide = all.filter((address) => !/^\/ip4\/127\.|^\/ip6\/::1\//.test(address))
    return wide.length > 0 ? wide : all
  }

  /** Members that do not accept this device, with their reason. */
  get refusedBy(): ReadonlyMap<DeviceId, string> {
    return this.#refusedBy
  }

  disconnect(peer: DeviceId): void {
    for (const connection of this.links.connections(peer)) {
      connection.abort(new DOMException('the peer does not answer', 'TimeoutError'))
    }
  }

  #listen(): void {
    const { trust, links, host, registry } = this
    const { listener } = this.#options
    this.#stops.push(
      host.onSighted((device, addresses) => {
        for (const address of addresses) this.#sighted(device, address)
      }),
      trust.onChange((change) => {
        this.#membersChanged()
        for (const device of change.before.members.keys()) {
          if (!change.after.members.has(device)) this.book.forget(device)
        }
        this.#dialReadmitted(change)
        if (hasRisen(change)) this.#replicaService.standingsRose()
        listener.trustChanged(change)
      }),
      links.listen({
        up: (peer) => {
          this.#refusedBy.delete(peer)
          this.dials.opened(peer)
          listener.linkOpened(peer)
        },
        moved: () => {},
        down: (peer) => {
          this.lastSeen.set(peer, this.clock.now())
          this.dials.closed(peer)
          listener.linkClosed(peer)
        },
      }),
      this.health.listen({
        changed: (change) => listener.healthChanged(change),
        refused: (peer, code) => listener.offence(peer, 'health', code, ''),
      }),
      this.topology.listen((change) => listener.topologyChanged(change)),
      registry.onChange((devices) => {
        for (const device of devices) {
          this.#meet(device)
          listener.deviceChanged(device)
        }
      }),
      this.replica.listen({
        quarantined: (entry) => listener.quarantined(entry.author, entry.code, entry.detail),
        forked: (proof) => listener.forked(proof.id.author),
      }),
    )
  }

  #membersChanged(): void {
    this.health.membersChanged()
    this.topology.membersChanged()
    this.dials.membersChanged()
    for (const device of this.trust.state.members.keys()) this.#meet(device)
  }

  /** Somebody whose admission had ended is let in again: the back-off of refused dials is over. */
  #dialReadmitted({ before, after }: TrustChange): void {
    const nowMs = this.clock.now()
    for (const device of after.members.keys()) {
      if (
        before.members.has(device) &&
        !isStanding(before, device, nowMs) &&
        isStanding(after, device, nowMs)
      ) {
        this.dials.dialNow(device)
      }
    }
  }

  #meetKnown(): void {
    for (const address of this.#options.manualAddresses) {
      const device = address.match(/\/p2p\/([^/]+)$/)?.[1]
      if (device !== undefined) this.dials.found(device, bareAddress(address), 'manual')
    }
    this.#membersChanged()
  }

  /** Takes the addresses from a member's own record. */
  #meet(device: DeviceId): void {
    if (device === this.key.id) return
    for (const address of this.registry.get(device)?.addresses ?? [])
      this.dials.found(device, address, 'record')
  }

  #sighted(device: DeviceId, address: string): void {
    if (device === this.key.id) return
    if (this.gate.isMember(device)) return this.dials.found(device, address, 'mdns')
    void this.dialler.introduce(device, address)
  }

  #pathKind(peer: DeviceId): ReturnType<typeof pathKindOf> {
    const connection = this.links.best(peer)
    return connection === undefined ? 'direct' : pathKindOf(connection.remoteAddr)
  }

  #recentlySeen(): readonly DeviceId[] {
    return [...this.trust.state.members.keys()].filter(
      (device) => device === this.key.id || this.health.health(device)?.state === 'alive',
    )
  }

  /** libp2p keeps who connected and what it spoke for hours: strangers could fill the memory with names. */
  #forgetStranger({ remotePeer }: Connection): void {
    const { libp2p } = this.host
    if (this.gate.isMember(remotePeer.toString()) || libp2p.getConnections(remotePeer).length > 0)
      return
    libp2p.peerStore.delete(remotePeer).catch(() => {}) // gone already, or the node is stopping
  }

  async #stopHost(): Promise<void> {
    await nextTurn() // libp2p destroys its sockets, and what was written last has not left them yet
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.clock.after(HOST_STOP_TIMEOUT_MS, resolve)
    await Promise.race([this.host.libp2p.stop(), promise])
    cancel()
  }
}

/** Whether some device may write what it might not before. */
function hasRisen({ before, after }: TrustChange): boolean {
  for (const [device, { role }] of after.members) {
    const old = before.members.get(device)
    if (old === undefined || RANK[role] > RANK[old.role]) return true
  }
  return false
}
