import {
  HEADS_MAX,
  PEER_SERVED_BYTES_BURST,
  PEER_SERVED_BYTES_PER_S,
  RANGE_ENVELOPES_MAX,
  RANGE_MAX_BYTES,
  WANT_TIMEOUT_MS,
} from '../../protocols/replica/constants.ts'
import type { ReplicaMessage, WantItem, WireHead } from '../../protocols/replica/messages.ts'
import type { Clock } from '../clock/clock.ts'
import { type DeviceId, deviceIdOf, publicKeyOf } from '../identity/device-id.ts'
import { Digest, type DigestEntry } from './digest.ts'
import type { Envelope } from './envelope.ts'
import type { IntakeResult } from './intake.ts'
import type { Replica } from './replica.ts'
import { documentKey, type DocumentId } from './standing.ts'
import { isAheadOf, wantFrom } from './sync-rules.ts'
import { TokenBuckets } from './token-buckets.ts'
import { WantBook, type Wanted } from './want-book.ts'

/** Documents read at once for a want: a disk answers several questions in the time of one. */
const READS_AT_ONCE = 16

export interface AntiEntropyParts {
  readonly replica: Replica
  readonly clock: Clock
  send(to: DeviceId, message: ReplicaMessage): void
}

type Heads = Extract<ReplicaMessage, { kind: 'heads' }>
type Range = Extract<ReplicaMessage, { kind: 'range' }>

/**
 * Compare and mend, from one root digest down to the envelopes that are missing:
 * summary -> buckets -> heads (-> heads as answer) -> want -> range. Each step is one frame that needs no memory
 * of the one before, except that a range is taken only when it was wanted.
 */
