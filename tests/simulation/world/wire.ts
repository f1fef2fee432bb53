import type { DialOutcome } from '../../../src/discovery/dial-outcome.ts'
import type { DeviceId } from '../../../src/identity/device-id.ts'
import type { Dice } from './dice.ts'
import { greet } from './hello.ts'
import { Link, type LinkWire, type Side } from './link.ts'
import type { Endpoint } from './endpoint.ts'
import type { VirtualTime } from './virtual-time.ts'

/** An open connection whose other end has not answered for so long is given up by TCP. */
const TCP_GIVES_UP_MS = 45_000

export interface WireComponents {
  readonly time: VirtualTime
  readonly dice: Dice
  /** Who runs there now; `off` when the machine is not even on. */
  readonly nodeOf: (device: DeviceId) => Endpoint | 'stopped' | 'off'
  trace(text: () => string): void
  /** Bytes that may wait in one direction of one protocol. */
  readonly queueMaxBytes: number
  delivered(protocol: string, frame: Uint8Array): void
  /** A receiver rejected, which would cost it the stream in reality. */
  failed(node: Endpoint, protocol: string, err: unknown): void
}

/** The network between the machines: delays, cuts in either direction, connections and their ends. */
export class Wire implements LinkWire {
  readonly components: WireComponents
  readonly links = new Set<Link>()
  /** Share of frames that find the sender's queue full. */
  dropShare = 0
  /** Share of frames that TCP sends twice. */
  lossShare = 0
  /** Added to everything that this device receives. */
  readonly lagMs = new Map<DeviceId, number>()
  readonly #latencies = new Map<string, number>()
  readonly #cuts = new Set<string>()

  constructor(components: WireComponents) {
    this.components = components
  }

  get time(): VirtualTime {
    return this.components.time
  }

  get queueMaxBytes(): number {
    return this.components.queueMaxBytes
  }

  nodeOf(device: DeviceId): Endpoint | 'stopped' | 'off' {
    return this.components.nodeOf(device)
  }

  delivered(protocol: string, frame: Uint8Array): void {
    this.components.delivered(protocol, frame)
  }

  failed(node: Endpoint, protocol: string, err: unknown): void {
    this.components.failed(node, protocol, err)
  }

  over(link: Link): void {
    this.links.delete(link)
  }

  isCut(from: DeviceId, to: DeviceId): boolean {
    return this.#cuts.has(`${from}>${to}`)
  }

  isApart(a: DeviceId, b: DeviceId): boolean {
    return this.isCut(a, b) || this.isCut(b, a)
  }

  /** One direction; what is under way waits, as TCP would have it. */
  cut(from: DeviceId, to: DeviceId): void {
    if (this.isCut(from, to)) return
    this.#cuts.add(`${from}>${to}`)
    for (const link of this.links) if (link.joins(from, to)) this.#giveUpLater(link)
  }

  mend(from: DeviceId, to: DeviceId): void {
    if (!this.#cuts.delete(`${from}>${to}`)) return
    for (const link of this.links) if (link.joins(from, to)) link.mended()
  }

  mendAll(): void {
    this.#cuts.clear()
    for (const link of this.links) link.mended()
  }

  delayMs(from: DeviceId, to: DeviceId): number {
    const { dice } = this.components
    const key = from < to ? `${from} ${to}` : `${to} ${from}`
    let latencyMs = this.#latencies.get(key)
    if (latencyMs === undefined) {
      latencyMs = dice.chance(0.8) ? dice.between(0.2, 4) : dice.between(10, 150)
      this.#latencies.set(key, latencyMs)
    }
    const again = dice.chance(this.lossShare) ? 200 : 0
    return latencyMs * dice.between(0.7, 1.6) + again + (this.lagMs.get(to) ?? 0)
  }

  /** One way through the network; does not come to an end while it is cut. */
  trip(from: Endpoint, to: Endpoint): Promise<void> {
    return new Promise((resolve) => {
      this.components.time.in(this.delayMs(from.id, to.id), () => {
        if (!this.isCut(from.id, to.id)) to.process.arrive(resolve)
      })
    })
  }

  dial(from: Endpoint, device: DeviceId): Promise<DialOutcome> {
    return new Promise((resolve) => {
      const answer = (outcome: DialOutcome): void => from.process.arrive(() => resolve(outcome))
      const { time } = this.components
      time.in(this.delayMs(from.id, device), () => {
        const to = this.components.nodeOf(device)
        if (to === 'off' || this.isApart(from.id, device)) return // no answer, as far as the dialler can tell
        if (to === 'stopped') {
          time.in(this.delayMs(device, from.id), () =>
            answer({ outcome: 'refused', detail: 'nobody listens' }),
          )
          return
        }
        to.process.arrive(() => {
          void greet(this, from, to).then((outcome) => answer(outcome))
        })
      })
    })
  }

  /** Both have accepted each other. */
  join(a: Endpoint, b: Endpoint): void {
    for (const old of this.links) if (old.joins(a.id, b.id) && old.isWhole(a, b)) return
    for (const old of [...this.links]) if (old.joins(a.id, b.id)) old.abort()
    const link = new Link(this, a, b)
    this.links.add(link)
    link.open(0)
    const { time } = this.components
    time.in(this.delayMs(a.id, b.id), () => b.process.arrive(() => link.open(1)))
    if (this.isApart(a.id, b.id)) this.#giveUpLater(link)
  }

  linkOf(node: Endpoint, peer: DeviceId): { readonly link: Link; readonly side: Side } | undefined {
    for (const link of this.links) {
      const side = link.sideOf(node)
      if (side !== undefined && link.ends[1 - side]?.id === peer && link.isOpen[side])
        return { link, side }
    }
    return undefined
  }

  /** The process ended. With its machine on, the others are told. */
  died(node: Endpoint, isTold: boolean): void {
    for (const link of [...this.links]) {
      const side = link.sideOf(node)
      if (side === undefined) continue
      if (isTold) link.close(side, 'abort')
      else this.#giveUpLater(link)
    }
  }

  #giveUpLater(link: Link): void {
    const { time, dice } = this.components
    time.in(TCP_GIVES_UP_MS * dice.between(0.7, 1.3), () => {
      for (const side of [0, 1] as const) {
        const [own, other] = [link.ends[side], link.ends[(1 - side) as Side]]
        const isLost = other.process.isDead || this.isApart(own.id, other.id)
        if (link.isOpen[side] && isLost) own.process.arrive(() => link.close(side, 'abort'))
      }
    })
  }
}
