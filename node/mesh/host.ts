import { circuitRelayServer, circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import { gossipsub, type GossipSub } from '@libp2p/gossipsub'
import { identify, type Identify } from '@libp2p/identify'
import type {
  ComponentLogger,
  Connection,
  IdentifyResult,
  Libp2p,
  PeerId,
  Upgrader,
} from '@libp2p/interface'
import type { Registrar, TransportManager } from '@libp2p/interface-internal'
import type { Multiaddr } from '@multiformats/multiaddr'
import { kadDHT, passthroughMapper, type KadDHT } from '@libp2p/kad-dht'
import { mdns } from '@libp2p/mdns'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2pOptions } from 'libp2p'
import { HELLO_PROTOCOL } from '../../protocols/hello/constants.ts'
import { JOIN_PROTOCOL } from '../../protocols/join/constants.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { DeviceKey } from '../../src/identity/device-key.ts'
import type { Gate } from '../../src/network/gate.ts'
import { CorkedUpgrader } from './corked-upgrader.ts'
import { GatedRegistrar } from '../../src/network/gated-registrar.ts'

/** What strangers may open; everything else is closed to them. */
const OPEN_PROTOCOLS: ReadonlySet<string> = new Set([HELLO_PROTOCOL, JOIN_PROTOCOL])

/** Answers only to Asgard's own tag, which is the same for every network. */
const MDNS_SERVICE_TAG = '_asgard._udp.local'
const MDNS_PERIOD_MS = 10_000

const DHT_PROTOCOL = '/asgard/kad/1.0.0'
export const GOSSIP_TOPIC = 'asgard/trust/1'

/** One home has some ten devices behind one address; a whole office joins in a minute. */
const INBOUND_PER_HOST_PER_S = 64
const CONNECTIONS_MAX = 256
const PENDING_INBOUND_MAX = 64
const PARALLEL_DIALS_MAX = 16
const DIAL_QUEUE_MAX = 128

/** Below the read buffer, or a paused stream overflows it (measured with 3.3: 16 MiB window, 4 MiB buffer). */
const STREAM_WINDOW_MAX_BYTES = 4 * 1024 * 1024
const STREAM_READ_BUFFER_MAX_BYTES = 8 * 1024 * 1024

const GOSSIP_MESSAGE_MAX_BYTES = 65_536

const RELAY_RESERVATIONS_MAX = 64

export interface HostOptions {
  readonly key: DeviceKey
  readonly gate: Gate
  /** Multiaddrs; `…/webrtc-direct` brings in the WebRTC transport, which is not loaded otherwise. */
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly mdns: boolean
  readonly dht: boolean
  readonly relay: boolean
  readonly userAgent: string
  readonly logger: ComponentLogger | undefined
}

export type HostServices = {
  readonly identify: Identify
  readonly ping: ReturnType<ReturnType<typeof ping>>
  readonly gossip: GossipSub
  readonly dht?: KadDHT
}

export interface Host {
  readonly libp2p: Libp2p
  readonly gossip: GossipSub
  readonly dht: KadDHT | undefined
  /** Registers protocols behind the gate. */
  readonly registrar: Registrar
  identify(connection: Connection): Promise<IdentifyResult>
  /**
   * Dials one address now. libp2p's own queue makes one job of all dials to a peer and tries its addresses one after
   * the other, so that a stale one would hold up a good one.
   */
  dial(address: Multiaddr, signal: AbortSignal): Promise<Connection>
  /** Calls back for each Asgard node that mDNS sees, each time it sees it. */
  onSighted(listener: SightingListener): () => void
}

export type SightingListener = (device: DeviceId, addresses: readonly string[]) => void

