import type { Connection, Stream, StreamHandler, StreamHandlerOptions } from '@libp2p/interface'
import {
  HELLO_PROTOCOL,
  HELLO_STREAMS_MAX,
  HELLO_TIMEOUT_MS,
} from '../../protocols/hello/constants.ts'
import {
  type HelloPolicy,
  type HelloResult,
  exchangeHello,
} from '../../protocols/hello/exchange.ts'
import type { Cancel, Clock } from '../clock/clock.ts'
import { deadline } from '../clock/deadline.ts'
import { RenewableDeadline } from '../clock/renewable-deadline.ts'
import type { TrustTime } from '../clock/trust-time.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { Links } from '../reach/links.ts'
import type { Gate, Standing } from './gate.ts'
import type { GroupKeys, GroupProof } from './group-keys.ts'
import { NetworkError } from './network-error.ts'
import { sayFarewell } from '../trust/farewell.ts'
import type { TrustLog } from '../trust/trust-log.ts'
import type { TrustRecord } from '../trust/trust-record.ts'

/** Connections of strangers at once; one more is closed at once. Members are not counted. */
export const STRANGER_CONNECTIONS_MAX = 32

/** How often the members that are connected are checked for an admission that ended. */
const EXPIRY_CHECK_MS = 15_000

/** A connection that does not close in good order by then is cut. */
const CLOSE_TIMEOUT_MS = 1_000

/** A removed device is cut within a second, told or not. */
const FAREWELL_MAX_MS = 500

export interface MembershipComponents {
  readonly self: DeviceId
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  readonly gate: Gate
  readonly links: Links
  readonly clock: Clock
  readonly time: TrustTime
  readonly registrar: {
    handle(protocol: string, handler: StreamHandler, options?: StreamHandlerOptions): Promise<void>
    unhandle(protocol: string): Promise<void>
  }
  readonly connections: () => readonly Connection[]
  /** Learns the other side's protocols, so that the library's services see it. Only ever called for members. */
  readonly identify: (connection: Connection) => Promise<unknown>
  /** The other side does not take this device for a member; `refusal` in its words. */
  readonly onRefusedByPeer: (peer: DeviceId, refusal: string) => void
}

interface HelloTime {
  readonly signal: AbortSignal
  renew(): void
}

/**
 * Makes connections worth something: runs a hello on each, hands those of members to `Links`, and closes
 * those of strangers after a deadline and those of former members at once.
 */
export class MembershipService {
  readonly #components: MembershipComponents
  /** Connections without a hello so far, strangers' or not, and the timers that end them. */
  readonly #deadlines = new Map<Connection, Cancel>()
  /** Connections that may stay although their peer is no member, with the joins under way on them. */
  readonly #held = new Map<Connection, number>()
  /** Held connections whose deadline has passed meanwhile. */
  readonly #overdue = new WeakSet<Connection>()
  /** Hellos of connections that this device dialled. */
  readonly #hellos = new WeakMap<Connection, Promise<HelloResult | undefined>>()
  #shutdown: AbortController | undefined
  #cancels: Cancel[] = []

  constructor(components: MembershipComponents) {
    this.#components = components
  }

