import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Digest } from '../../../src/replica/digest.ts'
import { ReplicaMesh } from '../../support/replica-mesh.ts'
import { seededRandom } from '../../support/manual-clock.ts'

const MINUTE_MS = 60_000
const NAMES = ['ana', 'bob', 'cleo', 'dan', 'eve'] as const
const KEYS = ['a', 'b', 'c'] as const

const name = fc.constantFrom(...NAMES)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      who: name,
      key: fc.constantFrom(...KEYS),
      value: fc.jsonValue({ maxDepth: 2 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('burst' as const),
      who: name,
      size: fc.integer({ min: 60, max: 90 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('erase' as const),
      who: name,
      key: fc.constantFrom(...KEYS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('link' as const, 'unlink' as const),
      who: name,
      other: name,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), who: name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 0, max: 90_000 }),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

async function play(mesh: ReplicaMesh, steps: readonly Step[]): Promise<void> {
  for (const one of steps) {
    switch (one.kind) {
      case 'write':
        await mesh.device(one.who).replica.write('device', (root) => root.set(one.key, one.value))
        break
      case 'burst':
        for (let n = 0; n < one.size; n += 1) {
          await mesh.device(one.who).replica.write('device', (root) => root.set('burst', n))
        }
        break
      case 'erase':
        await mesh.device(one.who).replica.write('device', (root) => root.delete(one.key))
        break
      case 'link':
        if (one.who !== one.other) mesh.link(one.who, one.other)
        break
      case 'unlink':
        mesh.unlink(one.who, one.other)
        break
      case 'restart':
        await mesh.restart(one.who)
        break
      case 'wait':
        await mesh.pass(one.ms)
    }
  }
}

describe('replicas', () => {
  it('converge after any writes, restarts and cuts, over a wire that loses, repeats and reorders', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.boolean(),
        fc.array(step, { maxLength: 30 }),
        async (seed, knowsTopology, steps) => {
          const mesh = new ReplicaMesh(seed)
          mesh.knowsTopology = knowsTopology
          const chance = seededRandom(seed)
          for (const who of NAMES) await mesh.add(who)
          mesh.weather = {
            copies: () => [0, 1, 1, 1, 2][Math.floor(chance() * 5)] ?? 1,
            shuffles: true,
          }
          await play(mesh, steps)
          mesh.weather = { copies: () => 1, shuffles: true }
          for (const [i, who] of NAMES.entries()) if (i > 0) mesh.link(NAMES[i - 1] ?? who, who)
          await mesh.pass(5 * MINUTE_MS)
          const replicas = NAMES.map((who) => mesh.device(who).replica)
          for (const author of NAMES) {
            const own = mesh.device(author)
            for (const replica of replicas) {
              expect(replica.read(own.id, 'device')).toEqual(own.replica.read(own.id, 'device'))
            }
          }
          const roots = replicas.map((replica) =>
            Buffer.from(new Digest(replica.documents()).root).toString('hex'),
          )
          expect(new Set(roots).size).toBe(1)
          for (const replica of replicas) {
            expect(replica.forks()).toEqual([])
            // An honest burst may be refused for its rate; it is asked for instead.
            expect(replica.quarantined().filter(({ code }) => code !== 'RATE_LIMITED')).toEqual([])
          }
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)
})
