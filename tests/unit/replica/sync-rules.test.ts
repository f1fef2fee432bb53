import { describe, expect, it } from 'vitest'
import type { WireHead } from '../../../protocols/replica/messages.ts'
import { emptyHead, type Head } from '../../../src/replica/head.ts'
import { isAheadOf, wantFrom } from '../../../src/replica/sync-rules.ts'

const HASH = 'ab'.repeat(32)

function ours(changes: Partial<Head> = {}): Head {
  return { ...emptyHead(5), seq: 10, hash: HASH, ...changes }
}

function theirs(changes: Partial<WireHead> = {}): WireHead {
  const headHash = Buffer.from(HASH, 'hex')
  return {
    author: new Uint8Array(32),
    document: 'device',
    incarnation: 5,
    seq: 10,
    headHash,
    forkSeq: 0,
    ...changes,
  }
}

const other = new Uint8Array(32)

describe('what is wanted of a peer', () => {
  it.each<[string, WireHead, Head | undefined, number | undefined]>([
    ['nothing that is the same', theirs(), ours(), undefined],
    ['a document that is new here, from its newest snapshot', theirs(), undefined, 0],
    [
      'a later incarnation, from its newest snapshot',
      theirs({ incarnation: 6, seq: 1 }),
      ours(),
      0,
    ],
    ['nothing of an earlier incarnation', theirs({ incarnation: 4, seq: 99 }), ours(), undefined],
    ['what follows ours', theirs({ seq: 12 }), ours(), 11],
    ['nothing of a peer that is behind', theirs({ seq: 9 }), ours(), undefined],
    ['the place at which hashes differ', theirs({ headHash: other }), ours(), 10],
    ['the proof of a fork that is new here', theirs({ forkSeq: 3, seq: 2 }), ours(), 10],
    [
      'the proof of an earlier fork',
      theirs({ forkSeq: 3, seq: 2 }),
      ours({ forkSeq: 7, seq: 6 }),
      6,
    ],
    [
      'no proof of a later fork',
      theirs({ forkSeq: 7, seq: 6 }),
      ours({ forkSeq: 3, seq: 2 }),
      undefined,
    ],
    ['nothing from a fork on', theirs({ seq: 20 }), ours({ forkSeq: 11 }), undefined],
    ['everything before a fork', theirs({ seq: 20 }), ours({ forkSeq: 15 }), 11],
    [
      'all of what a fork left nothing of',
      theirs({ seq: 4, forkSeq: 5 }),
      ours({ seq: 0, forkSeq: 5 }),
      0,
    ],
  ])('is %s', (_what, head, own, fromSeq) => {
    expect(wantFrom(head, own)).toBe(fromSeq)
  })
})

describe('what is news to a peer', () => {
  it.each<[string, Head, WireHead | undefined, boolean]>([
    ['a document that it does not have', ours(), undefined, true],
    ['a later incarnation', ours({ incarnation: 6, seq: 1 }), theirs(), true],
    ['what follows its own', ours({ seq: 11 }), theirs(), true],
    ['another hash', ours(), theirs({ headHash: other }), true],
    ['a fork', ours({ forkSeq: 11 }), theirs(), true],
    ['nothing that is the same', ours(), theirs(), false],
    ['nothing of an earlier incarnation', ours({ incarnation: 4 }), theirs(), false],
  ])('is %s', (_what, own, head, isNews) => {
    expect(isAheadOf(own, head)).toBe(isNews)
  })
})
