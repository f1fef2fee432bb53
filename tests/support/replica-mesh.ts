import { createHash } from 'node:crypto'
import type { Channel, ChannelReceiver } from '../../protocols/channel/channel.ts'
import { DeviceKey } from '../../src/identity/device-key.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import { networkIdOf } from '../../src/identity/network-id.ts'
import type { Role } from '../../src/trust/role.ts'
import { ReplicaService } from '../../src/replica/replica-service.ts'
import { Replica } from '../../src/replica/replica.ts'
import type { AuthorStanding } from '../../src/replica/standing.ts'
import { ManualClock, seededRandom } from './manual-clock.ts'
import { MemoryStore } from './memory-store.ts'

export function namedKey(name: string): DeviceKey {
  return DeviceKey.fromSeed(new Uint8Array(createHash('sha256').update(`replica/${name}`).digest()))
}

export const HOME = networkIdOf(namedKey('home').publicKey)

interface Frame {
  readonly from: DeviceId
  readonly to: DeviceId
  readonly bytes: Uint8Array
}

/** What the wire does to a frame: how many copies arrive (0 is loss). Order is shuffled when it shuffles. */
export interface Weather {
  copies(): number
  shuffles: boolean
}

const FAIR: Weather = { copies: () => 1, shuffles: false }

export class MeshDevice {
  readonly key: DeviceKey
  readonly channel: MeshChannel
  readonly store: MemoryStore
  readonly replica: Replica
  readonly service: ReplicaService

  constructor(parts: Omit<MeshDevice, 'id'>) {
    this.key = parts.key
    this.channel = parts.channel
    this.store = parts.store
    this.replica = parts.replica
    this.service = parts.service
  }

  get id(): DeviceId {
    return this.key.id
  }
}

/** Replicas with their services, joined by links that a test opens and cuts, on one manual clock. */
export class ReplicaMesh {
  readonly clock: ManualClock
  readonly devices = new Map<string, MeshDevice>()
  readonly standings = new Map<DeviceId, AuthorStanding>()
  readonly links = new Set<string>()
  /** Frames so far, and their bytes. */
  sentFrames = 0
  sentBytes = 0
  weather: Weather = FAIR
  knowsTopology = true
  readonly #channels = new Map<DeviceId, MeshChannel>()
  readonly #random: () => number
  readonly #frames: Frame[] = []

  constructor(seed = 1) {
    this.clock = new ManualClock({ seed })
    this.#random = seededRandom(seed)
  }

  async add(name: string, role: Role = 'member', store = new MemoryStore()): Promise<MeshDevice> {
    const key = namedKey(name)
    this.standings.set(key.id, { isMember: true, role })
    const channel = new MeshChannel(key.id, this)
    this.#channels.set(key.id, channel)
    const { clock } = this
    const replica = await Replica.open({
      networkId: HOME,
      key,
      store,
      clock,
      standingOf: (author) => this.standings.get(author) ?? { isMember: false, role: null },
    })
    const service = new ReplicaService({
      channel,
      clock,
      replica,
      neighboursOf: (peer) => (this.knowsTopology ? new Set(this.peersOf(peer)) : undefined),
    })
    await service.start()
    const device = new MeshDevice({ key, channel, store, replica, service })
    this.devices.set(name, device)
    return device
  }

  /** Stops a device and starts it again on what its store holds (or on another store). */
  async restart(name: string, store?: MemoryStore): Promise<MeshDevice> {
    const device = this.device(name)
    const peers = this.peersOf(device.id)
    for (const peer of peers) this.#unlink(device.id, peer)
    await device.service.stop()
    const role = this.standings.get(device.id)?.role ?? 'member'
    const again = await this.add(name, role, store ?? device.store.copy())
    for (const peer of peers) this.#link(device.id, peer)
    return again
  }

  device(name: string): MeshDevice {
    const device = this.devices.get(name)
    if (device === undefined) throw new RangeError(`no device ${name}`)
    return device
  }

  link(a: string, b: string): void {
    this.#link(this.device(a).id, this.device(b).id)
  }

  unlink(a: string, b: string): void {
    this.#unlink(this.device(a).id, this.device(b).id)
  }

  linkAll(): void {
    const names = [...this.devices.keys()]
    for (const [i, a] of names.entries()) for (const b of names.slice(i + 1)) this.link(a, b)
  }

  peersOf(id: DeviceId): DeviceId[] {
    return [...this.#channels.keys()].filter((other) => this.links.has(`${id} ${other}`))
  }

  enqueue(frame: Frame): boolean {
    if (!this.links.has(`${frame.from} ${frame.to}`)) return false
    this.sentFrames += 1
    this.sentBytes += frame.bytes.length
    for (let copy = this.weather.copies(); copy > 0; copy -= 1) this.#frames.push(frame)
    return true
  }

  /** Delivers until nothing is under way. */
  async settle(): Promise<void> {
    while (this.#frames.length > 0) {
      const at = this.weather.shuffles ? Math.floor(this.#random() * this.#frames.length) : 0
      const [frame] = this.#frames.splice(at, 1)
      if (frame === undefined || !this.links.has(`${frame.from} ${frame.to}`)) continue
      await this.#channels.get(frame.to)?.receiver?.frame(frame.from, frame.bytes)
    }
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0;) {
      left = this.clock.step(left)
      await this.settle()
    }
  }

  #link(a: DeviceId, b: DeviceId): void {
    if (this.links.has(`${a} ${b}`)) return
    this.links.add(`${a} ${b}`)
    this.links.add(`${b} ${a}`)
    this.#channels.get(a)?.receiver?.opened(b)
    this.#channels.get(b)?.receiver?.opened(a)
  }

  #unlink(a: DeviceId, b: DeviceId): void {
    this.links.delete(`${a} ${b}`)
    this.links.delete(`${b} ${a}`)
    this.#channels.get(a)?.receiver?.closed(b)
    this.#channels.get(b)?.receiver?.closed(a)
  }
}

export class MeshChannel implements Channel {
  receiver: ChannelReceiver | undefined
  readonly #self: DeviceId
  readonly #mesh: ReplicaMesh

  constructor(self: DeviceId, mesh: ReplicaMesh) {
    this.#self = self
    this.#mesh = mesh
  }

  peers(): readonly DeviceId[] {
    return this.#mesh.peersOf(this.#self)
  }

  send(to: DeviceId, bytes: Uint8Array): boolean {
    return this.#mesh.enqueue({ from: this.#self, to, bytes })
  }

  receive(receiver: ChannelReceiver): void {
    this.receiver = receiver
  }
}
