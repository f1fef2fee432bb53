import { describe, expect, it } from 'vitest'
import { pageOf } from '../../../node/api/page-of.ts'

const idOf = (item: string) => item

describe('pageOf', () => {
  it('goes through a list once, whatever the size of the pages', () => {
    const items = Array.from({ length: 23 }, (_, at) => `item-${at}`)
    for (const limit of [1, 2, 7, 22, 23, 24]) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = pageOf(items, idOf, { limit, cursor })
        seen.push(...page.items)
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(seen).toEqual(items)
    }
  })

  it('is not shifted by what is inserted or removed before it', () => {
    const { nextCursor } = pageOf(['b', 'c', 'd', 'e'], idOf, { limit: 2 })
    expect(
      pageOf(['a', 'b', 'c', 'd', 'e'], idOf, { limit: 2, cursor: nextCursor ?? '' }).items,
    ).toEqual(['d', 'e'])
    expect(pageOf(['c', 'd', 'e'], idOf, { limit: 2, cursor: nextCursor ?? '' }).items).toEqual([
      'd',
      'e',
    ])
  })

  it('goes on from the position when the item is gone', () => {
    const { nextCursor } = pageOf(['a', 'b', 'c'], idOf, { limit: 2 })
    expect(pageOf(['a', 'c'], idOf, { limit: 2, cursor: nextCursor ?? '' }).items).toEqual(['c'])
  })
})