export class AntiEntropy {
  readonly #parts: AntiEntropyParts
  readonly #wants = new WantBook()
  readonly #served = new TokenBuckets({
    perMs: PEER_SERVED_BYTES_PER_S / 1_000,
    burst: PEER_SERVED_BYTES_BURST,
  })

  constructor(parts: AntiEntropyParts) {
    this.#parts = parts
  }

  summary(): ReplicaMessage {
    return { kind: 'summary', root: this.#digest().root }
  }

  /** True when the peer has what we have. */
  onSummary(from: DeviceId, root: Uint8Array): boolean {
    const digest = this.#digest()
    if (Buffer.from(root).equals(digest.root)) return true
    this.#parts.send(from, { kind: 'buckets', digests: digest.digests })
    return false
  }

  onBuckets(from: DeviceId, digests: readonly Uint8Array[]): void {
    const digest = this.#digest()
    let buckets: number[] = []
    let entries: DigestEntry[] = []
    for (const bucket of digest.differingFrom(digests)) {
      const more = digest.entries(bucket)
      if (entries.length + more.length > HEADS_MAX) {
        this.#sendHeads(from, { buckets, entries, isAnswer: false })
        buckets = []
        entries = []
      }
      buckets.push(bucket)
      entries.push(...more.slice(0, HEADS_MAX))
    }
    if (buckets.length > 0) this.#sendHeads(from, { buckets, entries, isAnswer: false })
  }

  onHeads(from: DeviceId, message: Heads): void {
    const theirs = new Map<string, WireHead>()
    for (const head of message.heads) {
      const id = { author: deviceIdOf(head.author), document: head.document }
      theirs.set(documentKey(id), head)
      const wanted = { id, theirs: head }
      if (this.#fromSeqOf(wanted) !== undefined) this.#wants.add(from, wanted)
    }
    this.#ask(from)
    if (!message.isAnswer) this.#answer(from, message.buckets, theirs)
  }

  async onWant(from: DeviceId, id: number, items: readonly WantItem[]): Promise<void> {
    const envelopes: Uint8Array[] = []
    const room = { envelopes: RANGE_ENVELOPES_MAX, bytes: RANGE_MAX_BYTES }
    let served = 0
    let isFull = false
    for (let at = 0; at < items.length && !isFull; at += READS_AT_ONCE) {
      const some = items.slice(at, at + READS_AT_ONCE)
      for (const item of some) this.#sendFork(from, item)
      const found = await Promise.all(some.map((item) => this.#find(item, room)))
      // Without budget there is no answer: the asker gives up after a while and compares again.
      if (!this.#served.take(from, bytesOf(found), this.#parts.clock.monotonic())) return
      for (const part of found) {
        const fitting = fit(part.envelopes, room)
        envelopes.push(...fitting)
        isFull = !part.isComplete || fitting.length < part.envelopes.length
        if (isFull) break
        served += 1
      }
    }
    this.#parts.send(from, { kind: 'range', id, envelopes, served })
  }

  /** False when we never asked for it. */
  async onRange(from: DeviceId, message: Range): Promise<boolean> {
    const question = this.#wants.answered(from, message.id, message.served)
    if (question === undefined) return false
    const rebases = new Set(
      question.items.filter(({ backTo }) => backTo !== undefined).map(({ id }) => documentKey(id)),
    )
    const result = await this.#parts.replica.ingest(message.envelopes, {
      from,
      isSolicited: true,
      rebases,
    })
    this.#follow(from, result, (id) => !rebases.has(documentKey(id)))
    const partial = question.items[message.served]
    const hasMoved =
      partial !== undefined &&
      result.changes.some(({ id }) => documentKey(id) === documentKey(partial.id))
    const rest = message.served > 0 || hasMoved ? question.items.slice(message.served) : []
    for (const { id, theirs } of rest) this.#wants.add(from, { id, theirs })
    this.#askAll()
    return true
  }

  /** Asks the sender for what its envelopes showed to be missing. */
  onPushed(from: DeviceId, result: IntakeResult): void {
    this.#follow(from, result, () => true)
    this.#ask(from)
  }

  closed(peer: DeviceId): void {
    this.#wants.forget(peer)
    this.#askAll()
  }

  expire(): void {
    this.#wants.expire(this.#parts.clock.monotonic() - WANT_TIMEOUT_MS)
    this.#askAll()
  }

  /** A gap is filled from our head on; where histories part, the sender is asked for all it has of ours. */
  #follow(from: DeviceId, result: IntakeResult, mayGoBack: (id: DocumentId) => boolean): void {
    for (const envelope of result.gaps)
      this.#wants.add(from, { id: envelope.id, theirs: headOf(envelope) })
    for (const envelope of result.conflicts) {
      const head = this.#parts.replica.head(envelope.id)
      if (head === undefined || !mayGoBack(envelope.id)) continue
      this.#wants.add(from, { id: envelope.id, theirs: headOf(envelope), backTo: head.oldestSeq })
    }
  }

  #answer(
    from: DeviceId,
    buckets: ReadonlySet<number>,
    theirs: ReadonlyMap<string, WireHead>,
  ): void {
    const digest = this.#digest()
    const entries = [...buckets]
      .flatMap((bucket) => digest.entries(bucket))
      .filter(({ id, head }) => isAheadOf(head, theirs.get(documentKey(id))))
    for (let i = 0; i < entries.length; i += HEADS_MAX) {
      this.#sendHeads(from, {
        buckets: [],
        entries: entries.slice(i, i + HEADS_MAX),
        isAnswer: true,
      })
    }
  }

  #askAll(): void {
    for (const peer of this.#wants.waiting()) this.#ask(peer)
  }

  #ask(peer: DeviceId): void {
    for (;;) {
      const nowMs = this.#parts.clock.monotonic()
      const question = this.#wants.next(peer, nowMs, (wanted) => this.#fromSeqOf(wanted))
      if (question === undefined) return
      const items = question.items.map(({ id, theirs, fromSeq }) => ({
        author: theirs.author,
        document: id.document,
        incarnation: theirs.incarnation,
        fromSeq,
      }))
      this.#parts.send(peer, { kind: 'want', id: question.id, items })
    }
  }

  #fromSeqOf(wanted: Wanted): number | undefined {
    const { replica } = this.#parts
    if (!replica.accepts(wanted.id)) return undefined
    return wanted.backTo ?? wantFrom(wanted.theirs, replica.head(wanted.id))
  }

  async #find(item: WantItem, room: { readonly envelopes: number; readonly bytes: number }) {
    const { replica } = this.#parts
    const id: DocumentId = { author: deviceIdOf(item.author), document: item.document }
    const head = replica.head(id)
    if (head === undefined || head.incarnation < item.incarnation || !replica.accepts(id)) {
      return { envelopes: [], isComplete: true }
    }
    return replica.range(id, head.incarnation === item.incarnation ? item.fromSeq : 0, room)
  }

  #sendFork(to: DeviceId, item: WantItem): void {
    const fork = this.#parts.replica.fork({
      author: deviceIdOf(item.author),
      document: item.document,
    })
    if (fork === undefined || fork.incarnation < item.incarnation) return
    this.#parts.send(to, { kind: 'fork', first: fork.first, second: fork.second })
  }

  #sendHeads(
    to: DeviceId,
    part: {
      readonly buckets: readonly number[]
      readonly entries: readonly DigestEntry[]
      readonly isAnswer: boolean
    },
  ): void {
    this.#parts.send(to, {
      kind: 'heads',
      buckets: new Set(part.buckets),
      heads: part.entries.map(({ id, head }) => ({
        author: publicKeyOf(id.author),
        document: id.document,
        incarnation: head.incarnation,
        seq: head.seq,
        headHash: Buffer.from(head.hash, 'hex'),
        forkSeq: head.forkSeq,
      })),
      isAnswer: part.isAnswer,
    })
  }

  #digest(): Digest {
    return new Digest(this.#parts.replica.documents())
  }
}

interface Room {
  envelopes: number
  bytes: number
}

/** As many of the envelopes as there is room for, which is less by them afterwards. */
function fit(envelopes: readonly Uint8Array[], room: Room): readonly Uint8Array[] {
  let count = 0
  for (const { length } of envelopes) {
    if (room.envelopes < 1 || room.bytes < length) break
    room.envelopes -= 1
    room.bytes -= length
    count += 1
  }
  return envelopes.slice(0, count)
}

function bytesOf(parts: readonly { readonly envelopes: readonly Uint8Array[] }[]): number {
  return parts.flatMap(({ envelopes }) => envelopes).reduce((sum, { length }) => sum + length, 0)
}

function headOf(envelope: Envelope): WireHead {
  const { author, document, incarnation, seq } = envelope.fields
  return {
    author,
    document,
    incarnation,
    seq,
    headHash: Buffer.from(envelope.hash, 'hex'),
    forkSeq: 0,
  }
}
