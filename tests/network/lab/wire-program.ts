/** Passes frames on between the two ends of each wire; orders come as lines of JSON, each answered by a line. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { seededRandom } from '../../support/manual-clock.ts'
import type { LinkQuality } from './link-quality.ts'

export interface WireOrder {
  readonly wire: number
  /** Of the kernel's ends, which take and send frames at these ports. */
  readonly address: string
  readonly ports: readonly [number, number]
  readonly quality: LinkQuality
}

interface Frame {
  readonly bytes: Buffer
  readonly dueMs: number
}

/** Before each frame. */
const VXLAN_BYTES = 8
/** As much as the kernel gives: a full queue loses frames that nobody asked to lose. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024

/** One way of a wire. */
class Lane {
  readonly #send: (bytes: Buffer) => void
  readonly #lane: number
  #quality: LinkQuality = {}
  #random = seededRandom(0)
  /** By the time at which they are due. */
  readonly #queue: Frame[] = []
  #lastDueMs = 0
  #timer: NodeJS.Timeout | undefined

  constructor(lane: number, send: (bytes: Buffer) => void) {
    this.#lane = lane
    this.#send = send
  }

  set(quality: LinkQuality): void {
    this.#quality = quality
    this.#random = seededRandom((quality.seed ?? 0) * 1_000 + this.#lane)
  }

  take(bytes: Buffer): void {
    const { delayMs = 0, jitterMs = 0, loss = 0, reorder = 0, heldBackMs = 5 } = this.#quality
    // Luck is drawn for what hosts say, not for what they need to find each other, which comes at odd times; and for
    // each frame whatever its fate, so that one figure does not change the luck of another.
    const [lost, held, jitter] = isHousekeeping(bytes)
      ? [loss, reorder, 0.5]
      : [this.#random(), this.#random(), this.#random()]
    if (lost < loss || loss === 1) return
    const nowMs = performance.now()
    const dueMs = Math.max(
      nowMs + Math.max(0, delayMs + (2 * jitter - 1) * jitterMs),
      this.#lastDueMs,
    )
    if (held < reorder) return this.#enqueue({ bytes, dueMs: dueMs + heldBackMs })
    this.#lastDueMs = dueMs
    if (dueMs <= nowMs) this.#send(bytes)
    else this.#enqueue({ bytes, dueMs })
  }

  #enqueue(frame: Frame): void {
    const after = this.#queue.findLastIndex(({ dueMs }) => dueMs <= frame.dueMs)
    this.#queue.splice(after + 1, 0, frame)
    if (after === -1) this.#wait()
  }

  #wait(): void {
    clearTimeout(this.#timer)
    const [next] = this.#queue
    if (next === undefined) return
    this.#timer = setTimeout(() => this.#deliver(), Math.max(0, next.dueMs - performance.now()))
  }

  #deliver(): void {
    const nowMs = performance.now()
    const late = this.#queue.findIndex(({ dueMs }) => dueMs > nowMs)
    for (const { bytes } of this.#queue.splice(0, late === -1 ? this.#queue.length : late))
      this.#send(bytes)
    this.#wait()
  }
}

/** ARP, and ICMP version 6 with what it is wrapped in: neighbours, routers, who listens to which group. */
function isHousekeeping(bytes: Buffer): boolean {
  const type = bytes.readUInt16BE(VXLAN_BYTES + 12)
  if (type === 0x08_06) return true
  if (type !== 0x86_dd) return false
  const next = bytes.readUInt8(VXLAN_BYTES + 14 + 6)
  return next === 0 || next === 58
}

const wires = new Map<number, readonly Lane[]>()

for await (const line of createInterface({ input: process.stdin }))
  await obey(JSON.parse(line) as WireOrder)

async function obey(order: WireOrder): Promise<void> {
  const lanes = wires.get(order.wire) ?? (await makeLanes(order))
  wires.set(order.wire, lanes)
  for (const lane of lanes) lane.set(order.quality)
  process.stdout.write('done\n')
}

async function makeLanes({ wire, address, ports }: WireOrder): Promise<readonly Lane[]> {
  const sockets = [createSocket('udp4'), createSocket('udp4')] as const
  const [one, two] = sockets
  const lanes = [
    laneTo(two, address, ports[1], 2 * wire),
    laneTo(one, address, ports[0], 2 * wire + 1),
  ]
  for (const [side, socket] of sockets.entries()) {
    socket.on('message', (bytes) => lanes[side]?.take(bytes))
    socket.bind(ports[side])
    await once(socket, 'listening')
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
  }
  return lanes
}

function laneTo(socket: Socket, address: string, port: number, lane: number): Lane {
  return new Lane(lane, (bytes) => socket.send(bytes, port, address))
}
