import { createHash } from 'node:crypto'
import type { Channel, ChannelReceiver } from '../../../protocols/channel/channel.ts'
import { AddressBook } from '../../../src/discovery/address-book.ts'
import type { DialOutcome } from '../../../src/discovery/dial-outcome.ts'
import { DialService } from '../../../src/discovery/dial-service.ts'
import type { HealthChange } from '../../../src/health/health-components.ts'
import { HealthService } from '../../../src/health/health-service.ts'
import { deviceIdOf, type DeviceId } from '../../../src/identity/device-id.ts'
import type { TopologyChange } from '../../../src/topology/topology-history.ts'
import { TopologyService } from '../../../src/topology/topology-service.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { VirtualProcess } from './virtual-process.ts'
import { seededRandom, VirtualTime } from './virtual-time.ts'

export function deviceNumber(n: number): DeviceId {
  return deviceIdOf(createHash('sha256').update(`device ${n}`).digest())
}

export interface Seen {
  readonly observer: number
  readonly change: HealthChange
  readonly trueMs: number
}

interface Connection {
  isOpen: boolean
  readonly ends: readonly [VirtualNode, VirtualNode]
}

/** One device: the shipped health, topology and discovery rooms on a virtual process. */
export class VirtualNode implements Channel {
  readonly index: number
  readonly id: DeviceId
  readonly mesh: VirtualMesh
  readonly process: VirtualProcess
  readonly health: HealthService
  readonly topology: TopologyService
  dialler: DialService | undefined
  /** Oldest first; frames go over the oldest, as on a stream that was opened once and kept. */
  readonly connections = new Map<DeviceId, readonly Connection[]>()
  receiver: ChannelReceiver | undefined
  /** Wall clock. */
  readonly startedMs: number
  framesSent = 0
  bytesSent = 0

  constructor(mesh: VirtualMesh, index: number, incarnation: bigint) {
    this.mesh = mesh
    this.index = index
    this.id = deviceNumber(index)
    this.process = new VirtualProcess(mesh.time, mesh.random)
    this.startedMs = this.process.now()
    const members = (): DeviceId[] => mesh.members
    this.topology = new TopologyService({
      self: this.id,
      network: 'bnetwork',
      clock: this.process,
      incarnation,
      sign: (bytes) => stubSignature(this.id, bytes),
      verify: (device, bytes, signature) =>
        Buffer.compare(stubSignature(device, bytes), signature) === 0,
      isMember: (device) => members().includes(device),
      members,
    })
    this.health = new HealthService({
      self: this.id,
      channel: this,
      clock: this.process,
      linkStates: this.topology,
      members,
      pathKind: () => 'local',
      dial: (peer) => this.dialler?.dialNow(peer),
      disconnect: (peer) => mesh.disconnect(this, peer),
    })
    this.health.listen({
      changed: (change) => mesh.seen.push({ observer: index, change, trueMs: mesh.time.nowMs }),
    })
    this.topology.listen((change) => mesh.topologyChanges.push({ observer: index, change }))
  }

  async start(): Promise<void> {
    const { mesh } = this
    const book = await AddressBook.open({ store: new MemoryStore(), clock: this.process })
    for (const device of mesh.members)
      if (device !== this.id) book.add(device, `/ip4/10.0.0.1/tcp/${device.length}`, 'manual')
    this.dialler = new DialService({
      self: this.id,
      clock: this.process,
      book,
      dial: (device, _address, signal) => mesh.dial(this, device, signal),
      witness: this.health,
      members: () => mesh.members,
      isConnected: (device) => this.connections.has(device),
      ownAddresses: () => [],
    })
    this.health.start()
    this.dialler.start()
  }

  peers(): readonly DeviceId[] {
    return [...this.connections.keys()]
  }

  send(to: DeviceId, frame: Uint8Array): boolean {
    const connection = this.connections.get(to)?.[0]
    if (connection === undefined) return false
    this.framesSent++
    this.bytesSent += frame.byteLength
    this.mesh.deliver(this, connection, frame)
    return true
  }

  receive(receiver: ChannelReceiver): void {
    this.receiver = receiver
  }
}

/** Devices, the wires between them and everything that can go wrong with either. */
export class VirtualMesh {
  readonly time = new VirtualTime()
  readonly random: () => number
  readonly nodes: VirtualNode[] = []
  readonly seen: Seen[] = []
  readonly topologyChanges: { readonly observer: number; readonly change: TopologyChange }[] = []
  members: DeviceId[] = []
  latencyMs = 1
  /** Share of frames that TCP has to send again, 200 ms later. */
  loss = 0
  readonly #cut = new Set<string>()

  constructor(seed: number) {
    this.random = seededRandom(seed)
  }

  static async of(count: number, seed: number): Promise<VirtualMesh> {
    const mesh = new VirtualMesh(seed)
    mesh.members = Array.from({ length: count }, (_, index) => deviceNumber(index))
    for (let index = 0; index < count; index++) mesh.nodes.push(new VirtualNode(mesh, index, 1n))
    for (const node of mesh.nodes) {
      await node.start()
      await mesh.time.advance(mesh.random() * 400) // so that their ticks are out of step
    }
    return mesh
  }

  node(index: number): VirtualNode {
    return this.nodes[index]!
  }

