import type { Write } from '../storage/store.ts'
import { clientIdOf } from './client-id.ts'
import { readEnvelope } from './envelope.ts'
import { emptyHead, type Head } from './head.ts'
import { ReplicaDocument } from './replica-document.ts'
import type { ReplicaLog } from './replica-log.ts'
import type { DocumentId } from './standing.ts'

interface Truncation {
  readonly head: Head
  readonly writes: readonly Write[]
}

/**
 * Takes a document back to what its author had said before it signed `forkSeq` twice. Where the log no longer
 * reaches that far back nothing of the incarnation remains, and peers that kept more are asked for it.
 */
export async function truncate(
  log: ReplicaLog,
  place: {
    readonly id: DocumentId
    readonly head: Head
    readonly network: Uint8Array
    readonly authorKey: Uint8Array
  },
  forkSeq: number,
): Promise<Truncation> {
  const { id, head } = place
  if (forkSeq > head.seq)
    return { head: { ...head, forkSeq }, writes: [log.putHead(id, { ...head, forkSeq })] }
  const base = baseBefore(head, forkSeq)
  const from = Math.max(base ?? 0, head.oldestSeq)
  const kept =
    base === undefined ? [] : await log.range(id, head.incarnation, { from, to: forkSeq - 1 })
  const { incarnation } = head
  const client = clientIdOf({
    network: place.network,
    document: id.document,
    author: place.authorKey,
    incarnation,
  })
  const document = ReplicaDocument.empty(client)
  const envelopes = kept.map(readEnvelope)
  for (const envelope of envelopes) document.apply(envelope.fields.update)
  const last = envelopes.at(-1)
  const truncated: Head =
    last === undefined
      ? { ...emptyHead(incarnation), forkSeq }
      : {
          ...head,
          seq: last.fields.seq,
          hash: last.hash,
          clock: document.clock,
          snapshotSeq: base ?? 0,
          previousSnapshotSeq: base === head.snapshotSeq ? head.previousSnapshotSeq : 0,
          tailBytes: envelopes
            .slice(base === 0 ? 0 : 1)
            .reduce((sum, { bytes }) => sum + bytes.length, 0),
          forkSeq,
          isOwn: false,
          value: document.read().value,
        }
  const dropFrom = last === undefined ? head.oldestSeq : forkSeq
  return {
    head: truncated,
    writes: [
      ...log.deleteEnvelopes(id, head, { from: dropFrom, to: head.seq }),
      log.putHead(id, truncated),
      log.putState(id, document.encode()),
    ],
  }
}

/** The newest snapshot before the fork; 0 when the log starts at the beginning instead. */
function baseBefore(head: Head, forkSeq: number): number | undefined {
  if (head.snapshotSeq > 0 && head.snapshotSeq < forkSeq) return head.snapshotSeq
  if (head.previousSnapshotSeq > 0 && head.previousSnapshotSeq < forkSeq)
    return head.previousSnapshotSeq
  return head.oldestSeq === 1 && forkSeq > 1 ? 0 : undefined
}
