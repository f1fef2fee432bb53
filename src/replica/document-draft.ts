import type { Write } from '../storage/store.ts'
import { clientIdOf } from './client-id.ts'
import { type Envelope, readEnvelope, sha256Hex } from './envelope.ts'
import { emptyHead, type Head } from './head.ts'
import { canonicalJson, type JsonObject } from './json.ts'
import { Refusal } from './refusal.ts'
import { ReplicaDocument } from './replica-document.ts'
import type { ReplicaLog } from './replica-log.ts'
import type { DocumentId } from './standing.ts'

interface DraftParts {
  readonly id: DocumentId
  readonly head: Head | undefined
  readonly log: ReplicaLog
  readonly network: Uint8Array
  readonly authorKey: Uint8Array
}

/** One document on its way from one committed state to the next; several envelopes make one commit. */
export class DocumentDraft {
  readonly id: DocumentId
  readonly accepted: Envelope[] = []
  readonly #parts: DraftParts
  readonly #writes: Write[] = []
  #head: Head
  #document: ReplicaDocument | undefined
  /** Index in `accepted` from which a document rebuilt from nothing must be replayed; none: from the store. */
  #replayFrom: number | undefined

  constructor(parts: DraftParts) {
    this.id = parts.id
    this.#parts = parts
    this.#head = parts.head ?? emptyHead(0)
  }

  get head(): Head {
    return this.#head
  }

  /** The document as of `head`; the next accepted envelope changes it. */
  async document(): Promise<ReplicaDocument> {
    this.#document ??= await this.#rebuild()
    return this.#document
  }

  /**
   * Takes one judged envelope, or throws `Refusal` and stays as it was. True when a snapshot says something
   * else than the history it covers: its one writer may do that, but it is worth telling.
   */
  async accept(envelope: Envelope, isOwn: boolean): Promise<{ readonly differs: boolean }> {
    const { fields } = envelope
    const isFresh = fields.kind === 'snapshot' || fields.incarnation !== this.#head.incarnation
    const document = isFresh
      ? ReplicaDocument.empty(this.#clientOf(fields.incarnation))
      : await this.document()
    const read = this.#apply(document, envelope)
    const covers = fields.kind === 'snapshot' && envelope.prev === this.#head.hash && fields.seq > 1
    const differs = covers && canonicalJson(this.#head.value) !== read.text
    if (isFresh) this.#replayFrom = this.accepted.length
    this.#document = document
    this.accepted.push(envelope)
    this.#advance(envelope, { clock: document.clock, value: read.value, isOwn })
    return { differs }
  }

  async writes(): Promise<Write[]> {
    if (this.accepted.length === 0) return []
    const { log } = this.#parts
    const state = (await this.document()).encode()
    return [...this.#writes, log.putHead(this.id, this.#head), log.putState(this.id, state)]
  }

  #apply(
    document: ReplicaDocument,
    envelope: Envelope,
  ): { readonly value: JsonObject; readonly text: string } {
    const { fields } = envelope
    try {
      const extent = document.apply(fields.update)
      if (extent.clockFrom !== fields.clockFrom || extent.clockTo !== fields.clockTo) {
        throw new Refusal('CLOCK_GAP', 'the envelope names other clocks than its update')
      }
      const read = document.read()
      if (fields.stateHash !== undefined && !isHashOf(fields.stateHash, read.text)) {
        throw new Refusal('STATE_MISMATCH', 'the snapshot is not what its hash says')
      }
      return read
    } catch (error) {
      this.#document = undefined // half of the update may be in it
      throw error
    }
  }

  #advance(
    envelope: Envelope,
    now: { readonly clock: number; readonly value: JsonObject; readonly isOwn: boolean },
  ): void {
    const { incarnation, seq, kind } = envelope.fields
    const { log } = this.#parts
    const isContinued =
      incarnation === this.#head.incarnation &&
      seq === this.#head.seq + 1 &&
      envelope.prev === this.#head.hash
    const before = isContinued ? this.#head : emptyHead(incarnation)
    if (!isContinued) this.#writes.push(...this.#dropAll())
    const isSnapshot = kind === 'snapshot'
    const previousSnapshotSeq = isSnapshot ? before.snapshotSeq : before.previousSnapshotSeq
    const firstKept = isContinued ? before.oldestSeq : seq
    const oldestSeq = Math.max(firstKept, previousSnapshotSeq)
    this.#writes.push(
      ...log.deleteEnvelopes(this.id, before, { from: firstKept, to: oldestSeq - 1 }),
      log.putEnvelope(this.id, incarnation, seq, envelope.bytes),
    )
    this.#head = {
      incarnation,
      seq,
      hash: envelope.hash,
      clock: now.clock,
      snapshotSeq: isSnapshot ? seq : before.snapshotSeq,
      previousSnapshotSeq,
      oldestSeq,
      tailBytes: isSnapshot ? 0 : before.tailBytes + envelope.bytes.length,
      forkSeq: incarnation === this.#head.incarnation ? this.#head.forkSeq : 0,
      isOwn: now.isOwn,
      value: now.value,
    }
  }

  /** What another incarnation or a later base makes useless. */
  #dropAll(): Write[] {
    const { oldestSeq: from, seq: to } = this.#head
    return this.#parts.log.deleteEnvelopes(this.id, this.#head, { from, to })
  }

  async #rebuild(): Promise<ReplicaDocument> {
    const replay = this.accepted.slice(this.#replayFrom ?? 0)
    const document = this.#replayFrom === undefined ? await this.#committed() : this.#empty()
    for (const envelope of replay) document.apply(envelope.fields.update)
    return document
  }

  async #committed(): Promise<ReplicaDocument> {
    const { head, log } = this.#parts
    if (head === undefined || head.seq === 0) return this.#empty()
    const state = await log.state(this.id)
    if (state !== undefined) return ReplicaDocument.load(this.#clientOf(head.incarnation), state)
    return replay(
      this.#empty(),
      await log.range(this.id, head.incarnation, {
        from: Math.max(head.snapshotSeq, head.oldestSeq),
        to: head.seq,
      }),
    )
  }

  #empty(): ReplicaDocument {
    return ReplicaDocument.empty(this.#clientOf(this.#head.incarnation))
  }

  #clientOf(incarnation: number): number {
    const { network, authorKey } = this.#parts
    return clientIdOf({ network, document: this.id.document, author: authorKey, incarnation })
  }
}

function isHashOf(hash: Uint8Array, text: string): boolean {
  return sha256Hex(text) === Buffer.from(hash).toString('hex')
}

/** Our own log, read back; it was accepted once. */
export function replay(
  document: ReplicaDocument,
  envelopes: readonly Uint8Array[],
): ReplicaDocument {
  for (const bytes of envelopes) document.apply(readEnvelope(bytes).fields.update)
  return document
}
