import type { DeviceId } from '../../../src/identity/device-id.ts'
import { StoreError } from '../../../src/storage/store-error.ts'
import type { Endpoint, LinkEnd } from './endpoint.ts'
import type { VirtualTime } from './virtual-time.ts'

export type Side = 0 | 1

/** What a connection needs of the wire. */
export interface LinkWire {
  readonly time: VirtualTime
  /** Bytes that may wait in one direction of one protocol. */
  readonly queueMaxBytes: number
  isCut(from: DeviceId, to: DeviceId): boolean
  delayMs(from: DeviceId, to: DeviceId): number
  nodeOf(device: DeviceId): Endpoint | 'stopped' | 'off'
  delivered(protocol: string, frame: Uint8Array): void
  failed(node: Endpoint, protocol: string, err: unknown): void
  over(link: Link): void
}

/** One protocol's frames in one direction of a connection: in order, and one at a time at the receiver. */
class Flow {
  readonly link: Link
  readonly from: Side
  readonly protocol: string
  #frames: { readonly bytes: Uint8Array; readonly atMs: number }[] = []
  lastMs = 0
  #isPending = false
  #breaks = 0
  /** Bytes that wait. */
  waiting = 0

  constructor(link: Link, from: Side, protocol: string) {
    this.link = link
    this.from = from
    this.protocol = protocol
  }

  send(bytes: Uint8Array): void {
    const { wire, ends } = this.link
    const [from, to] = [ends[this.from], ends[(1 - this.from) as Side]]
    const atMs = wire.time.nowMs + wire.delayMs(from.id, to.id)
    this.lastMs = Math.max(this.lastMs, atMs)
    this.#frames.push({ bytes, atMs: this.lastMs })
    this.waiting += bytes.length
    this.pump()
  }

  clear(): void {
    this.#frames = []
    this.waiting = 0
  }

  pump(): void {
    const { wire, ends } = this.link
    const [next] = this.#frames
    if (this.#isPending || next === undefined) return
    const [from, to] = [ends[this.from], ends[(1 - this.from) as Side]]
    if (wire.isCut(from.id, to.id)) return // goes on when it is mended
    this.#isPending = true
    wire.time.at(next.atMs, () => {
      this.#isPending = false
      if (to.process.isDead) return this.link.unheard(this.from)
      if (this.#frames[0] !== next || wire.isCut(from.id, to.id)) return this.pump()
      this.#isPending = true
      to.process.arrive(() => this.#take(from, to))
    })
  }

  #take(from: Endpoint, to: Endpoint): void {
    const { wire, isOpen } = this.link
    const next = this.#frames.shift()
    if (next === undefined || !isOpen[(1 - this.from) as Side]) return this.#goOn()
    this.waiting -= next.bytes.length
    if (!to.isMember(from.id)) return this.#goOn() // its frames are not read from here on
    wire.delivered(this.protocol, next.bytes)
    void this.#hand(to, from.id, next.bytes)
  }

  /** The next frame waits until this one is dealt with. */
  async #hand(to: Endpoint, from: DeviceId, bytes: Uint8Array): Promise<void> {
    try {
      await to.channel(this.protocol).take(from, bytes)
    } catch (err) {
      if (!(err instanceof StoreError)) this.link.wire.failed(to, this.protocol, err)
      this.#breakOff() // what a receiver fails to handle costs the stream
    }
    this.#goOn()
  }

  /** What waits is lost, and the sender opens another stream after a while. */
  #breakOff(): void {
    const { wire, ends } = this.link
    const [from, to] = [ends[this.from], ends[(1 - this.from) as Side]]
    this.clear()
    this.#breaks += 1
    wire.time.in(wire.delayMs(to.id, from.id), () =>
      from.process.arrive(() => from.streamLost(to.id, this.protocol, this.#breaks, this.link)),
    )
  }

  #goOn(): void {
    this.#isPending = false
    this.pump()
  }
}

/** A connection. Each end opens and closes at its own time. */
export class Link implements LinkEnd {
  readonly wire: LinkWire
  readonly ends: readonly [Endpoint, Endpoint]
  readonly isOpen: [boolean, boolean] = [false, false]
  readonly #flows = new Map<string, Flow>()
  /** The other end is to be told that this one is closed. */
  readonly #farewell: [boolean, boolean] = [false, false]
  #isOver = false