/**
 * A libp2p node of one network, not started. The gate is put in before anything that could register a
 * protocol exists: transports, discovery and services are all built on the gated registrar.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { gate, key } = options
  const sightings = new Set<SightingListener>()
  let registrar: Registrar | undefined
  let transports: Pick<TransportManager, 'dial'> | undefined
  const installGate = (components: {
    registrar: Registrar
    transportManager: TransportManager
    upgrader: Upgrader
  }) => {
    transports = components.transportManager
    registrar = new GatedRegistrar(components.registrar, gate, OPEN_PROTOCOLS)
    components.registrar = registrar
    components.upgrader = new CorkedUpgrader(components.upgrader)
    return {}
  }
  const isRevoked = (peer: PeerId) => {
    const standing = gate.standing(peer.toString())
    return !standing.accepts && standing.refusal === 'revoked'
  }

  const services: Record<string, (components: never) => unknown> = {
    // Run by the membership service, once both ends have accepted each other.
    identify: identify({ runOnConnectionOpen: false }),
    ping: ping(),
    gossip: gossipsub({
      allowedTopics: [GOSSIP_TOPIC],
      allowPublishToZeroTopicPeers: true,
      ignoreDuplicatePublishError: true,
      runOnLimitedConnection: true,
      doPX: false,
      fallbackToFloodsub: false,
      maxInboundDataLength: GOSSIP_MESSAGE_MAX_BYTES,
      maxTopicBytesPerPeer: GOSSIP_MESSAGE_MAX_BYTES,
      maxOutboundBufferSize: STREAM_WINDOW_MAX_BYTES,
      decodeRpcLimits: {
        maxSubscriptions: 16,
        maxMessages: 256,
        maxIhaveMessageIDs: 256,
        maxIwantMessageIDs: 256,
        maxIdontwantMessageIDs: 256,
        maxControlMessages: 256,
        maxPeerInfos: 0,
      },
    }),
  }
  if (options.relay) {
    services['relay'] = circuitRelayServer({
      reservations: { maxReservations: RELAY_RESERVATIONS_MAX, applyDefaultLimit: false },
    })
  }
  if (options.dht) {
    services['dht'] = kadDHT({
      protocol: DHT_PROTOCOL,
      clientMode: false,
      peerInfoMapper: passthroughMapper,
      allowQueryWithZeroPeers: true,
      logPrefix: 'asgard:dht',
      datastorePrefix: '/asgard-dht',
    })
  }

  const libp2p = await createLibp2p({
    start: false,
    privateKey: privateKeyFromRaw(Buffer.concat([key.seed, key.publicKey])),
    nodeInfo: { name: 'asgard', userAgent: options.userAgent },
    ...(options.logger !== undefined && { logger: options.logger }),
    addresses: { listen: [...options.listen], appendAnnounce: [...options.announce] },
    // The first factories that libp2p calls once its registrar exists.
    peerRouters: [installGate as never],
    transports: [tcp(), circuitRelayTransport(), ...(await webrtcTransports(options.listen))],
    connectionEncrypters: [noise()],
    streamMuxers: [
      yamux({
        enableKeepAlive: false, // our own probes keep connections busy
        streamOptions: {
          maxStreamWindowSize: STREAM_WINDOW_MAX_BYTES,
          maxReadBufferLength: STREAM_READ_BUFFER_MAX_BYTES,
        },
      }),
    ],
    peerDiscovery: options.mdns ? [(components) => watchedMdns(components, sightings)] : [],
    connectionGater: {
      // Strangers get as far as the hello; a removed device does not get in to say anything but that.
      denyDialPeer: async (peer) => isRevoked(peer),
    },
    connectionManager: {
      maxConnections: CONNECTIONS_MAX,
      maxIncomingPendingConnections: PENDING_INBOUND_MAX,
      inboundConnectionThreshold: INBOUND_PER_HOST_PER_S,
      maxParallelDials: PARALLEL_DIALS_MAX,
      maxDialQueueLength: DIAL_QUEUE_MAX,
      reconnectRetries: 0, // the dial service has its own schedule
    },
    connectionMonitor: { enabled: false }, // the failure detector does this
    services: services as NonNullable<Libp2pOptions['services']>,
  })
  const dialler = transports
  if (registrar === undefined || dialler === undefined)
    throw new TypeError('the gate was not installed')
  const started = libp2p.services as unknown as HostServices
  return {
    libp2p,
    registrar,
    gossip: started.gossip,
    dht: started.dht,
    identify: (connection) => started.identify.identify(connection),
    dial: (address, signal) => dialDetached(dialler, address, signal),
    onSighted: (listener) => {
      sightings.add(listener)
      return () => sightings.delete(listener)
    },
  }
}

/** The TCP transport goes on listening to the signal it was given, and would cut the connection with it. */
async function dialDetached(
  transports: Pick<TransportManager, 'dial'>,
  address: Multiaddr,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted()
  const controller = new AbortController()
  const onAbort = () => controller.abort(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await transports.dial(address, { signal: controller.signal })
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** libp2p reports a peer only once; that it is seen again, perhaps elsewhere, is news too. */
function watchedMdns(
  components: Parameters<ReturnType<typeof mdns>>[0],
  sightings: ReadonlySet<SightingListener>,
) {
  const service = mdns({ serviceTag: MDNS_SERVICE_TAG, interval: MDNS_PERIOD_MS })(components)
  service.addEventListener('peer', ({ detail: { id, multiaddrs } }) => {
    for (const listener of sightings) listener(id.toString(), multiaddrs.map(String))
  })
  return service
}

async function webrtcTransports(listen: readonly string[]) {
  if (!listen.some((address) => address.includes('webrtc'))) return []
  const { webRTCDirect } = await import('@libp2p/webrtc')
  return [webRTCDirect({ rtcConfiguration: { iceServers: [] } })]
}
