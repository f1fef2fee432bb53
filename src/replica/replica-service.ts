import type { Channel, ChannelReceiver } from '../../protocols/channel/channel.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import { decodeMessage, encodeMessage } from '../../protocols/replica/codec.ts'
import {
  PEER_FRAMES_BURST,
  PEER_FRAMES_PER_S,
  PUSH_ENVELOPES_MAX,
  SYNC_EVERY_MS,
  SYNC_JITTER,
  WANT_TIMEOUT_MS,
} from '../../protocols/replica/constants.ts'
import type { ReplicaMessage } from '../../protocols/replica/messages.ts'
import type { Cancel, Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { AntiEntropy } from './anti-entropy.ts'
import type { DocumentChange } from './document-shelf.ts'
import type { ForkProof } from './fork-proof.ts'
import type { Replica } from './replica.ts'
import { TokenBuckets } from './token-buckets.ts'

export interface ReplicaServiceComponents {
  readonly channel: Channel
  readonly clock: Clock
  readonly replica: Replica
  /** Whom a peer is connected to, as far as we know; undefined when we do not. */
  neighboursOf(peer: DeviceId): ReadonlySet<DeviceId> | undefined
}

/** No honest member sends a malformed frame, and a large one takes as long to refuse as many good ones to read. */
const MALFORMED_FINE_FRAMES = 100

/** Frames without effect since the start, by reason. */
export interface ReplicaDrops {
  readonly overBudget: number
  readonly malformed: number
  readonly unasked: number
}

/** Keeps replicas equal: pushes what is new at once, and compares digests on meeting and now and then. */
export class ReplicaService implements ChannelReceiver {
  readonly #components: ReplicaServiceComponents
  readonly #antiEntropy: AntiEntropy
  readonly #frames = new TokenBuckets({
    perMs: PEER_FRAMES_PER_S / 1_000,
    burst: PEER_FRAMES_BURST,
  })
  readonly #timers = new Map<DeviceId, Cancel>()
  /** When a peer last told us that nothing differs. */
  readonly #equalAtMs = new Map<DeviceId, number>()
  readonly #drops = { overBudget: 0, malformed: 0, unasked: 0 }
  /** Frames being worked on: `stop` waits for them, so that the store may be closed after it. */
  readonly #underWay = new Set<Promise<void>>()
  #cleanUp: (() => void) | undefined

  constructor(components: ReplicaServiceComponents) {
    this.#components = components
    const { replica, clock } = components
    this.#antiEntropy = new AntiEntropy({
      replica,
      clock,
      send: (to, message) => this.#send(to, message),
    })
  }

  get drops(): ReplicaDrops {
    return { ...this.#drops }
  }

  async start(): Promise<void> {
    if (this.#cleanUp !== undefined) return
    const { channel, clock, replica } = this.#components
    const unlisten = replica.listen({
      accepted: (change, from) => this.#publish(change, from),
      forked: (proof, from) => this.#publishFork(proof, from),
    })
    const cancelExpiry = clock.every(WANT_TIMEOUT_MS, () => this.#antiEntropy.expire())
    this.#cleanUp = () => {
      unlisten()
      cancelExpiry()
    }
    channel.receive(this)
    for (const peer of channel.peers()) this.opened(peer)
  }

  async stop(): Promise<void> {
    this.#cleanUp?.()
    this.#cleanUp = undefined
    for (const peer of [...this.#timers.keys()]) this.closed(peer)
    await Promise.allSettled(this.#underWay)
  }

  opened(peer: DeviceId): void {
    if (this.#cleanUp === undefined) return
    this.#send(peer, this.#antiEntropy.summary())
    this.#schedule(peer)
  }

  /** Somebody may write more than before. What it wrote may have come sooner than that news, and been refused. */
  standingsRose(): void {
    if (this.#cleanUp === undefined) return
    const summary = this.#antiEntropy.summary()
    for (const peer of this.#components.channel.peers()) this.#send(peer, summary)
  }

  closed(peer: DeviceId): void {
    this.#timers.get(peer)?.()
    this.#timers.delete(peer)
    this.#equalAtMs.delete(peer)
    this.#antiEntropy.closed(peer)
  }

  async frame(from: DeviceId, frame: Uint8Array): Promise<void> {
    if (this.#cleanUp === undefined) return
    if (!this.#frames.take(from, 1, this.#components.clock.monotonic())) {
      this.#drops.overBudget += 1
      return
    }
    let message: ReplicaMessage
    try {
      message = decodeMessage(frame)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#refuse(from, error)
      return
    }
    const handled = this.#handle(from, message)
    this.#underWay.add(handled)
    try {
      await handled
    } finally {
      this.#underWay.delete(handled)
    }
  }

  async #handle(from: DeviceId, message: ReplicaMessage): Promise<void> {
    const { replica, clock } = this.#components
    switch (message.kind) {
      case 'summary':
        if (this.#antiEntropy.onSummary(from, message.root))
          this.#equalAtMs.set(from, clock.monotonic())
        else this.#equalAtMs.delete(from)
        return
      case 'buckets':
        return this.#antiEntropy.onBuckets(from, message.digests)
      case 'heads':
        return this.#antiEntropy.onHeads(from, message)
      case 'want':
        return this.#antiEntropy.onWant(from, message.id, message.items)
      case 'range':
        if (!(await this.#antiEntropy.onRange(from, message))) this.#drops.unasked += 1
        return
      case 'push':
        return this.#antiEntropy.onPushed(
          from,
          await replica.ingest(message.envelopes, { from, isSolicited: false }),
        )
      case 'fork':
        return replica.ingestFork(message.first, message.second, from)
    }
  }

  /** What is ours goes to everybody; what is not, to those whom neither its author nor its sender reaches. */
  #publish(change: DocumentChange, from: DeviceId | undefined): void {
    const { author } = change.id
    const peers = this.#components.channel.peers().filter((peer) => {
      if (from === undefined) return true
      if (peer === from || peer === author) return false
      const neighbours = this.#components.neighboursOf(peer)
      return neighbours === undefined || !(neighbours.has(author) || neighbours.has(from))
    })
    if (peers.length === 0) return
    const envelopes = change.envelopes.map(({ bytes }) => bytes)
    // A long history is not news: whoever lacks it asks for it, at its own pace.
    const isNews = envelopes.length <= PUSH_ENVELOPES_MAX
    const frame = encodeMessage(isNews ? { kind: 'push', envelopes } : this.#antiEntropy.summary())
    for (const peer of peers) this.#components.channel.send(peer, frame)
  }

  #publishFork(proof: ForkProof, from: DeviceId | undefined): void {
    const frame = encodeMessage({ kind: 'fork', first: proof.first, second: proof.second })
    for (const peer of this.#components.channel.peers()) {
      if (peer !== from) this.#components.channel.send(peer, frame)
    }
  }

  #schedule(peer: DeviceId): void {
    const { clock } = this.#components
    const delayMs = SYNC_EVERY_MS * (1 - SYNC_JITTER + 2 * SYNC_JITTER * clock.random())
    this.#timers.get(peer)?.()
    this.#timers.set(
      peer,
      clock.after(delayMs, () => {
        if (!this.#isKnownEqual(peer)) this.#send(peer, this.#antiEntropy.summary())
        this.#schedule(peer)
      }),
    )
  }

  /** One side's summary does for both: whoever just heard an equal one keeps quiet this time. */
  #isKnownEqual(peer: DeviceId): boolean {
    const atMs = this.#equalAtMs.get(peer)
    return atMs !== undefined && this.#components.clock.monotonic() - atMs < SYNC_EVERY_MS
  }

  #refuse(from: DeviceId, error: ProtocolError): void {
    this.#drops.malformed += 1
    this.#frames.fine(from, MALFORMED_FINE_FRAMES, this.#components.clock.monotonic())
    const code = error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED'
    this.#components.replica.report({
      from,
      author: undefined,
      document: undefined,
      code,
      detail: error.message,
    })
  }

  #send(to: DeviceId, message: ReplicaMessage): void {
    if (this.#cleanUp === undefined) return
    this.#components.channel.send(to, encodeMessage(message))
  }
}