  kill(index: number): void {
    const node = this.node(index)
    node.process.kill()
    for (const [device, connections] of node.connections) {
      const other = this.#byId(device)
      for (const connection of connections) {
        connection.isOpen = false
        if (!this.#isCut(node, other)) this.#later(other, () => this.#drop(other, connection))
      }
    }
    node.connections.clear()
  }

  async restart(index: number): Promise<VirtualNode> {
    const node = new VirtualNode(this, index, BigInt(Math.ceil(this.time.nowMs) + 2))
    this.nodes[index] = node
    await node.start()
    return node
  }

  /** Every process is kept off the CPU now and then, for up to `stallMaxMs` at a time. */
  starve(forMs: number, stallMaxMs: number, everyMs: number): void {
    const untilMs = this.time.nowMs + forMs
    for (const node of this.nodes) {
      const stall = (): void => {
        if (this.time.nowMs >= untilMs) return
        const stallMs = this.random() ** 2 * stallMaxMs
        node.process.freeze(stallMs)
        this.time.at(this.time.nowMs + stallMs - Math.log(1 - this.random()) * everyMs, stall)
      }
      this.time.at(this.time.nowMs + this.random() * everyMs, stall)
    }
  }

  /** An orderly stop. */
  stop(index: number): void {
    const node = this.node(index)
    node.health.goodbye()
    this.time.at(this.time.nowMs + 5, () => this.kill(index))
  }

  /** No frame, no RST: as a pulled cable. */
  cut(a: number, b: number): void {
    this.#cut.add(key(this.node(a), this.node(b)))
  }

  mend(a: number, b: number): void {
    this.#cut.delete(key(this.node(a), this.node(b)))
  }

  cutOff(index: number): void {
    for (const other of this.nodes) if (other.index !== index) this.cut(index, other.index)
  }

  /** The cable is back, and the device on its end notices as the interface watch does. */
  plugIn(index: number): void {
    for (const other of this.nodes) if (other.index !== index) this.mend(index, other.index)
    const node = this.node(index)
    this.time.at(this.time.nowMs + this.random() * 1_000, () =>
      node.process.arrive(() => node.dialler?.dialAll()),
    )
  }

  deliver(from: VirtualNode, connection: Connection, frame: Uint8Array): void {
    const to = connection.ends[0] === from ? connection.ends[1] : connection.ends[0]
    const delayMs = this.latencyMs * (0.5 + this.random()) + (this.random() < this.loss ? 200 : 0)
    this.time.at(this.time.nowMs + delayMs, () => {
      if (this.#isCut(from, to)) return
      if (!connection.isOpen) return this.#later(from, () => this.#drop(from, connection)) // RST
      to.process.arrive(() => {
        const connections = to.connections.get(from.id) ?? []
        if (connections.includes(connection)) void to.receiver?.frame(from.id, frame)
      })
    })
  }

  dial(from: VirtualNode, device: DeviceId, signal: AbortSignal): Promise<DialOutcome> {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve({ outcome: 'timeout', detail: 'aborted' }))
      const to = this.#byId(device)
      const attempt = (): void => {
        if (signal.aborted || from.process.isDead) return
        if (this.#isCut(from, to)) return void this.time.at(this.time.nowMs + 1_000, attempt)
        if (to.process.isDead)
          return from.process.arrive(() => resolve({ outcome: 'refused', detail: 'ECONNREFUSED' }))
        to.process.arrive(() =>
          this.#later(from, () => {
            if (signal.aborted) return
            this.#connect(from, to)
            resolve({ outcome: 'connected', detail: '' })
          }),
        )
      }
      this.time.at(this.time.nowMs + 2 * this.latencyMs, attempt)
    })
  }

  disconnect(from: VirtualNode, device: DeviceId): void {
    const to = this.#byId(device)
    for (const connection of from.connections.get(device) ?? []) {
      connection.isOpen = false
      from.process.arrive(() => this.#drop(from, connection))
      if (!this.#isCut(from, to)) this.#later(to, () => this.#drop(to, connection))
    }
  }

  #connect(a: VirtualNode, b: VirtualNode): void {
    const connection: Connection = { isOpen: true, ends: [a, b] }
    this.#attach(a, b.id, connection)
    this.#later(b, () => connection.isOpen && this.#attach(b, a.id, connection))
  }

  #attach(node: VirtualNode, peer: DeviceId, connection: Connection): void {
    const connections = node.connections.get(peer) ?? []
    node.connections.set(peer, [...connections, connection])
    if (connections.length > 0) return
    node.dialler?.opened(peer)
    node.receiver?.opened(peer)
  }

  #drop(node: VirtualNode, connection: Connection): void {
    const other = connection.ends[0] === node ? connection.ends[1] : connection.ends[0]
    const connections = node.connections.get(other.id) ?? []
    const left = connections.filter((kept) => kept !== connection)
    if (left.length === connections.length) return
    if (left.length > 0) return void node.connections.set(other.id, left)
    node.connections.delete(other.id)
    node.dialler?.closed(other.id)
    node.receiver?.closed(other.id)
  }

  #later(node: VirtualNode, callback: () => void): void {
    this.time.at(this.time.nowMs + this.latencyMs, () => node.process.arrive(callback))
  }

  #isCut(a: VirtualNode, b: VirtualNode): boolean {
    return this.#cut.has(key(a, b))
  }

  #byId(device: DeviceId): VirtualNode {
    return this.nodes[this.members.indexOf(device)]!
  }
}

function key(a: VirtualNode, b: VirtualNode): string {
  return [a.index, b.index].sort((x, y) => x - y).join('-')
}

function stubSignature(device: DeviceId, bytes: Uint8Array): Uint8Array {
  return createHash('sha512').update(device).update(bytes).digest()
}
