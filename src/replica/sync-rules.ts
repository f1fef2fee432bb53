import type { WireHead } from '../../protocols/replica/messages.ts'
import type { Head } from './head.ts'

/**
 * From which envelope on we want a document after a peer told where it stands with it; 0 is "the newest snapshot",
 * undefined that there is nothing to win. Hashes decide, never Yjs state vectors: two histories can have equal ones.
 */
export function wantFrom(theirs: WireHead, ours: Head | undefined): number | undefined {
  if (ours === undefined || theirs.incarnation > ours.incarnation) return 0
  if (theirs.incarnation < ours.incarnation) return undefined
  const knowsFork = theirs.forkSeq !== 0 && (ours.forkSeq === 0 || theirs.forkSeq < ours.forkSeq)
  const limit = Math.min(theirs.seq, ours.forkSeq === 0 ? Infinity : ours.forkSeq - 1)
  if (limit > ours.seq) return ours.seq === 0 ? 0 : ours.seq + 1
  const isOtherHistory =
    theirs.seq === ours.seq && ours.seq > 0 && hex(theirs.headHash) !== ours.hash
  return knowsFork || isOtherHistory ? Math.max(1, ours.seq) : undefined
}

/** Whether we could tell this peer something about a document it stands at `theirs` with. */
export function isAheadOf(ours: Head, theirs: WireHead | undefined): boolean {
  if (theirs === undefined || ours.incarnation > theirs.incarnation) return true
  if (ours.incarnation < theirs.incarnation) return false
  return (
    ours.seq > theirs.seq || ours.forkSeq !== theirs.forkSeq || hex(theirs.headHash) !== ours.hash
  )
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
