import { describe, expect, it } from 'vitest'
import { linkPairs } from '../../../web-ui/link-pairs.ts'

const link = { kind: 'local' as const, rttMs: 1, loss: 0, at: 10, isStale: false }

describe('linkPairs', () => {
  it('shows a link once, however many ends speak of it', () => {
    const pairs = linkPairs([
      { ...link, from: 'bob', to: 'ana', at: 20, rttMs: 2 },
      { ...link, from: 'ana', to: 'bob' },
    ])
    expect(pairs).toEqual([
      { ...link, one: 'ana', other: 'bob', at: 20, rttMs: 2, onlySaidBy: null },
    ])
  })

  it('says which end alone sees it', () => {
    expect(linkPairs([{ ...link, from: 'bob', to: 'ana' }])[0]).toMatchObject({
      one: 'ana',
      other: 'bob',
      onlySaidBy: 'bob',
    })
  })

  it('prefers what is fresh to what is late and old', () => {
    const pairs = linkPairs([
      { ...link, from: 'ana', to: 'bob', at: 99, isStale: true, kind: 'relayed' },
      { ...link, from: 'bob', to: 'ana', at: 10, kind: 'direct' },
    ])
    expect(pairs[0]).toMatchObject({ kind: 'direct', isStale: false })
  })

  it('keeps its order whoever speaks', () => {
    const names = [
      ['cleo', 'ana'],
      ['bob', 'ana'],
      ['cleo', 'bob'],
    ] as const
    const one = linkPairs(names.map(([from, to]) => ({ ...link, from, to })))
    const other = linkPairs(names.map(([to, from]) => ({ ...link, from, to })).toReversed())
    const order = (pairs: typeof one) => pairs.map((pair) => `${pair.one} ${pair.other}`)
    expect(order(one)).toEqual(['ana bob', 'ana cleo', 'bob cleo'])
    expect(order(other)).toEqual(order(one))
  })
})
