import {
  AUTHOR_BYTES_PER_MIN,
  AUTHOR_ENVELOPES_BURST,
  AUTHOR_ENVELOPES_PER_S,
} from '../../protocols/replica/constants.ts'
import type { Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { isSigned, judge, type Verdict } from './acceptance.ts'
import type { DocumentDraft } from './document-draft.ts'
import type { DocumentChange, DocumentShelf } from './document-shelf.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type ForkProof, forkProofOf } from './fork-proof.ts'
import { ParkingLot } from './parking-lot.ts'
import type { QuarantineReport } from './quarantine.ts'
import { Refusal, type RefusalCode } from './refusal.ts'
import { documentKey, type DocumentId, type AuthorStanding } from './standing.ts'
import { TokenBuckets } from './token-buckets.ts'

export interface IntakeParts {
  readonly self: DeviceId
  readonly shelf: DocumentShelf
  readonly clock: Clock
  standingOf(author: DeviceId): AuthorStanding
  quarantine(report: QuarantineReport): void
  /** Whether this process has written the document: then nobody else can be right about how it goes on. */
  hasWritten(document: string): boolean
}

export interface Delivery {
  readonly from: DeviceId
  /** We asked for these: what an author may publish per second does not bound them. */
  readonly isSolicited: boolean
  /** Documents whose sender was asked for all it has: a snapshot that it starts with replaces another history. */
  readonly rebases?: ReadonlySet<string>
}

export interface IntakeResult {
  readonly changes: readonly DocumentChange[]
  /** Per document the furthest envelope that waits for earlier ones. */
  readonly gaps: readonly Envelope[]
  /** Per document one that follows another history than ours. */
  readonly conflicts: readonly Envelope[]
  readonly forks: readonly ForkProof[]
  /** Own documents that go on elsewhere, with the incarnation in which they do. */
  readonly rivals: ReadonlyMap<string, number>
}

interface Batch {
  readonly delivery: Delivery
  readonly drafts: Map<string, DocumentDraft>
  readonly gaps: Map<string, Envelope>
  readonly conflicts: Map<string, Envelope>
  readonly past: Envelope[]
  readonly rivals: Map<string, number>
}

/** Takes what peers deliver: judges, drafts, commits once, and finds forks among what was already known. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #parked = new ParkingLot()
  readonly #envelopes = new TokenBuckets({
    perMs: AUTHOR_ENVELOPES_PER_S / 1_000,
    burst: AUTHOR_ENVELOPES_BURST,
  })
  readonly #bytes = new TokenBuckets({
    perMs: AUTHOR_BYTES_PER_MIN / 60_000,
    burst: AUTHOR_BYTES_PER_MIN,
  })

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  forget(author: DeviceId): void {
    this.#parked.forget(author)
  }

  async take(envelopes: readonly Uint8Array[], delivery: Delivery): Promise<IntakeResult> {
    const batch: Batch = {
      delivery,
      drafts: new Map(),
      gaps: new Map(),
      conflicts: new Map(),
      past: [],
      rivals: new Map(),
    }
    for (const bytes of envelopes) await this.#takeOne(bytes, batch)
    const changes = await this.#parts.shelf.commit(batch.drafts.values())
    return {
      changes,
      gaps: [...batch.gaps.values()],
      conflicts: [...batch.conflicts.values()],
      forks: await this.#forksAmong(batch.past),
      rivals: batch.rivals,
    }
  }

  async #takeOne(bytes: Uint8Array, batch: Batch): Promise<void> {
    const verdict = judge(bytes, this.#facts(batch))
    switch (verdict.kind) {
      case 'refused':
        return this.#refuse(verdict, batch)
      case 'stale':
        return
      case 'past':
        batch.past.push(verdict.envelope)
        return
      case 'conflict':
        return this.#resolve(verdict.envelope, batch)
      case 'ahead':
      case 'next':
      case 'base':
        if (this.#isRival(verdict.envelope)) return this.#noteRival(verdict.envelope, batch)
        return verdict.kind === 'ahead'
          ? this.#park(verdict.envelope, batch)
          : this.#accept(verdict.envelope, batch)
    }
  }

  /**
   * Where histories part and overlap, a fork will be found. Where the sender keeps nothing of the part we have,
   * there is no proof to be had, and the longer history wins, as it does for a snapshot still further on.
   */
  async #resolve(envelope: Envelope, batch: Batch): Promise<void> {
    const key = documentKey(envelope.id)
    const overlaps = batch.past.some((past) => documentKey(past.id) === key)
    if (
      envelope.fields.kind === 'snapshot' &&
      !overlaps &&
      batch.delivery.rebases?.has(key) === true
    ) {
      return this.#accept(envelope, batch)
    }
    batch.conflicts.set(key, envelope)
    this.#report('PREV_MISMATCH', 'follows another history than ours', envelope.id, batch)
  }

  /** A restored backup, a lost store behind a slow clock, or a second machine with our key. */
  #isRival({ id }: Envelope): boolean {
    return id.author === this.#parts.self && this.#parts.hasWritten(id.document)
  }

  #noteRival({ id, fields }: Envelope, batch: Batch): void {
    batch.rivals.set(id.document, Math.max(fields.incarnation, batch.rivals.get(id.document) ?? 0))
  }

  #facts(batch: Batch) {
    const { shelf, clock } = this.#parts
    const nowMs = clock.monotonic()
    return {
      network: shelf.network,
      standingOf: (author: DeviceId) => this.#parts.standingOf(author),
      headOf: (id: DocumentId) => batch.drafts.get(documentKey(id))?.head ?? shelf.head(id),
      admit: (envelope: Envelope) => {
        if (batch.delivery.isSolicited) return true
        // per sender too: nobody can use up an author's budget with forgeries in its name
        const key = `${batch.delivery.from}/${envelope.id.author}`
        return (
          this.#envelopes.take(key, 1, nowMs) && this.#bytes.take(key, envelope.bytes.length, nowMs)
        )
      },
    }
  }

  async #accept(envelope: Envelope, batch: Batch): Promise<void> {
    const key = documentKey(envelope.id)
    const draft = batch.drafts.get(key) ?? this.#parts.shelf.draft(envelope.id)
    try {
      const { differs } = await draft.accept(envelope, false)
      if (differs)
        this.#report('SNAPSHOT_DIFFERS', 'a snapshot rewrote what it covers', envelope.id, batch)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#report(error.code, error.message, envelope.id, batch)
      return
    }
    batch.drafts.set(key, draft)
    batch.gaps.delete(key)
    const { incarnation, seq } = draft.head
    const waiting = this.#parked.take(envelope.id, incarnation, seq + 1)
    if (waiting !== undefined) await this.#takeOne(waiting.bytes, batch)
  }

  #park(envelope: Envelope, batch: Batch): void {
    if (!this.#parked.park(envelope, this.#parts.clock.monotonic())) {
      this.#report(
        'PARKED_TOO_MANY',
        'too many envelopes wait for an earlier one',
        envelope.id,
        batch,
      )
      return
    }
    batch.gaps.set(documentKey(envelope.id), envelope)
  }

  /** An envelope for a place we have another one for proves that its author signed twice. */
  async #forksAmong(past: readonly Envelope[]): Promise<ForkProof[]> {
    const { shelf } = this.#parts
    const proofs: ForkProof[] = []
    for (const envelope of past) {
      const { incarnation, seq } = envelope.fields
      const head = shelf.head(envelope.id)
      if (head === undefined || head.incarnation !== incarnation || seq < head.oldestSeq) continue
      if (seq === head.seq && envelope.hash === head.hash) continue
      const kept = await shelf.log.envelope(envelope.id, incarnation, seq)
      if (kept === undefined) continue
      const ours = readEnvelope(kept)
      if (ours.hash !== envelope.hash && isSigned(envelope))
        proofs.push(forkProofOf(ours, envelope))
    }
    return proofs
  }

  #refuse(verdict: Extract<Verdict, { kind: 'refused' }>, batch: Batch): void {
    this.#report(verdict.code, verdict.detail, verdict.id, batch)
  }

  #report(code: RefusalCode, detail: string, id: DocumentId | undefined, batch: Batch): void {
    const { from } = batch.delivery
    this.#parts.quarantine({ from, author: id?.author, document: id?.document, code, detail })
  }
}