  async start(): Promise<void> {
    if (this.#shutdown !== undefined) return
    this.#shutdown = new AbortController()
    const { registrar, trust, clock } = this.#components
    await registrar.handle(HELLO_PROTOCOL, this.#onHello, {
      maxInboundStreams: HELLO_STREAMS_MAX,
      runOnLimitedConnection: true,
    })
    this.#cancels = [
      trust.onChange((change) => this.#expel(change.records)),
      clock.every(EXPIRY_CHECK_MS, () => this.#expel()),
    ]
    // The transports listened before this did; without a deadline their visitors could stay for ever.
    for (const connection of this.#components.connections()) {
      if (connection.direction === 'inbound') this.opened(connection)
    }
  }

  async stop(): Promise<void> {
    if (this.#shutdown === undefined) return
    this.#shutdown.abort()
    this.#shutdown = undefined
    for (const cancel of [...this.#cancels, ...this.#deadlines.values()]) cancel()
    this.#deadlines.clear()
    this.#held.clear()
    await this.#components.registrar.unhandle(HELLO_PROTOCOL)
  }

  /** To be called for each connection that libp2p opens, in either direction. */
  opened(connection: Connection): void {
    if (this.#shutdown === undefined) return
    const peer = connection.remotePeer.toString()
    if (!this.#components.gate.isMember(peer)) {
      if (this.#strangerCount() >= STRANGER_CONNECTIONS_MAX) {
        this.#components.gate.refused(peer, 'connection')
        this.#drop(connection)
        return
      }
    }
    this.#deadline(connection)
    if (connection.direction === 'outbound') void this.greet(connection)
  }

  /** To be called when libp2p closes a connection. */
  closed(connection: Connection): void {
    this.#deadlines.get(connection)?.()
    this.#deadlines.delete(connection)
    this.#held.delete(connection)
    this.#components.links.remove(connection)
  }

  /** Keeps a stranger's connection open beyond the deadline, for a join that waits for approval. */
  hold(connection: Connection): () => void {
    // Its deadline has passed, so it lasts as long as the joins of before it: later ones could overlap for ever.
    if (this.#overdue.has(connection)) return () => {}
    this.#held.set(connection, (this.#held.get(connection) ?? 0) + 1)
    return () => {
      const holds = (this.#held.get(connection) ?? 0) - 1
      if (holds > 0) return void this.#held.set(connection, holds) // another join goes on
      if (!this.#held.delete(connection)) return // closed meanwhile
      if (this.#isLinked(connection)) return
      // Whoever was admitted has the time of a hello. For others joins, however many, win no time beyond their own.
      if (this.#components.gate.isMember(connection.remotePeer.toString()))
        this.#deadline(connection)
      else if (this.#overdue.has(connection)) this.#drop(connection)
    }
  }

  /** The hello of a connection that this device dialled; run once. Undefined when it failed. */
  greet(connection: Connection): Promise<HelloResult | undefined> {
    const known = this.#hellos.get(connection)
    if (known !== undefined) return known
    const hello = this.#greet(connection)
    this.#hellos.set(connection, hello)
    this.#components.gate.greeting(connection.id, hello)
    return hello
  }

  async #greet(connection: Connection): Promise<HelloResult | undefined> {
    const time = this.#helloTime()
    if (time === undefined) return undefined
    const { signal } = time
    try {
      const stream = await connection.newStream([HELLO_PROTOCOL], {
        signal,
        runOnLimitedConnection: true,
      })
      const result = await exchangeHello(stream, 'dialler', this.#policy(connection, time), signal)
      this.#conclude(connection, result)
      return result
    } catch {
      this.#drop(connection) // timed out, cut or broke the protocol: the dialler's schedule tries again
      return undefined
    }
  }

  readonly #onHello = async (stream: Stream, connection: Connection): Promise<void> => {
    const time = this.#helloTime()
    if (time === undefined) return stream.abort(new NetworkError('NOT_A_MEMBER', 'stopped'))
    const hello = exchangeHello(stream, 'listener', this.#policy(connection, time), time.signal)
    this.#components.gate.greeting(connection.id, hello)
    try {
      this.#conclude(connection, await hello)
    } catch {
      const { gate } = this.#components
      const peer = connection.remotePeer.toString()
      if (!gate.isMember(peer)) gate.refused(peer, HELLO_PROTOCOL) // a member was cut off, not turned away
      this.#drop(connection)
    }
  }

  #conclude(connection: Connection, result: HelloResult): void {
    const peer = connection.remotePeer.toString()
    if (result.isMutual && this.#components.gate.isMember(peer)) {
      this.#deadlines.get(connection)?.()
      this.#deadlines.delete(connection)
      this.#components.links.add(connection)
      this.#components.identify(connection).catch(() => {}) // its services stay unseen until the next connection
      for (const surplus of this.#components.links.surplus(peer)) this.#close(surplus)
      return
    }
    if (!result.own.accepts) this.#components.gate.refused(peer, HELLO_PROTOCOL)
    else if (!result.theirs.accepts)
      this.#components.onRefusedByPeer(peer, result.theirs.refusal ?? 'stranger')
    if (!this.#held.has(connection)) this.#close(connection)
  }

  #policy(connection: Connection, helloTime: HelloTime): HelloPolicy {
    const { self, trust, groupKeys, gate, time } = this.#components
    const peer = connection.remotePeer.toString()
    const proof = (
      prover: DeviceId,
      verifier: DeviceId,
      own: Uint8Array,
      other: Uint8Array,
    ): GroupProof => ({
      prover,
      verifier,
      proverNonce: prover === self ? own : other,
      verifierNonce: prover === self ? other : own,
    })
    return {
      nowMs: () => time.now(),
      heardTime: (theirMs) => {
        const role = trust.state.members.get(peer)?.role
        // Whether its admission has ended is just what this clock may be wrong about.
        if (role === 'owner' || role === 'admin') time.witness(peer, theirMs)
      },
      standing: () => gate.standing(peer) satisfies Standing,
      proof: (own, other) =>
        groupKeys.prove(trust.state.epochs.at(-1)?.commitment, proof(self, peer, own, other)),
      verifies: (mac, own, other) =>
        groupKeys.verify(mac, trust.state.epochs.at(-1)?.commitment, proof(peer, self, own, other)),
      ownRecords: () => trust.proofOf(self),
      ingest: async (records) =>
        (await trust.ingest(records, { parks: false })).refused.length === 0,
      progressed: () => {
        helloTime.renew()
        if (this.#deadlines.has(connection)) this.#deadline(connection)
      },
    }
  }

  /** Cuts everyone who is no longer a member, on whatever transport. */
  #expel(records: readonly TrustRecord[] = []): void {
    for (const connection of this.#components.connections()) {
      const peer = connection.remotePeer.toString()
      const standing = this.#components.gate.standing(peer)
      if (standing.accepts) continue
      // Of those who never were members the deadline takes care. Former members may have streams without a hello.
      if (!this.#isLinked(connection) && standing.refusal !== 'revoked') continue
      this.#components.links.remove(connection) // from here on nothing it sends is read
      const removal = records.filter(
        ({ operation }) => operation.kind === 'revoke' && operation.device === peer,
      )
      if (removal.length === 0) this.#close(connection)
      else void this.#farewell(connection, removal)
    }
  }

  async #farewell(connection: Connection, removal: readonly TrustRecord[]): Promise<void> {
    const signal = deadline(this.#components.clock, FAREWELL_MAX_MS)
    await sayFarewell(connection, removal, signal)
    this.#close(connection)
  }

  #strangerCount(): number {
    const { gate } = this.#components
    return [...this.#deadlines.keys()].filter(
      ({ remotePeer }) => !gate.isMember(remotePeer.toString()),
    ).length
  }

  #isLinked(connection: Connection): boolean {
    return this.#components.links.connections(connection.remotePeer.toString()).includes(connection)
  }

  #deadline(connection: Connection): void {
    this.#overdue.delete(connection)
    this.#deadlines.get(connection)?.()
    this.#deadlines.set(
      connection,
      this.#components.clock.after(HELLO_TIMEOUT_MS, () => {
        this.#deadlines.delete(connection)
        if (this.#isLinked(connection)) return
        if (this.#held.has(connection)) this.#overdue.add(connection)
        else this.#drop(connection)
      }),
    )
  }

  /** What one hello has; undefined when the service is stopped. */
  #helloTime(): HelloTime | undefined {
    if (this.#shutdown === undefined) return undefined
    const limit = new RenewableDeadline(this.#components.clock, HELLO_TIMEOUT_MS)
    const signal = AbortSignal.any([this.#shutdown.signal, limit.signal])
    return { signal, renew: () => limit.renew() }
  }

  #close(connection: Connection): void {
    connection
      .close({ signal: deadline(this.#components.clock, CLOSE_TIMEOUT_MS) })
      .catch((err: Error) => connection.abort(err))
  }

  #drop(connection: Connection): void {
    this.#components.links.remove(connection)
    connection.abort(new NetworkError('NOT_A_MEMBER', 'the connection has no member behind it'))
  }
}
