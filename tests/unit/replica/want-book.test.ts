import { describe, expect, it } from 'vitest'
import { WANTS_PER_PEER_MAX } from '../../../protocols/replica/constants.ts'
import { WantBook, type Wanted } from '../../../src/replica/want-book.ts'

function wanted(n: number): Wanted {
  const theirs = {
    author: new Uint8Array(32),
    document: 'device',
    incarnation: 1,
    seq: 1,
    headHash: new Uint8Array(32),
    forkSeq: 0,
  }
  return { id: { author: `author${n}`, document: 'device' }, theirs }
}

const always = (): number => 0

function bookWith(peer: string, count: number): WantBook {
  const book = new WantBook()
  for (let n = 0; n < count; n += 1) book.add(peer, wanted(n))
  return book
}

describe('want book', () => {
  it('asks one peer for a document, and the next one only when that is over', () => {
    const book = bookWith('ana', 1)
    book.add('bob', wanted(0))
    const question = book.next('ana', 0, always)
    expect(question?.items).toHaveLength(1)
    expect(book.next('bob', 0, always)).toBeUndefined()
    book.answered('ana', question?.id ?? 0, 1)
    expect(book.next('bob', 0, always)?.items).toHaveLength(1)
  })

  it('does not ask for what is no longer wanted', () => {
    expect(bookWith('ana', 3).next('ana', 0, () => undefined)).toBeUndefined()
  })

  it('has a bounded number of questions open to a peer', () => {
    const book = bookWith('ana', 1_000)
    for (let n = 0; n < WANTS_PER_PEER_MAX; n += 1)
      expect(book.next('ana', 0, always)).toBeDefined()
    expect(book.next('ana', 0, always)).toBeUndefined()
  })

  it('asks for more at a time while answers are whole, and for less when they are not', () => {
    const book = bookWith('ana', 1_000)
    const first = book.next('ana', 0, always)
    book.answered('ana', first?.id ?? 0, first?.items.length ?? 0)
    const second = book.next('ana', 0, always)
    expect(second?.items.length).toBe(2 * (first?.items.length ?? 0))
    book.answered('ana', second?.id ?? 0, 20)
    expect(book.next('ana', 0, always)?.items.length).toBe(21)
  })

  it('takes an answer from nobody else, and once', () => {
    const book = bookWith('ana', 1)
    const id = book.next('ana', 0, always)?.id ?? 0
    expect(book.answered('bob', id, 1)).toBeUndefined()
    expect(book.answered('ana', id, 1)).toBeDefined()
    expect(book.answered('ana', id, 1)).toBeUndefined()
  })

  it('gives up what stays unanswered, and what was asked of a peer that is gone', () => {
    const book = bookWith('ana', 1)
    book.add('bob', wanted(0))
    book.next('ana', 100, always)
    book.expire(99)
    expect(book.next('bob', 100, always)).toBeUndefined()
    book.expire(100)
    expect(book.next('bob', 100, always)).toBeDefined()
    book.forget('bob')
    book.add('ana', wanted(0))
    expect(book.next('ana', 200, always)).toBeDefined()
  })
})
