import type { Clock } from '../../src/clock/clock.ts'
import { fingerprintOf } from '../../src/identity/fingerprint.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import type { NetworkId } from '../../src/identity/network-id.ts'
import { parseTicket } from '../../src/network/ticket.ts'
import { TicketError } from '../../src/network/ticket-error.ts'
import { TrustLog } from '../../src/trust/trust-log.ts'
import { LevelStore } from '../../src/storage/level-store.ts'
import { ApiError } from '../api/api-error.ts'
import type { Backend, NetworkBackend } from '../api/backend.ts'
import type { Identity } from '../api/contract/device.ts'
import type { DoctorReport, Status } from '../api/contract/mesh.ts'
import type { CreateNetwork, JoinProgress, JoinRequest, Network } from '../api/contract/network.ts'
import type { EventLog } from '../api/event-log.ts'
import type { DaemonHooks } from '../daemon/start-daemon.ts'
import { doctor } from './doctor.ts'
import { join } from './join.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { NetworkMember } from './network-member.ts'
import type { NetworkShelf } from './network-shelf.ts'
import type { Settings } from '../settings/schema.ts'
import { summaryOf } from './summary.ts'

/** Each is a libp2p node of its own; a person is in a few. */
const NETWORKS_MAX = 16

export interface DeviceNodeOptions {
  readonly key: DeviceKey
  readonly keyProtection: Identity['keyProtection']
  readonly shelf: NetworkShelf
  readonly settings: Settings
  readonly clock: Clock
  readonly events: EventLog
  readonly hooks: DaemonHooks
  readonly pageUrl: () => string | null
}

