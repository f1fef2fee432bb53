import type {
  ClearableSignal,
  Connection,
  ConnectionEncrypter,
  MultiaddrConnection,
  StreamMuxerFactory,
  Upgrader,
  UpgraderOptions,
  UpgraderWithoutEncryptionOptions,
} from '@libp2p/interface'
import { Socket } from 'node:net'

/**
 * libp2p hands a frame to its socket in pieces (length, ciphertext), and each would cost a system call and often a
 * packet. This holds them back until the code that writes them is done, so that they leave in one.
 */
export class CorkedUpgrader implements Upgrader {
  readonly #upgrader: Upgrader

  constructor(upgrader: Upgrader) {
    this.#upgrader = upgrader
  }

  upgradeOutbound(
    connection: MultiaddrConnection,
    options: UpgraderOptions | UpgraderWithoutEncryptionOptions,
  ): Promise<Connection> {
    cork(connection)
    return this.#upgrader.upgradeOutbound(connection, options)
  }

  upgradeInbound(
    connection: MultiaddrConnection,
    options: UpgraderOptions | UpgraderWithoutEncryptionOptions,
  ): Promise<void> {
    cork(connection)
    return this.#upgrader.upgradeInbound(connection, options)
  }

  createInboundAbortSignal(signal: AbortSignal): ClearableSignal {
    return this.#upgrader.createInboundAbortSignal(signal)
  }

  getStreamMuxers(): Map<string, StreamMuxerFactory> {
    return this.#upgrader.getStreamMuxers()
  }

  getConnectionEncrypters(): Map<string, ConnectionEncrypter> {
    return this.#upgrader.getConnectionEncrypters()
  }
}

/** Those of TCP keep their socket in a field, and pass all they send to `sendData`. */
interface SocketConnection {
  readonly socket: Socket
  sendData(data: unknown): unknown
}

function isSocketConnection(connection: object): connection is SocketConnection {
  return 'socket' in connection && connection.socket instanceof Socket && 'sendData' in connection
}

function cork(connection: object): void {
  if (!isSocketConnection(connection)) return
  const { socket } = connection
  const send = connection.sendData.bind(connection)
  let isCorked = false
  const uncork = () => {
    isCorked = false
    socket.uncork()
  }
  connection.sendData = (data) => {
    if (!isCorked) {
      isCorked = true
      socket.cork()
      process.nextTick(uncork)
    }
    return send(data)
  }
}
