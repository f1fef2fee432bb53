import { NO_HASH } from './envelope.ts'
import type { JsonObject } from './json.ts'

/** Where one author's document stands here. Immutable; each accepted envelope makes the next one. */
export interface Head {
  readonly incarnation: number
  readonly seq: number
  /** Hash of envelope `seq`, hex. */
  readonly hash: string
  readonly clock: number
  /** Newest snapshot, and the one before it; 0 is none. */
  readonly snapshotSeq: number
  readonly previousSnapshotSeq: number
  /** Oldest envelope kept. */
  readonly oldestSeq: number
  /** Bytes of the envelopes after the newest snapshot. */
  readonly tailBytes: number
  /** First sequence number known to be signed twice; 0 is none. Nothing from it on is ever accepted. */
  readonly forkSeq: number
  /** This store, and no other, continues the incarnation. */
  readonly isOwn: boolean
  readonly value: JsonObject
}

/** An incarnation of which nothing is held. */
export function emptyHead(incarnation: number): Head {
  return {
    incarnation,
    seq: 0,
    hash: NO_HASH,
    clock: 0,
    snapshotSeq: 0,
    previousSnapshotSeq: 0,
    oldestSeq: 1,
    tailBytes: 0,
    forkSeq: 0,
    isOwn: false,
    value: Object.freeze(Object.create(null) as JsonObject),
  }
}
