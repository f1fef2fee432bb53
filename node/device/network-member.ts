import { mkdirSync } from 'node:fs'
import type { Clock } from '../../src/clock/clock.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import type { NetworkId } from '../../src/identity/network-id.ts'
import { TrustLog } from '../../src/trust/trust-log.ts'
import { LevelStore } from '../../src/storage/level-store.ts'
import type { Store } from '../../src/storage/store.ts'
import type { EventLog } from '../api/event-log.ts'
import type { Network } from '../api/contract/network.ts'
import type { DaemonHooks } from '../daemon/start-daemon.ts'
import { listenAddresses } from '../mesh/listen-addresses.ts'
import { Mesh } from '../mesh/mesh.ts'
import { meshEvents } from '../mesh/mesh-events.ts'
import { MeshBackend } from './network-backend.ts'
import type { NetworkShelf } from './network-shelf.ts'
import type { Settings } from '../settings/schema.ts'

const FORGOTTEN_PREFIX = 'node/forgotten/'

export interface MembershipOptions {
  readonly id: NetworkId
  readonly key: DeviceKey
  readonly shelf: NetworkShelf
  readonly settings: Settings
  readonly clock: Clock
  readonly events: EventLog
  readonly hooks: Pick<DaemonHooks, 'version' | 'log' | 'libp2pLogger'>
  /** Steps between the ports of this device's networks. */
  readonly index: number
  readonly deviceName: string
  /** The network was left here or this device was removed; nothing of it runs any more. */
  readonly ended: (status: 'left' | 'removed', erase: boolean) => Promise<void>
}

/** One network of this device: its store, its mesh while it runs, and what the API may ask of it. */
export class NetworkMember {
  readonly mesh: Mesh
  readonly backend: MeshBackend
  readonly #store: Store
  readonly #forgotten: Set<DeviceId>
  #status: Network['status'] = 'joining'

  static async open(options: MembershipOptions): Promise<NetworkMember> {
    const { id, key, shelf, settings, clock, events, hooks } = options
    const directory = shelf.directory(id)
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    const store = await LevelStore.open(directory)
    try {
      const trust = await TrustLog.open({ networkId: id, store })
      const forgotten = new Set<DeviceId>()
      for await (const [name] of store.entries(FORGOTTEN_PREFIX))
        forgotten.add(name.slice(FORGOTTEN_PREFIX.length))
      const wished = portFor(settings.listen.port, shelf.get(id)?.port ?? 0, options.index)
      const { listen, port } = await listenAddresses(
        settings.listen.addresses,
        wished,
        settings.reach.webrtc,
      )
      shelf.set(id, { port })
      const holder: { member?: NetworkMember } = {}
      const mesh = await Mesh.open({
        key,
        store,
        trust,
        clock,
        listen,
        announce: [],
        mdns: settings.discovery.mdns,
        dht: settings.discovery.dht,
        relay: settings.reach.relay,
        manualAddresses: settings.discovery.addresses,
        deviceName: options.deviceName,
        deviceKind: settings.node.kind,
        version: hooks.version,
        logger: hooks.libp2pLogger,
        listener: meshEvents({
          network: id,
          self: key.id,
          events,
          log: hooks.log('mesh'),
          nameOf: (device) => holder.member?.backend.view.name(device) ?? device,
          onRemoved: () => void options.ended('removed', false),
        }),
      })
      holder.member = new NetworkMember(options, mesh, store, forgotten)
      return holder.member
    } catch (err) {
      await store.close()
      throw err
    }
  }

  private constructor(
    options: MembershipOptions,
    mesh: Mesh,
    store: Store,
    forgotten: Set<DeviceId>,
  ) {
    this.mesh = mesh
    this.#store = store
    this.#forgotten = forgotten
    const { id, shelf, events } = options
    this.backend = new MeshBackend(mesh, {
      status: () => this.#status,
      isCurrent: () => shelf.current === id,
      left: (erase) => options.ended('left', erase),
      forgotten,
      forget: (device) => this.#forget(device),
      publish: (type, device, text) =>
        void events.publish({ type, network: id, device, text, data: {} }),
    })
  }

  get id(): NetworkId {
    return this.mesh.id
  }

  async start(): Promise<void> {
    await this.mesh.startHost()
    await this.mesh.startServices()
    this.#status = 'active'
  }

  /** Only listens and dials; for a device that is about to join. */
  async startJoining(): Promise<void> {
    await this.mesh.startHost()
  }

  async joined(): Promise<void> {
    await this.mesh.startServices()
    this.#status = 'active'
  }

  async stop(): Promise<void> {
    await this.mesh.stop()
    await this.#store.close()
  }

  async #forget(device: DeviceId): Promise<void> {
    await this.#store.commit([{ put: FORGOTTEN_PREFIX + device, value: new Uint8Array(0) }])
    this.#forgotten.add(device)
  }
}

/** Networks of one device take this many ports at most from the configured one on. */
const PORTS_SPAN = 20

/** The remembered port, so that others find this device again, unless another one has been configured since. */
function portFor(configured: number, remembered: number, index: number): number {
  if (configured === 0) return remembered
  const isNear = remembered >= configured && remembered < configured + PORTS_SPAN
  return isNear ? remembered : configured + index
}
