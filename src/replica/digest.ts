import { createHash } from 'node:crypto'
import { BUCKET_DIGEST_BYTES, BUCKETS } from '../../protocols/replica/constants.ts'
import type { Head } from './head.ts'
import { documentKey, type DocumentId } from './standing.ts'

export interface DigestEntry {
  readonly id: DocumentId
  readonly head: Head
}

/** What two replicas compare before they exchange anything: equal roots mean equal heads of all documents. */
export class Digest {
  readonly #buckets: readonly (readonly DigestEntry[])[]
  readonly digests: readonly Uint8Array[]
  readonly root: Uint8Array

  constructor(entries: Iterable<DigestEntry>) {
    const buckets: DigestEntry[][] = Array.from({ length: BUCKETS }, () => [])
    for (const entry of entries) {
      // An incarnation of which nothing is held, and nothing is known to be wrong, is the same as none.
      if (entry.head.seq === 0 && entry.head.forkSeq === 0) continue
      buckets[bucketOf(entry.id)]?.push(entry)
    }
    this.#buckets = buckets
    this.digests = buckets.map(digestOf)
    this.root = createHash('sha256').update(Buffer.concat(this.digests)).digest()
  }

  differingFrom(digests: readonly Uint8Array[]): number[] {
    return this.digests.flatMap((digest, i) =>
      Buffer.from(digest).equals(digests[i] ?? digest) ? [] : [i],
    )
  }

  entries(bucket: number): readonly DigestEntry[] {
    return this.#buckets[bucket] ?? []
  }
}

export function bucketOf(id: DocumentId): number {
  return (createHash('sha256').update(documentKey(id)).digest()[0] ?? 0) % BUCKETS
}

function digestOf(bucket: readonly DigestEntry[]): Uint8Array {
  const lines = bucket.map(({ id, head }) => `${documentKey(id)} ${headText(head)}\n`).sort()
  return createHash('sha256').update(lines.join('')).digest().subarray(0, BUCKET_DIGEST_BYTES)
}

export function headText(head: Pick<Head, 'incarnation' | 'seq' | 'hash' | 'forkSeq'>): string {
  return `${head.incarnation} ${head.seq} ${head.hash} ${head.forkSeq}`
}