/** This device: its key, its networks, and the answers to what the API asks. */
export class DeviceNode implements Backend {
  readonly events: EventLog
  readonly logs: DaemonHooks['logs']
  readonly settings: DaemonHooks['settings']
  readonly #options: DeviceNodeOptions
  readonly #members = new Map<NetworkId, NetworkMember>()
  readonly #startedAt: number
  /** Joins, foundings and departures run one at a time: they share directories and ports. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: DeviceNodeOptions) {
    this.#options = options
    this.events = options.events
    this.logs = options.hooks.logs
    this.settings = options.hooks.settings
    this.#startedAt = options.clock.now()
  }

  get id(): DeviceId {
    return this.#options.key.id
  }

  async start(): Promise<void> {
    const { shelf, hooks } = this.#options
    for (const [id, { status }] of shelf.entries()) {
      if (status !== 'active') continue
      try {
        await this.#run(id)
      } catch (err) {
        // One damaged network must not keep the others from starting.
        hooks
          .log('node')
          .error('a network did not start', { network: id, cause: (err as Error).message })
        this.#publish('network:left', id, `The network did not start: ${(err as Error).message}`)
      }
    }
    this.#publish('node:started', null, 'The node started')
  }

  async stopAll(): Promise<void> {
    this.#publish('node:stopping', null, 'The node is stopping')
    await this.#turn.catch(() => {})
    await Promise.all([...this.#members.values()].map((member) => member.stop()))
    this.#members.clear()
  }

  stop(): void {
    this.#options.hooks.requestStop()
  }

  async status(): Promise<Status> {
    const { hooks, pageUrl, shelf } = this.#options
    const networks = await this.networks()
    const current = networks.find((network) => network.id === shelf.current)
    const member = current === undefined ? undefined : this.#members.get(current.id)
    const devices = member?.backend.view.devices() ?? []
    const pendingJoins = member?.backend.view.pendingJoins() ?? []
    const warnings = member?.backend.view.warnings() ?? []
    return {
      identity: await this.identity(),
      version: hooks.version,
      startedAt: this.#startedAt,
      ui: pageUrl(),
      network: current ?? null,
      networks,
      summary: summaryOf(current, devices, pendingJoins, warnings),
      devices,
      pendingJoins,
      warnings,
    }
  }

  async identity(): Promise<Identity> {
    const { key, keyProtection, hooks, settings } = this.#options
    const members = [...this.#members.values()]
    const member = members.find(({ id }) => id === this.#options.shelf.current) ?? members[0]
    return {
      ID: key.id,
      PublicKey: Buffer.from(key.publicKey).toString('base64'),
      Addresses: members.flatMap(({ mesh }) => mesh.host.libp2p.getMultiaddrs().map(String)),
      AgentVersion: `asgard/${hooks.version} node/${process.versions.node}`,
      Protocols: member?.mesh.host.libp2p.getProtocols() ?? [],
      name: member?.backend.view.name(key.id) ?? settings.node.name,
      fingerprint: fingerprintOf(key.publicKey),
      keyProtection,
    }
  }

  doctor(): Promise<DoctorReport> {
    const { shelf, clock } = this.#options
    const member = shelf.current === null ? undefined : this.#members.get(shelf.current)
    return doctor(member, clock)
  }

  async networks(): Promise<Network[]> {
    const { shelf } = this.#options
    return shelf.entries().map(([id, { status, name }]) => {
      const member = this.#members.get(id)
      if (member !== undefined) return member.backend.view.network(status, shelf.current === id)
      return {
        id,
        name: name === '' ? id.slice(0, 8) : name,
        role: null,
        status,
        isCurrent: shelf.current === id,
        devices: 0,
        alive: 0,
        createdAt: 0,
        listen: [],
      }
    })
  }

  createNetwork(request: CreateNetwork): Promise<Network> {
    return this.#exclusively(async () => {
      this.#checkRoom()
      const { shelf, key, clock, settings } = this.#options
      const deviceName = request.deviceName ?? settings.node.name
      const unborn = shelf.unborn()
      const store = await LevelStore.open(unborn)
      let id: NetworkId
      try {
        const trust = await TrustLog.found({
          store,
          name: request.name,
          owner: key,
          ownerName: deviceName,
          nowMs: clock.now(),
        })
        id = trust.networkId
      } finally {
        await store.close()
      }
      shelf.name(unborn, id)
      shelf.set(id, { status: 'active' })
      const member = await this.#run(id, deviceName)
      await member.mesh.housekeeping.rekey()
      shelf.use(id)
      this.#publish('network:created', id, `The network ${request.name} was created`)
      return member.backend.show()
    })
  }

  async *join(request: JoinRequest, signal: AbortSignal): AsyncIterable<JoinProgress> {
    let ticket: ReturnType<typeof parseTicket>
    try {
      ticket = parseTicket(request.ticket)
    } catch (err) {
      if (!(err instanceof TicketError)) throw err
      throw new ApiError(
        'BAD_REQUEST',
        err.message,
        'Copy the whole ticket again, from asgard1 to its end',
        { cause: err },
      )
    }
    const { shelf, settings } = this.#options
    const id = ticket.networkId
    if (this.#members.has(id)) {
      throw new ApiError(
        'CONFLICT',
        'this device is in that network already',
        'See it: asgard network ls',
      )
    }
    this.#checkRoom()
    const isReturning = shelf.get(id) !== undefined
    const deviceName = request.deviceName ?? settings.node.name
    const turn = await this.#takeTurn()
    let hasJoined = false
    let member: NetworkMember | undefined
    try {
      member = await this.#open(id, deviceName)
      for await (const step of join(
        member,
        ticket,
        deviceName,
        () => this.#enter(id, member as NetworkMember),
        signal,
      )) {
        if (step.step === 'joined') hasJoined = true
        yield step
      }
    } finally {
      if (!hasJoined) {
        await member?.stop()
        this.#members.delete(id)
        if (!isReturning) shelf.erase(id)
      }
      turn()
    }
  }

  network(selector?: string): NetworkBackend {
    return this.#select(selector).backend
  }

  /** The running network itself. */
  mesh(selector?: string): Mesh {
    return this.#select(selector).mesh
  }

  async useNetwork(selector: string): Promise<Network> {
    const member = this.#select(selector)
    this.#options.shelf.use(member.id)
    return member.backend.show()
  }

