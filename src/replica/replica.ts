import type * as Y from 'yjs'
import type { Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { NetworkId } from '../identity/network-id.ts'
import type { Store } from '../storage/store.ts'
import { type DocumentChange, DocumentShelf } from './document-shelf.ts'
import type { Signer } from './envelope.ts'
import { type ForkProof, readForkProof } from './fork-proof.ts'
import type { Head } from './head.ts'
import { type Delivery, Intake, type IntakeResult } from './intake.ts'
import type { JsonObject } from './json.ts'
import { OwnWriter } from './own-writer.ts'
import { Quarantine, type QuarantineEntry, type QuarantineReport } from './quarantine.ts'
import { Refusal } from './refusal.ts'
import { ReplicaError } from './replica-error.ts'
import { type DocumentId, isKnownDocument, mayWrite, type AuthorStanding } from './standing.ts'

export interface ReplicaParts {
  readonly networkId: NetworkId
  readonly key: Signer
  readonly store: Store
  readonly clock: Clock
  standingOf(author: DeviceId): AuthorStanding
}

export interface ReplicaListener {
  /** A document reads differently now. */
  changed?(id: DocumentId): void
  /** Envelopes that were unknown until now; `from` is undefined for our own. */
  accepted?(change: DocumentChange, from: DeviceId | undefined): void
  /** An author signed one place twice. */
  forked?(proof: ForkProof, from: DeviceId | undefined): void
  /** The first refusal of its kind from this peer. */
  quarantined?(entry: QuarantineEntry): void
}

/** Every member's signed documents: ours to write, the others' to read. One write or delivery at a time. */
export class Replica {
  readonly #parts: ReplicaParts
  readonly #shelf: DocumentShelf
  readonly #intake: Intake
  readonly #writer: OwnWriter
  readonly #quarantine = new Quarantine()
  readonly #listeners = new Set<ReplicaListener>()
  #last: Promise<unknown> = Promise.resolve()

  private constructor(parts: ReplicaParts, shelf: DocumentShelf) {
    this.#parts = parts
    this.#shelf = shelf
    const { key, clock } = parts
    this.#writer = new OwnWriter({ key, shelf, clock })
    this.#intake = new Intake({
      self: key.id,
      shelf,
      clock,
      standingOf: (author) => parts.standingOf(author),
      quarantine: (report) => this.report(report),
      hasWritten: (document) => this.#writer.hasWritten(document),
    })
  }

  static async open(parts: ReplicaParts): Promise<Replica> {
    return new Replica(parts, await DocumentShelf.open(parts.networkId, parts.store))
  }

  get self(): DeviceId {
    return this.#parts.key.id
  }

  /** Changes our own document; resolves when it is durable. Values are plain JSON or nested `Y.Map`s. */
  write(document: string, change: (root: Y.Map<unknown>) => void): Promise<void> {
    return this.#exclusive(async () => {
      if (!isKnownDocument(document))
        throw new ReplicaError('UNKNOWN_DOCUMENT', `no document "${document}"`)
      if (!mayWrite(this.#parts.standingOf(this.self), document)) {
        throw new ReplicaError('NOT_PERMITTED', `this device may not write "${document}" here`)
      }
      const written = await this.#writer.write(document, change)
      if (written !== undefined) this.#announce(written, undefined)
    })
  }

  /** What the author says, while the trust log lets it say so. */
  read(author: DeviceId, document: string): JsonObject | undefined {
    if (!mayWrite(this.#parts.standingOf(author), document)) return undefined
    return this.#shelf.head({ author, document })?.value
  }

  /** Documents that count now: those whose authors may write them. */
  *documents(): Iterable<{ readonly id: DocumentId; readonly head: Head }> {
    for (const entry of this.#shelf.documents()) {
      if (mayWrite(this.#parts.standingOf(entry.id.author), entry.id.document)) yield entry
    }
  }

  /** Takes envelopes from a peer; resolves when what was accepted is durable. */
  ingest(envelopes: readonly Uint8Array[], delivery: Delivery): Promise<IntakeResult> {
    return this.#exclusive(async () => {
      const result = await this.#intake.take(envelopes, delivery)
      for (const change of result.changes) this.#announce(change, delivery.from)
      for (const proof of result.forks) await this.#takeFork(proof, delivery.from)
      for (const [document, incarnation] of result.rivals)
        await this.#restart(document, incarnation)
      return result
    })
  }

  /** Takes a proof that an author signed twice. */
  ingestFork(first: Uint8Array, second: Uint8Array, from: DeviceId): Promise<void> {
    return this.#exclusive(async () => {
      try {
        const proof = readForkProof(first, second, this.#shelf.network)
        if (mayWrite(this.#parts.standingOf(proof.id.author), proof.id.document))
          await this.#takeFork(proof, from)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        this.report({
          from,
          author: undefined,
          document: undefined,
          code: error.code,
          detail: error.message,
        })
      }
    })
  }

  /** For anti-entropy: envelopes from `fromSeq`, or the oldest kept, on; from the newest snapshot when it is 0. */
  async range(
    id: DocumentId,
    fromSeq: number,
    bounds: { readonly envelopes: number; readonly bytes: number },
  ): Promise<{ readonly envelopes: readonly Uint8Array[]; readonly isComplete: boolean }> {
    const head = this.#shelf.head(id)
    if (head === undefined || head.seq === 0) return { envelopes: [], isComplete: true }
    const from = Math.max(fromSeq === 0 ? head.snapshotSeq : fromSeq, head.oldestSeq)
    const envelopes = await this.#shelf.log.range(
      id,
      head.incarnation,
      { from, to: head.seq },
      bounds,
    )
    return { envelopes, isComplete: from + envelopes.length > head.seq }
  }

  /** Whether anything of this document counts now. */
  accepts(id: DocumentId): boolean {
    return mayWrite(this.#parts.standingOf(id.author), id.document)
  }

  head(id: DocumentId): Head | undefined {
    return this.#shelf.head(id)
  }

  fork(id: DocumentId): ForkProof | undefined {
    return this.#shelf.fork(id)
  }

  forks(): readonly ForkProof[] {
    return [...this.#shelf.forks()]
  }

  quarantined(): readonly QuarantineEntry[] {
    return this.#quarantine.list()
  }

  report(report: QuarantineReport): void {
    const news = this.#quarantine.add(report, this.#parts.clock.now())
    if (news !== undefined) for (const listener of this.#listeners) listener.quarantined?.(news)
  }

  /** Erases everything of an author here. While it is a member, peers bring it back. */
  forget(author: DeviceId): Promise<void> {
    return this.#exclusive(async () => {
      this.#intake.forget(author)
      this.#quarantine.forget(author)
      const ids = [...this.#shelf.documents()]
        .map(({ id }) => id)
        .filter((id) => id.author === author)
      await this.#shelf.forget(author)
      for (const id of ids) for (const listener of this.#listeners) listener.changed?.(id)
    })
  }

  listen(listener: ReplicaListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #takeFork(proof: ForkProof, from: DeviceId | undefined): Promise<void> {
    const isOwn = proof.id.author === this.self
    const change = await this.#shelf.takeFork(proof, isOwn)
    if (change === undefined) return
    for (const listener of this.#listeners) listener.forked?.(proof, from)
    if (isOwn) await this.#restart(proof.id.document, proof.incarnation)
    else for (const listener of this.#listeners) listener.changed?.(proof.id)
  }

  async #restart(document: string, incarnation: number): Promise<void> {
    if ((this.#shelf.head({ author: this.self, document })?.incarnation ?? 0) > incarnation) return
    try {
      const restarted = await this.#writer.restart(document, incarnation)
      if (restarted !== undefined) this.#announce(restarted, undefined)
    } catch (error) {
      // Shown with the fork itself; the next write says it again.
      if (!(error instanceof ReplicaError)) throw error
    }
  }

  #announce(change: DocumentChange, from: DeviceId | undefined): void {
    for (const listener of this.#listeners) {
      listener.accepted?.(change, from)
      listener.changed?.(change.id)
    }
  }

  #exclusive<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}
