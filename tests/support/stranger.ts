import { circuitRelayServer, circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import { gossipsub, type GossipSub } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import type { Connection, Libp2p, MultiaddrConnection, PeerId, Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webRTCDirect } from '@libp2p/webrtc'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import type { Uint8ArrayList } from 'uint8arraylist'
import { lengthPrefixed } from '../../protocols/channel/frames.ts'
import { HELLO_PROTOCOL } from '../../protocols/hello/constants.ts'
import {
  type HelloPolicy,
  type HelloResult,
  exchangeHello,
} from '../../protocols/hello/exchange.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import { DeviceKey } from '../../src/identity/device-key.ts'

export interface StrangerOptions {
  /** Whose identity it takes; a new one when not given. */
  readonly key?: DeviceKey
  readonly listen?: readonly string[]
  /** Serves as a relay for anybody, whatever members want. */
  readonly relays?: boolean
}

/** What a relay lets through on one connection: milliseconds, and bytes each way. */
export interface RelayLimit {
  readonly duration: number
  readonly data: bigint
}

/** How a stream ended: `reset` by the other side (before or after it was open for us), or closed in good order. */
export interface Ending {
  readonly how: 'reset' | 'closed' | 'not opened'
  readonly bytes: Buffer
}

/** Says that everybody is welcome and proves nothing, as a device does that wants to be let in. */
const EAGER: HelloPolicy = {
  standing: () => ({ accepts: true }),
  proof: () => new Uint8Array(32),
  verifies: () => false,
  ownRecords: () => [],
  ingest: async () => true,
  nowMs: () => Date.now(),
  heardTime: () => {},
  progressed: () => {},
}

/** Anybody with a libp2p node and a valid identity, without any of our code in its way; hears everything it is told. */
export class Stranger {
  readonly key: DeviceKey
  readonly node: Libp2p
  /** Decrypted bytes of all its connections, in order of arrival. */
  readonly heard: Uint8Array[]

  private constructor(key: DeviceKey, node: Libp2p, heard: Uint8Array[]) {
    this.key = key
    this.node = node
    this.heard = heard
  }

  static async start({
    key = DeviceKey.generate(),
    listen = [],
    relays = false,
  }: StrangerOptions = {}): Promise<Stranger> {
    const heard: Uint8Array[] = []
    const hear = (from: Pick<MultiaddrConnection, 'addEventListener'>) =>
      from.addEventListener('message', (event: { data: Uint8Array | Uint8ArrayList }) => {
        heard.push(event.data.subarray().slice())
      })
    const muxer: ReturnType<typeof yamux> = () => {
      const factory = yamux()()
      const create = factory.createStreamMuxer.bind(factory)
      factory.createStreamMuxer = (connection) => {
        hear(connection as MultiaddrConnection)
        return create(connection)
      }
      return factory
    }
    const node = await createLibp2p({
      privateKey: privateKeyFromRaw(Buffer.concat([key.seed, key.publicKey])),
      addresses: { listen: [...listen] },
      transports: [
        tcp(),
        circuitRelayTransport(),
        webRTCDirect({ rtcConfiguration: { iceServers: [] } }),
      ],
      connectionEncrypters: [noise()],
      streamMuxers: [muxer],
      connectionManager: {
        maxConnections: 1_000,
        inboundConnectionThreshold: 1_000,
        reconnectRetries: 0,
      },
      connectionMonitor: { enabled: false },
      services: {
        identify: identify(),
        gossip: gossipsub({ allowPublishToZeroTopicPeers: true, emitSelf: false }),
        ...(relays && {
          relay: circuitRelayServer({ reservations: { applyDefaultLimit: false } }),
        }),
      },
    })
    return new Stranger(key, node, heard)
  }

  get id(): DeviceId {
    return this.key.id
  }

  get gossip(): GossipSub {
    return this.node.services['gossip'] as GossipSub
  }

  /** Where others reach it. */
  get address(): string {
    const [door] = this.node.getMultiaddrs()
    if (door === undefined) throw new TypeError('it does not listen')
    return door.toString()
  }

  /** As a relay, gives the other end a reservation that it never asked for. */
  reserveFor(connection: Connection, limit?: RelayLimit): void {
    const { reservationStore } = this.node.services['relay'] as unknown as {
      reservationStore: {
        reservations: Map<PeerId, { addr: unknown; expiry: Date; limit?: RelayLimit }>
      }
    }
    const expiry = new Date(Date.now() + 3_600_000)
    reservationStore.reservations.set(connection.remotePeer, {
      addr: connection.remoteAddr,
      expiry,
      ...(limit !== undefined && { limit }),
    })
  }

  async dial(address: string): Promise<Connection> {
    return this.node.dial(multiaddr(address), { signal: AbortSignal.timeout(10_000) })
  }

  /** Opens the protocol, says `frames`, hangs up if told to, and waits until the other side has ended the stream. */
  async knock(
    connection: Connection,
    protocol: string,
    frames: readonly Uint8Array[] = [],
    options: { readonly hangsUp?: boolean } = {},
  ): Promise<Ending> {
    let stream: Stream
    try {
      stream = await connection.newStream([protocol], {
        runOnLimitedConnection: true,
        signal: AbortSignal.timeout(10_000),
      })
    } catch {
      return { how: 'not opened', bytes: Buffer.alloc(0) }
    }
    const parts: Uint8Array[] = []
    stream.addEventListener('message', (event) => {
      parts.push(event.data.subarray().slice())
      this.heard.push(event.data.subarray().slice())
    })
    const ended = endOf(stream)
    for (const frame of frames) {
      if (stream.writeStatus !== 'writable') break
      try {
        stream.send(frame)
      } catch {
        break // the other side was faster
      }
    }
    if (options.hangsUp === true) stream.close().catch(() => {}) // refused meanwhile
    const how = await ended
    // A stream that went with its connection was not closed in good order, whatever it says itself.
    return { how: connection.status === 'open' ? how : 'reset', bytes: Buffer.concat(parts) }
  }

  /** A hello as the protocol wants it; `policy` says what this side claims. */
  async hello(connection: Connection, policy: Partial<HelloPolicy> = {}): Promise<HelloResult> {
    const signal = AbortSignal.timeout(10_000)
    const stream = await connection.newStream([HELLO_PROTOCOL], {
      signal,
      runOnLimitedConnection: true,
    })
    return exchangeHello(stream, 'dialler', { ...EAGER, ...policy }, signal)
  }

  stop(): Promise<void> {
    return Promise.resolve(this.node.stop())
  }
}

/** Resolves when nothing more can come. */
export function endOf(stream: Stream): Promise<'reset' | 'closed'> {
  return new Promise((resolve) => {
    if (stream.status === 'reset' || stream.status === 'aborted') return resolve('reset')
    if (stream.status === 'closed') return resolve('closed')
    stream.addEventListener('close', (event) =>
      resolve(event.error === undefined ? 'closed' : 'reset'),
    )
    stream.addEventListener('remoteCloseWrite', () => resolve('closed'))
  })
}

export function closeOf(connection: Connection): Promise<void> {
  return new Promise((resolve) => {
    if (connection.status !== 'open' && connection.status !== 'closing') return resolve()
    connection.addEventListener('close', () => resolve(), { once: true })
  })
}

export function framed(...frames: readonly Uint8Array[]): Uint8Array[] {
  return frames.map((frame) => lengthPrefixed(frame).subarray())
}
