import type { Connection, Stream, StreamHandler, StreamHandlerOptions } from '@libp2p/interface'
import type { Channel, ChannelReceiver } from '../../protocols/channel/channel.ts'
import {
  CHANNEL_FLUSH_MAX_MS,
  CHANNEL_FRAME_MAX_BYTES,
  CHANNEL_OPEN_TIMEOUT_MS,
  CHANNEL_QUEUE_MAX_BYTES,
  CHANNEL_REOPEN_MAX_MS,
  CHANNEL_REOPEN_MIN_MS,
  CHANNEL_STABLE_MS,
  CHANNEL_STREAMS_MAX,
} from '../../protocols/channel/constants.ts'
import { lengthPrefixed, readFrames } from '../../protocols/channel/frames.ts'
import type { Cancel, Clock } from '../clock/clock.ts'
import { deadline } from '../clock/deadline.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { Links } from './links.ts'
import { ReachError } from './reach-error.ts'

export interface StreamChannelComponents {
  readonly protocol: string
  readonly links: Links
  readonly registrar: {
    handle(protocol: string, handler: StreamHandler, options?: StreamHandlerOptions): Promise<void>
    unhandle(protocol: string): Promise<void>
  }
  readonly clock: Clock
  /** Asked for each frame: a removed member's open stream is worth nothing. */
  isMember(peer: DeviceId): boolean
  /** Bytes of a member arrived, of a whole frame or not. */
  heard(peer: DeviceId): void
}

interface Outbound {
  stream: Stream | undefined
  openedAtMs: number
  isOpening: boolean
  retryMs: number
  cancelRetry: Cancel | undefined
}

/** `Channel` over libp2p: to each member one outbound stream, opened when its first connection is ready. */
export class StreamChannel implements Channel {
  readonly #components: StreamChannelComponents
  readonly #outbound = new Map<DeviceId, Outbound>()
  #receiver: ChannelReceiver | undefined
  #shutdown: AbortController | undefined
  #unlisten: (() => void) | undefined
  /** Bytes of frames sent and received, for the figures of `asgard peers`. */
  readonly #traffic = new Map<DeviceId, { sent: number; received: number }>()

  constructor(components: StreamChannelComponents) {
    this.#components = components
  }

