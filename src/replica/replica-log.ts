import { crc32 } from 'node:zlib'
import { ReplicaFork, ReplicaHead, ReplicaState } from '../../proto/gen/replica_record.js'
import type { Store, Write } from '../storage/store.ts'
import type { Head } from './head.ts'
import { canonicalJson, isJsonObject, parseJson } from './json.ts'
import type { DocumentId } from './standing.ts'

const SEQ_DIGITS = 16
const UNBOUNDED = { envelopes: Infinity, bytes: Infinity }
/** From this many envelopes on, one scan costs less than a read for each. */
const SCAN_FROM = 4

export interface StoredFork {
  readonly id: DocumentId
  readonly first: Uint8Array
  readonly second: Uint8Array
}

/**
 * The replica's part of the store:
 * `head/<author>/<document>`, `state/…`, `fork/…` and `log/<author>/<document>/<incarnation>/<seq>`.
 */
export class ReplicaLog {
  readonly #store: Store
  readonly #prefix: string

  constructor(store: Store, networkId: string) {
    this.#store = store
    this.#prefix = `replica/${networkId}`
  }

  commit(writes: readonly Write[]): Promise<void> {
    return this.#store.commit(writes)
  }

  /** A head whose checksum is wrong comes without its value: the caller forgets it and peers mend it. */
  async *heads(): AsyncIterable<readonly [DocumentId, Head | undefined]> {
    for await (const [key, bytes] of this.#store.entries(`${this.#prefix}/head/`)) {
      yield [this.#idOf(key), headFromStore(bytes)]
    }
  }

  async *forks(): AsyncIterable<StoredFork> {
    for await (const [key, bytes] of this.#store.entries(`${this.#prefix}/fork/`)) {
      const { first, second } = ReplicaFork.decode(bytes)
      yield { id: this.#idOf(key), first, second }
    }
  }

  /** Undefined when it is missing or damaged: the log has it too. */
  async state(id: DocumentId): Promise<Uint8Array | undefined> {
    const bytes = await this.#store.get(this.#key('state', id))
    if (bytes === undefined) return undefined
    try {
      const { update, checksum } = ReplicaState.decode(bytes)
      return crc32(update) === checksum ? update : undefined
    } catch {
      return undefined
    }
  }

  envelope(id: DocumentId, incarnation: number, seq: number): Promise<Uint8Array | undefined> {
    return this.#store.get(this.#envelopeKey(id, incarnation, seq))
  }

  /** Envelopes `from` to `to`, until one is missing or the bounds are reached. */
  async range(
    id: DocumentId,
    incarnation: number,
    span: { readonly from: number; readonly to: number },
    bounds: { readonly envelopes: number; readonly bytes: number } = UNBOUNDED,
  ): Promise<Uint8Array[]> {
    const found: Uint8Array[] = []
    let bytes = 0
    for await (const envelope of this.#envelopes(id, incarnation, span)) {
      bytes += envelope.length
      if (found.length >= bounds.envelopes || bytes > bounds.bytes) break
      found.push(envelope)
    }
    return found
  }

  /** A few by their keys, many by one scan of the document's log, which is bounded. */
  async *#envelopes(
    id: DocumentId,
    incarnation: number,
    span: { readonly from: number; readonly to: number },
  ): AsyncIterable<Uint8Array> {
    if (span.to - span.from < SCAN_FROM) {
      for (let seq = span.from; seq <= span.to; seq += 1) {
        const envelope = await this.envelope(id, incarnation, seq)
        if (envelope === undefined) return
        yield envelope
      }
      return
    }
    let next = span.from
    for await (const [key, envelope] of this.#store.entries(this.#logPrefix(id, incarnation))) {
      const seq = Number(key.slice(-SEQ_DIGITS))
      if (seq < next) continue
      if (seq > next || seq > span.to) return
      yield envelope
      next += 1
    }
  }

  putEnvelope(id: DocumentId, incarnation: number, seq: number, value: Uint8Array): Write {
    return { put: this.#envelopeKey(id, incarnation, seq), value }
  }

  deleteEnvelopes(
    id: DocumentId,
    head: Head,
    span: { readonly from: number; readonly to: number },
  ): Write[] {
    const writes: Write[] = []
    for (let seq = span.from; seq <= span.to; seq += 1) {
      writes.push({ delete: this.#envelopeKey(id, head.incarnation, seq) })
    }
    return writes
  }

  putHead(id: DocumentId, head: Head): Write {
    return { put: this.#key('head', id), value: headToStore(head) }
  }

  putState(id: DocumentId, update: Uint8Array): Write {
    const value = ReplicaState.encode({ update: update, checksum: crc32(update) })
    return { put: this.#key('state', id), value }
  }

  putFork(fork: StoredFork): Write {
    const value = ReplicaFork.encode({
      first: fork.first,
      second: fork.second,
    })
    return { put: this.#key('fork', fork.id), value }
  }

  /** Everything of one author. */
  async deletesOf(author: string): Promise<Write[]> {
    const writes: Write[] = []
    for (const kind of ['head', 'state', 'fork', 'log']) {
      for await (const [key] of this.#store.entries(`${this.#prefix}/${kind}/${author}/`)) {
        writes.push({ delete: key })
      }
    }
    return writes
  }

  #key(kind: 'head' | 'state' | 'fork', id: DocumentId): string {
    return `${this.#prefix}/${kind}/${id.author}/${id.document}`
  }

  #envelopeKey(id: DocumentId, incarnation: number, seq: number): string {
    return `${this.#logPrefix(id, incarnation)}${digits(seq)}`
  }

  #logPrefix(id: DocumentId, incarnation: number): string {
    return `${this.#prefix}/log/${id.author}/${id.document}/${digits(incarnation)}/`
  }

  #idOf(key: string): DocumentId {
    const [author = '', document = ''] = key.split('/').slice(-2)
    return { author, document }
  }
}

function digits(value: number): string {
  return String(value).padStart(SEQ_DIGITS, '0')
}

function headToStore(head: Head): Uint8Array {
  const value = Uint8Array.from(Buffer.from(canonicalJson(head.value)))
  return ReplicaHead.encode({
    incarnation: BigInt(head.incarnation),
    seq: BigInt(head.seq),
    headHash: Buffer.from(head.hash, 'hex'),
    clock: BigInt(head.clock),
    snapshotSeq: BigInt(head.snapshotSeq),
    previousSnapshotSeq: BigInt(head.previousSnapshotSeq),
    oldestSeq: BigInt(head.oldestSeq),
    tailBytes: BigInt(head.tailBytes),
    forkSeq: BigInt(head.forkSeq),
    value,
    checksum: crc32(value),
    isOwn: head.isOwn,
  })
}

function headFromStore(bytes: Uint8Array): Head | undefined {
  try {
    const wire = ReplicaHead.decode(bytes)
    if (crc32(wire.value) !== wire.checksum) return undefined
    const value = parseJson(Buffer.from(wire.value).toString())
    if (!isJsonObject(value)) return undefined
    return {
      incarnation: Number(wire.incarnation),
      seq: Number(wire.seq),
      hash: Buffer.from(wire.headHash).toString('hex'),
      clock: Number(wire.clock),
      snapshotSeq: Number(wire.snapshotSeq),
      previousSnapshotSeq: Number(wire.previousSnapshotSeq),
      oldestSeq: Number(wire.oldestSeq),
      tailBytes: Number(wire.tailBytes),
      forkSeq: Number(wire.forkSeq),
      isOwn: wire.isOwn,
      value,
    }
  } catch {
    return undefined
  }
}