  constructor(wire: LinkWire, a: Endpoint, b: Endpoint) {
    this.wire = wire
    this.ends = [a, b]
  }

  joins(a: string, b: string): boolean {
    const [one, other] = this.ends
    return (one.id === a && other.id === b) || (one.id === b && other.id === a)
  }

  sideOf(node: Endpoint): Side | undefined {
    return this.ends[0] === node ? 0 : this.ends[1] === node ? 1 : undefined
  }

  isWhole(a: Endpoint, b: Endpoint): boolean {
    return (
      this.sideOf(a) !== undefined &&
      this.sideOf(b) !== undefined &&
      this.isOpen[0] &&
      this.isOpen[1]
    )
  }

  open(side: Side): void {
    if (this.#isOver || this.isOpen[side]) return
    const [own, other] = [this.ends[side], this.ends[(1 - side) as Side]]
    this.isOpen[side] = true
    if (own.isMember(other.id)) own.linkUp(other.id, this)
    else this.close(side, 'abort') // it learned of a removal meanwhile
  }

  send(from: Side, protocol: string, bytes: Uint8Array): boolean {
    if (!this.isOpen[from]) return false
    const flow = this.#flow(from, protocol)
    if (flow.waiting + bytes.length > this.wire.queueMaxBytes) return false
    flow.send(bytes)
    return true
  }

  sendFrom(node: Endpoint, protocol: string, bytes: Uint8Array): boolean {
    const side = this.sideOf(node)
    return side !== undefined && this.send(side, protocol, bytes)
  }

  closeOf(node: Endpoint, how: 'orderly' | 'abort'): void {
    const side = this.sideOf(node)
    if (side !== undefined) this.close(side, how)
  }

  /** `orderly`: what was sent arrives before the end does. `abort`: it need not. */
  close(side: Side, how: 'orderly' | 'abort'): void {
    this.#isOver = true
    const { time } = this.wire
    const other = (1 - side) as Side
    let lastMs = time.nowMs + this.wire.delayMs(this.ends[side].id, this.ends[other].id)
    for (const flow of this.#flows.values()) {
      if (flow.from !== side) continue
      if (how === 'abort') flow.clear()
      else lastMs = Math.max(lastMs, flow.lastMs)
    }
    this.#shut(side)
    if (this.isOpen[other]) time.at(lastMs, () => this.#tell(other))
    else this.#endIfShut()
  }

  abort(): void {
    this.#isOver = true
    this.#shut(0)
    this.#shut(1)
    this.#endIfShut()
  }

  mended(): void {
    for (const flow of this.#flows.values()) flow.pump()
    for (const side of [0, 1] as const) if (this.#farewell[side]) this.#tell(side)
  }

  /** A frame reached a machine whose process is another one by now: its TCP says so. */
  unheard(from: Side): void {
    const { wire } = this
    const [sender, gone] = [this.ends[from], this.ends[(1 - from) as Side]]
    if (wire.nodeOf(gone.id) === 'off') return
    wire.time.in(this.wire.delayMs(gone.id, sender.id), () => this.#tell(from))
  }

  #tell(side: Side): void {
    const [own, other] = [this.ends[side], this.ends[(1 - side) as Side]]
    this.#farewell[side] = this.wire.isCut(other.id, own.id)
    if (this.#farewell[side] || !this.isOpen[side]) return
    own.process.arrive(() => {
      this.#isOver = true
      this.#shut(side)
      this.#endIfShut()
    })
  }

  #shut(side: Side): void {
    if (!this.isOpen[side]) return
    this.isOpen[side] = false
    const node = this.ends[side]
    if (!node.process.isDead) node.linkDown(this.ends[(1 - side) as Side].id, this)
  }

  #endIfShut(): void {
    if (!this.isOpen[0] && !this.isOpen[1]) this.wire.over(this)
  }

  #flow(from: Side, protocol: string): Flow {
    const key = `${from} ${protocol}`
    let flow = this.#flows.get(key)
    if (flow === undefined) {
      flow = new Flow(this, from, protocol)
      this.#flows.set(key, flow)
    }
    return flow
  }
}
