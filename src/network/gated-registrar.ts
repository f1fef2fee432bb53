import type { Registrar } from '@libp2p/interface-internal'
import type {
  StreamHandler,
  StreamHandlerOptions,
  StreamMiddleware,
  Topology,
} from '@libp2p/interface'
import type { Gate } from './gate.ts'
import { NetworkError } from './network-error.ts'

/**
 * libp2p's registrar with the gate in front: whatever registers a protocol or a topology through it,
 * ours or a library's, serves and learns of members only. `open` names the protocols that strangers may use.
 *
 * libp2p's own middleware (`node.use`) is not used: in 3.3 a handler runs once more with every inbound stream.
 */
export class GatedRegistrar implements Registrar {
  readonly #inner: Registrar
  readonly #gate: Gate
  readonly #open: ReadonlySet<string>

  constructor(inner: Registrar, gate: Gate, open: ReadonlySet<string>) {
    this.#inner = inner
    this.#gate = gate
    this.#open = open
  }

  async handle(
    protocol: string,
    handler: StreamHandler,
    options?: StreamHandlerOptions,
  ): Promise<void> {
    await this.#inner.handle(
      protocol,
      this.#open.has(protocol) ? handler : this.#guard(protocol, handler),
      options,
    )
  }

  async register(protocol: string, topology: Topology): Promise<string> {
    const gated: Topology = {
      ...(topology.filter !== undefined && { filter: topology.filter }),
      ...(topology.notifyOnLimitedConnection !== undefined && {
        notifyOnLimitedConnection: topology.notifyOnLimitedConnection,
      }),
      onConnect: (peer, connection) =>
        this.#gate.isMember(peer.toString()) ? topology.onConnect?.(peer, connection) : undefined,
      onDisconnect: (peer) => topology.onDisconnect?.(peer),
    }
    return this.#inner.register(protocol, gated)
  }

  #guard(protocol: string, handler: StreamHandler): StreamHandler {
    return (stream, connection) => {
      const peer = connection.remotePeer.toString()
      const refuse = () => {
        this.#gate.refused(peer, protocol)
        stream.abort(new NetworkError('NOT_A_MEMBER', `${peer} is not a member`))
      }
      const admitted = this.#gate.admits(peer, connection.id)
      if (admitted === true) return handler(stream, connection)
      if (admitted === false) return refuse()
      // Nobody reads it yet: without this a stranger could fill the buffers of many streams meanwhile.
      if (stream.readStatus === 'readable') stream.pause()
      return this.#gate.whenGreeted(peer, connection.id).then((isMember) => {
        if (!isMember) return refuse()
        if (stream.readStatus === 'paused') stream.resume()
        return handler(stream, connection)
      })
    }
  }

  async unhandle(protocol: string): Promise<void> {
    await this.#inner.unhandle(protocol)
  }

  unregister(id: string): void {
    this.#inner.unregister(id)
  }

  getProtocols(): string[] {
    return this.#inner.getProtocols()
  }

  getHandler(protocol: string): ReturnType<Registrar['getHandler']> {
    return this.#inner.getHandler(protocol)
  }

  getTopologies(protocol: string): Topology[] {
    return this.#inner.getTopologies(protocol)
  }

  use(protocol: string, middleware: StreamMiddleware[]): void {
    this.#inner.use(protocol, middleware)
  }

  unuse(protocol: string): void {
    this.#inner.unuse(protocol)
  }

  getMiddleware(protocol: string): StreamMiddleware[] {
    return this.#inner.getMiddleware(protocol)
  }
}
