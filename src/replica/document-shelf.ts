import { networkKeyOf } from '../identity/network-id.ts'
import { publicKeyOf } from '../identity/device-id.ts'
import type { Store } from '../storage/store.ts'
import { DocumentDraft } from './document-draft.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { type ForkProof, forkProofOf } from './fork-proof.ts'
import { emptyHead, type Head } from './head.ts'
import { ReplicaLog } from './replica-log.ts'
import { documentKey, type DocumentId } from './standing.ts'
import { truncate } from './truncation.ts'

/** One document moved on disk and in memory. */
export interface DocumentChange {
  readonly id: DocumentId
  readonly head: Head
  readonly envelopes: readonly Envelope[]
}

/** All documents as committed: heads in memory, the rest in the store. Nothing here judges anything. */
export class DocumentShelf {
  readonly network: Uint8Array
  readonly log: ReplicaLog
  readonly #documents = new Map<string, { readonly id: DocumentId; readonly head: Head }>()
  readonly #forks = new Map<string, ForkProof>()

  private constructor(networkId: string, log: ReplicaLog) {
    this.network = networkKeyOf(networkId)
    this.log = log
  }

  static async open(networkId: string, store: Store): Promise<DocumentShelf> {
    const shelf = new DocumentShelf(networkId, new ReplicaLog(store, networkId))
    for await (const [id, head] of shelf.log.heads()) {
      if (head !== undefined) shelf.#documents.set(documentKey(id), { id, head })
    }
    for await (const { id, first, second } of shelf.log.forks()) {
      shelf.#forks.set(documentKey(id), forkProofOf(readEnvelope(first), readEnvelope(second)))
    }
    return shelf
  }

  head(id: DocumentId): Head | undefined {
    return this.#documents.get(documentKey(id))?.head
  }

  documents(): IterableIterator<{ readonly id: DocumentId; readonly head: Head }> {
    return this.#documents.values()
  }

  fork(id: DocumentId): ForkProof | undefined {
    return this.#forks.get(documentKey(id))
  }

  forks(): IterableIterator<ForkProof> {
    return this.#forks.values()
  }

  draft(id: DocumentId): DocumentDraft {
    const authorKey = publicKeyOf(id.author)
    return new DocumentDraft({
      id,
      head: this.head(id),
      log: this.log,
      network: this.network,
      authorKey,
    })
  }

  /** All drafts in one batch; afterwards they are what everybody reads. */
  async commit(drafts: Iterable<DocumentDraft>): Promise<DocumentChange[]> {
    const changed = [...drafts].filter((draft) => draft.accepted.length > 0)
    if (changed.length === 0) return []
    const writes = await Promise.all(changed.map((draft) => draft.writes()))
    await this.log.commit(writes.flat())
    return changed.map((draft) => this.#place(draft.id, draft.head, draft.accepted))
  }

  /** Undefined when the proof says nothing new: an older incarnation, or a later fork than the known one. */
  async takeFork(proof: ForkProof, isOwn: boolean): Promise<DocumentChange | undefined> {
    const { id, incarnation, seq } = proof
    const known = this.head(id) ?? emptyHead(0)
    if (incarnation < known.incarnation) return undefined
    if (incarnation === known.incarnation && known.forkSeq !== 0 && known.forkSeq <= seq)
      return undefined
    const head = incarnation === known.incarnation ? known : emptyHead(incarnation)
    const { writes, head: next } = isOwn
      ? this.#disown(id, known, proof)
      : await truncate(
          this.log,
          { id, head, network: this.network, authorKey: publicKeyOf(id.author) },
          seq,
        )
    await this.log.commit([
      ...writes,
      this.log.putFork({ id, first: proof.first, second: proof.second }),
    ])
    this.#forks.set(documentKey(id), proof)
    return this.#place(id, next, [])
  }

  /** Marks an own document as one that this store does not continue in its incarnation. */
  async disown(id: DocumentId): Promise<void> {
    const head = this.head(id)
    if (head === undefined || !head.isOwn) return
    await this.log.commit([this.log.putHead(id, { ...head, isOwn: false })])
    this.#place(id, { ...head, isOwn: false }, [])
  }

  async forget(author: string): Promise<void> {
    await this.log.commit(await this.log.deletesOf(author))
    for (const [key, { id }] of this.#documents)
      if (id.author === author) this.#documents.delete(key)
    for (const [key, { id }] of this.#forks) if (id.author === author) this.#forks.delete(key)
  }

  /** Our own document keeps its content, to be carried into the next incarnation. */
  #disown(id: DocumentId, known: Head, proof: ForkProof) {
    const forkSeq = proof.incarnation === known.incarnation ? proof.seq : known.forkSeq
    const head = { ...known, forkSeq, isOwn: false }
    return { head, writes: [this.log.putHead(id, head)] }
  }

  #place(id: DocumentId, head: Head, envelopes: readonly Envelope[]): DocumentChange {
    this.#documents.set(documentKey(id), { id, head })
    return { id, head, envelopes }
  }
}