  async #enter(id: NetworkId, member: NetworkMember): Promise<Network> {
    const { shelf } = this.#options
    this.#members.set(id, member)
    shelf.set(id, { status: 'active' })
    shelf.use(id)
    const network = await member.backend.show()
    this.#publish('network:joined', id, `This device joined ${network.name}`)
    return network
  }

  async #run(id: NetworkId, deviceName?: string): Promise<NetworkMember> {
    const member = await this.#open(id, deviceName ?? this.#options.settings.node.name)
    try {
      await member.start()
    } catch (err) {
      await member.stop()
      throw err
    }
    this.#members.set(id, member)
    return member
  }

  #open(id: NetworkId, deviceName: string): Promise<NetworkMember> {
    const { key, shelf, settings, clock, events, hooks } = this.#options
    const index = [...this.#members.keys()].length
    return NetworkMember.open({
      id,
      key,
      shelf,
      settings,
      clock,
      events,
      hooks,
      index,
      deviceName,
      ended: (status, erase) => this.#end(id, status, erase),
    })
  }

  /** After a leave or a removal: the network stops, and its data goes if `erase`. */
  #end(id: NetworkId, status: 'left' | 'removed', erase: boolean): Promise<void> {
    return this.#exclusively(async () => {
      const { shelf } = this.#options
      const member = this.#members.get(id)
      this.#members.delete(id)
      if (member !== undefined) shelf.set(id, { name: member.mesh.trust.state.name })
      await member?.stop()
      if (erase) shelf.erase(id)
      else shelf.set(id, { status })
      if (shelf.current === id || shelf.current === null)
        shelf.use(this.#members.keys().next().value ?? null)
      if (status === 'left') this.#publish('network:left', id, 'This device left the network')
    })
  }

  #select(selector: string | undefined): NetworkMember {
    const { shelf } = this.#options
    const members = [...this.#members.values()]
    if (selector === undefined || selector === 'current') {
      const current =
        members.find(({ id }) => id === shelf.current) ??
        (members.length === 1 ? members[0] : undefined)
      if (current !== undefined) return current
      throw members.length === 0
        ? new ApiError(
            'NO_NETWORK',
            'this device is in no network',
            'Create one: asgard init   or join one: asgard join',
          )
        : new ApiError(
            'NO_NETWORK',
            'this device is in several networks and none is chosen',
            'Choose one: asgard network use NAME',
          )
    }
    const nameOf = (member: NetworkMember) => member.mesh.trust.state.name
    for (const rule of [
      (member: NetworkMember) => member.id === selector,
      (member: NetworkMember) => nameOf(member) === selector,
      (member: NetworkMember) =>
        nameOf(member).startsWith(selector) || member.id.startsWith(selector),
    ]) {
      const found = members.filter(rule)
      const [only] = found
      if (only !== undefined && found.length === 1) return only
      if (found.length > 1) {
        throw new ApiError(
          'NETWORK_AMBIGUOUS',
          `"${selector}" may be any of ${found.map(nameOf).join(', ')}`,
          'Use the id: asgard network ls',
        )
      }
    }
    throw new ApiError(
      'NETWORK_UNKNOWN',
      `this device is in no network called "${selector}"`,
      'See them: asgard network ls',
    )
  }

  #checkRoom(): void {
    if (this.#members.size >= NETWORKS_MAX) {
      throw new ApiError(
        'CONFLICT',
        `a device can be in at most ${NETWORKS_MAX} networks`,
        'Leave one: asgard leave',
      )
    }
  }

  #publish(
    type: Parameters<EventLog['publish']>[0]['type'],
    network: NetworkId | null,
    text: string,
  ): void {
    this.events.publish({ type, network, device: null, text, data: {} })
  }

  async #takeTurn(): Promise<() => void> {
    const before = this.#turn
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#turn = promise
    await before.catch(() => {})
    return resolve
  }

  async #exclusively<Result>(task: () => Promise<Result>): Promise<Result> {
    const turn = await this.#takeTurn()
    try {
      return await task()
    } finally {
      turn()
    }
  }
}
