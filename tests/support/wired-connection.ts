import type {
  Connection,
  PeerId,
  Stream,
  StreamHandler,
  StreamHandlerOptions,
} from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { streamPair } from '@libp2p/utils'
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr'
import type { DeviceId } from '../../src/identity/device-id.ts'

/** One device's end of the wires: the protocols it serves, and its connections. */
export class Socket {
  readonly id: DeviceId
  readonly handlers = new Map<string, StreamHandler>()
  readonly options = new Map<string, StreamHandlerOptions>()
  readonly connections: WiredConnection[] = []
  /** Called when one of its connections has ended, as libp2p does. */
  onClosed: (connection: Connection) => void = () => undefined
  readonly #serving: Promise<unknown>[] = []

  constructor(id: DeviceId) {
    this.id = id
  }

  handle(protocol: string, handler: StreamHandler, options: StreamHandlerOptions = {}) {
    this.handlers.set(protocol, handler)
    this.options.set(protocol, options)
    return Promise.resolve()
  }

  unhandle(protocol: string): Promise<void> {
    this.handlers.delete(protocol)
    return Promise.resolve()
  }

  serve(protocol: string, stream: Stream, connection: WiredConnection): void {
    const handler = this.handlers.get(protocol)
    this.#serving.push(Promise.resolve(handler?.(stream, connection.asConnection)))
  }

  /** Resolves when everything it was asked over streams has been answered. */
  async served(): Promise<void> {
    while (this.#serving.length > 0) await this.#serving.shift()
  }
}

export interface WireOptions {
  readonly address?: string
  readonly openedAtMs?: number
  /** The connection does not close in good order, as when the network is gone. */
  readonly isStuck?: boolean
}

/** A connection within the test: its streams are libp2p's, only the wire under them is not. */
export class WiredConnection {
  readonly id: string
  readonly direction: 'inbound' | 'outbound'
  readonly remotePeer: PeerId
  readonly remoteAddr: Multiaddr
  readonly timeline: { readonly open: number }
  status: 'open' | 'closed' | 'aborted' = 'open'
  /** Protocols of the streams opened at this end. */
  readonly opened: string[] = []
  readonly #local: Socket
  readonly #remote: Socket
  readonly #streams: Stream[] = []
  readonly #isStuck: boolean
  #other: WiredConnection | undefined

  private constructor(
    local: Socket,
    remote: Socket,
    id: string,
    isDialler: boolean,
    to: WireOptions,
  ) {
    this.id = `${id} of ${local.id}`
    this.#local = local
    this.#remote = remote
    this.direction = isDialler ? 'outbound' : 'inbound'
    this.remotePeer = peerIdFromString(remote.id)
    this.remoteAddr = multiaddr(to.address ?? '/ip4/192.168.1.2/tcp/4001')
    this.timeline = { open: to.openedAtMs ?? 0 }
    this.#isStuck = to.isStuck ?? false
  }

  /** The dialler's end and the listener's. */
  static pair(dialler: Socket, listener: Socket, options: WireOptions = {}) {
    const id = `wire ${dialler.connections.length}`
    const outbound = new WiredConnection(dialler, listener, id, true, options)
    const inbound = new WiredConnection(listener, dialler, id, false, options)
    outbound.#other = inbound
    inbound.#other = outbound
    dialler.connections.push(outbound)
    listener.connections.push(inbound)
    return [outbound, inbound] as const
  }

  get asConnection(): Connection {
    return this as unknown as Connection
  }

  async newStream(
    [protocol = '']: string[],
    options: { signal?: AbortSignal } = {},
  ): Promise<Stream> {
    options.signal?.throwIfAborted()
    if (this.status !== 'open') throw new TypeError(`the connection is ${this.status}`)
    if (!this.#remote.handlers.has(protocol)) throw new TypeError(`nobody serves ${protocol}`)
    this.opened.push(protocol)
    const [here, there] = await streamPair({ protocol })
    this.#streams.push(here)
    const other = this.#other
    if (other === undefined) throw new TypeError('the wire has one end')
    other.#streams.push(there)
    this.#remote.serve(protocol, there, other)
    return here
  }

  close({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    if (this.#isStuck && this.status === 'open') {
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error))
      })
    }
    this.#end('closed')
    return Promise.resolve()
  }

  abort(_error: Error): void {
    this.#end('aborted')
  }

  #end(status: 'closed' | 'aborted'): void {
    if (this.status !== 'open') return
    this.status = status
    for (const stream of this.#streams) stream.abort(new TypeError('the connection ended'))
    this.#local.onClosed(this.asConnection)
    if (this.#other !== undefined) this.#other.#end('closed')
  }
}
