import { describe, expect, it } from 'vitest'
import { runSeed } from './run-seed.ts'

/** `ASGARD_SIMULATION_SEEDS=20000 npm test -- simulation` plays more; `ASGARD_SIMULATION_FROM` starts elsewhere. */
const SEEDS = Number(process.env['ASGARD_SIMULATION_SEEDS'] ?? 500)
const FIRST = Number(process.env['ASGARD_SIMULATION_FROM'] ?? 1)
const SEEDS_PER_TEST = 25
const SEED_TIMEOUT_MS = 20_000

/** Declares tests for every second seed, so that two files make two workers busy. */
export function playSeeds(half: 0 | 1): void {
  const seeds = Array.from({ length: SEEDS }, (_, at) => FIRST + at).filter(
    (seed) => seed % 2 === half,
  )
  describe('twenty devices and everything that can happen to them', () => {
    for (let at = 0; at < seeds.length; at += SEEDS_PER_TEST) {
      const some = seeds.slice(at, at + SEEDS_PER_TEST)
      it(
        `keep every promise, seeds ${some[0]} to ${some.at(-1)}, every second one`,
        { timeout: some.length * SEED_TIMEOUT_MS },
        async () => {
          for (const seed of some) {
            const { violation } = await runSeed({ seed })
            const replay = `npm run simulate -- --seed ${seed}`
            expect(
              violation,
              `seed ${seed}: ${violation?.rule}: ${violation?.detail}\nreplay: ${replay}`,
            ).toBeUndefined()
          }
        },
      )
    }
  })
}
