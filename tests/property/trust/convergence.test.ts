import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import { MemoryStore } from '../../support/memory-store.ts'
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

  it('comes to the same state through the log, in batches and with restarts between them', async () => {
    await fc.assert(
      fc.asyncProperty(
        stories,
        fc.infiniteStream(fc.nat({ max: 1_000_000 })),
        async (steps, chance) => {
          const next = () => chance.next().value as number
          const scene = play(steps)
          const left = scene.records.map(({ bytes }) => bytes)
          const store = new MemoryStore()
          let log = await TrustLog.open({ networkId: scene.networkId, store })
          while (left.length > 0) {
            const batch = Array.from({ length: 1 + (next() % 8) }, () =>
              left.splice(next() % left.length, 1),
            ).flat()
            const { refused, accepted } = await log.ingest(batch)
            expect(new Set([...refused, ...accepted].map(({ id }) => id)).size).toBe(
              refused.length + accepted.length,
            )
            // What waits is lost with the process; peers send it again.
            if (next() % 4 === 0) log = await TrustLog.open({ networkId: scene.networkId, store })
          }
          await log.ingest(scene.records.map(({ bytes }) => bytes))
          expect(canonical(log.state)).toBe(canonical(scene.state()))
          const reopened = await TrustLog.open({ networkId: scene.networkId, store })
          expect(canonical(reopened.state)).toBe(canonical(log.state))
          expect(reopened.frontier()).toEqual(log.frontier())
        },
      ),
      { numRuns: 150 },
    )
  })

  it('comes to the same state on devices that sync page by page from different halves', async () => {
    await fc.assert(
      fc.asyncProperty(stories, fc.nat({ max: 100 }), async (steps, cut) => {
        const scene = play(steps)
        const { ledger } = readStory(scene.networkId, scene.records)
        const legal = ledger.recordsFrom(0).map(({ bytes }) => bytes)
        const one = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
        const two = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
        await one.ingest(legal.slice(0, Math.ceil((legal.length * cut) / 100)))
        await two.ingest(legal)
        for (
          let page = two.missing(one.frontier(), 1_000);
          page.length > 0;
          page = two.missing(one.frontier(), 1_000)
        ) {
          const { accepted } = await one.ingest(page)
          expect(accepted.length).toBeGreaterThan(0)
        }
        expect(canonical(one.state)).toBe(canonical(two.state))
        expect(one.lacks(two.frontier())).toBe(false)
      }),
      { numRuns: 100 },
    )
  })
})
