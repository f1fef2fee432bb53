import { describe, expect, it } from 'vitest'
import { runSeed } from './run-seed.ts'

describe('the simulator', () => {
  it.each([3, 10, 21])(
    'plays seed %i twice in the same way, event by event',
    { timeout: 60_000 },
    async (seed) => {
      const [first, again] = [await runSeed({ seed }), await runSeed({ seed })]
      expect(again).toEqual(first)
      expect(first.frames).toBeGreaterThan(500)
    },
  )

  it('plays other seeds in other ways', async () => {
    expect((await runSeed({ seed: 1 })).hash).not.toBe((await runSeed({ seed: 2 })).hash)
  })
})
