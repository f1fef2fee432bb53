import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, readStory } from '../../support/trust-scene.ts'
import { play, step } from './story-arbitrary.ts'

const stories = fc.array(step, { minLength: 1, maxLength: 40 })

describe('the trust reducer, for any story of honest and lying authors', () => {
  it('comes to the same state in any order of arrival, with duplicates', () => {
    fc.assert(
      fc.property(stories, fc.infiniteStream(fc.nat({ max: 1_000_000 })), (steps, chance) => {
        const scene = play(steps)
        const twice = [...scene.records, ...scene.records]
        const ranks = new Map(twice.map((_, i) => [i, chance.next().value as number]))
        const shuffled = twice
          .map((record, i) => ({ record, rank: ranks.get(i) ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
        const told = readStory(scene.networkId, scene.records)
        const heard = readStory(
          scene.networkId,
          shuffled.map(({ record }) => record),
          true,
        )
        expect(heard.refusals.size).toBe(told.refusals.size)
        expect(canonical(heard.state)).toBe(canonical(told.state))
      }),
      { numRuns: 300 },
    )
  })
})