  async start(): Promise<void> {
    if (this.#shutdown !== undefined) return
    this.#shutdown = new AbortController()
    const { protocol, registrar, links } = this.#components
    await registrar.handle(protocol, this.#onStream, {
      maxInboundStreams: CHANNEL_STREAMS_MAX,
      maxOutboundStreams: CHANNEL_STREAMS_MAX,
      runOnLimitedConnection: true,
    })
    this.#unlisten = links.listen({
      up: (peer) => this.#open(peer),
      moved: (peer) => this.#move(peer),
      down: (peer) => this.#close(peer),
    })
    for (const peer of links.peers()) this.#open(peer)
  }

  async stop(): Promise<void> {
    if (this.#shutdown === undefined) return
    this.#shutdown.abort()
    this.#shutdown = undefined
    this.#unlisten?.()
    for (const peer of [...this.#outbound.keys()]) this.#close(peer)
    await this.#components.registrar.unhandle(this.#components.protocol)
  }

  /** Resolves when what was queued has been handed to the connections, or after `CHANNEL_FLUSH_MAX_MS`. */
  async flush(): Promise<void> {
    const busy = [...this.#outbound.values()]
      .flatMap(({ stream }) => stream ?? [])
      .filter((s) => s.writeBufferLength > 0)
    await Promise.all(
      busy.map(
        (stream) =>
          new Promise<void>((resolve) => {
            const cancel = this.#components.clock.after(CHANNEL_FLUSH_MAX_MS, resolve)
            const done = () => {
              cancel()
              resolve()
            }
            stream.addEventListener('idle', done, { once: true })
            stream.addEventListener('close', done, { once: true })
          }),
      ),
    )
  }

  receive(receiver: ChannelReceiver): void {
    this.#receiver = receiver
  }

  peers(): readonly DeviceId[] {
    return [...this.#outbound].filter(([, out]) => out.stream !== undefined).map(([peer]) => peer)
  }

  traffic(peer: DeviceId): { readonly sent: number; readonly received: number } {
    return this.#traffic.get(peer) ?? { sent: 0, received: 0 }
  }

  send(to: DeviceId, frame: Uint8Array): boolean {
    const stream = this.#outbound.get(to)?.stream
    if (stream === undefined || stream.writeStatus !== 'writable') return false
    if (frame.byteLength > CHANNEL_FRAME_MAX_BYTES) return false
    if (stream.writeBufferLength + frame.byteLength > CHANNEL_QUEUE_MAX_BYTES) return false
    try {
      stream.send(lengthPrefixed(frame))
    } catch {
      return false // the stream closed in between; its 'close' handler opens another
    }
    this.#count(to, 'sent', frame.byteLength)
    return true
  }

  #open(peer: DeviceId): void {
    if (this.#outbound.has(peer)) return
    this.#outbound.set(peer, {
      stream: undefined,
      openedAtMs: 0,
      isOpening: false,
      retryMs: CHANNEL_REOPEN_MIN_MS,
      cancelRetry: undefined,
    })
    void this.#openStream(peer)
  }

  /** Until the new stream is open the one it replaces stays in use. */
  async #openStream(peer: DeviceId, replaced?: Stream): Promise<void> {
    const out = this.#outbound.get(peer)
    const signal = this.#shutdown?.signal
    if (out === undefined || out.isOpening || out.stream !== replaced || signal === undefined)
      return
    out.isOpening = true
    try {
      const connection = this.#components.links.best(peer)
      if (connection === undefined)
        throw new ReachError('NOT_CONNECTED', `${peer} is not connected`)
      const stream = await connection.newStream([this.#components.protocol], {
        signal: AbortSignal.any([
          signal,
          deadline(this.#components.clock, CHANNEL_OPEN_TIMEOUT_MS),
        ]),
        runOnLimitedConnection: true,
      })
      if (this.#outbound.get(peer) !== out) {
        stream.abort(new ReachError('NOT_CONNECTED', 'the peer went away meanwhile'))
        return
      }
      // Its connection may have ended meanwhile; then nobody will ever say that it closed.
      if (stream.status !== 'open')
        throw new ReachError('NOT_CONNECTED', `the stream to ${peer} closed at once`)
      out.stream = stream
      if (replaced !== undefined) this.#closeSoon(replaced)
      out.openedAtMs = this.#components.clock.monotonic()
      stream.addEventListener('close', () => this.#onOutboundClosed(peer, out, stream))
      this.#receiver?.opened(peer)
    } catch {
      if (out.stream === undefined) this.#retry(peer, out) // refused or cut: the gate may open a moment later, or `down` follows
    } finally {
      out.isOpening = false
    }
  }

  #onOutboundClosed(peer: DeviceId, out: Outbound, stream: Stream): void {
    if (out.stream !== stream) return
    out.stream = undefined
    const livedMs = this.#components.clock.monotonic() - out.openedAtMs
    if (livedMs >= CHANNEL_STABLE_MS) out.retryMs = CHANNEL_REOPEN_MIN_MS
    this.#retry(peer, out)
  }

  #retry(peer: DeviceId, out: Outbound): void {
    if (this.#outbound.get(peer) !== out || this.#shutdown === undefined) return
    const delayMs = out.retryMs
    out.retryMs = Math.min(delayMs * 2, CHANNEL_REOPEN_MAX_MS)
    out.cancelRetry?.()
    out.cancelRetry = this.#components.clock.after(delayMs, () => void this.#openStream(peer))
  }

  /** The old connection may be dead without anybody having said so: what is sent from now on takes the new one. */
  #move(peer: DeviceId): void {
    const stream = this.#outbound.get(peer)?.stream
    if (stream !== undefined) void this.#openStream(peer, stream)
  }

  /** Lets out what is queued, but nothing more. */
  #closeSoon(stream: Stream): void {
    stream
      .close({ signal: deadline(this.#components.clock, CHANNEL_FLUSH_MAX_MS) })
      .catch((err: Error) => stream.abort(err))
  }

  #close(peer: DeviceId): void {
    const out = this.#outbound.get(peer)
    if (out === undefined) return
    this.#outbound.delete(peer)
    this.#traffic.delete(peer)
    out.cancelRetry?.()
    // What was queued may be the news that the peer was removed.
    if (out.stream !== undefined) this.#closeSoon(out.stream)
    this.#receiver?.closed(peer)
  }

  readonly #onStream = (stream: Stream, connection: Connection): void => {
    const peer = connection.remotePeer.toString()
    stream.addEventListener('message', () => this.#components.heard(peer))
    readFrames(stream, (frame) => {
      if (!this.#components.isMember(peer))
        throw new ReachError('NOT_CONNECTED', `${peer} is no member any more`)
      this.#count(peer, 'received', frame.byteLength)
      return this.#receiver?.frame(peer, frame)
    })
  }

  #count(peer: DeviceId, way: 'sent' | 'received', bytes: number): void {
    const traffic = this.#traffic.get(peer) ?? { sent: 0, received: 0 }
    traffic[way] += bytes
    if (this.#outbound.has(peer)) this.#traffic.set(peer, traffic)
  }
}
