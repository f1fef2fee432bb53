import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Digest } from '../../../src/replica/digest.ts'
import type { Envelope } from '../../../src/replica/envelope.ts'
import { ForeignAuthor } from '../../support/foreign-author.ts'
import { seededRandom } from '../../support/manual-clock.ts'
import { namedKey, ReplicaMesh } from '../../support/replica-mesh.ts'

const MINUTE_MS = 60_000
const NAMES = ['ana', 'bob', 'cleo', 'dan'] as const

/** A tree of histories instead of a line: branches start at random places of other branches. */
function histories(chance: () => number, branches: number, steps: number): Envelope[][] {
  const author = new ForeignAuthor(namedKey('mallory'))
  const pick = (max: number): number => Math.floor(chance() * max)
  const all: Envelope[][] = []
  const places: { seq: number; prev: string; clock: number; path: readonly Envelope[] }[] = [
    { seq: 0, prev: author.prev, clock: 0, path: [] },
  ]
  for (let branch = 0; branch < branches; branch += 1) {
    const start = places[pick(places.length)]
    if (start === undefined) continue
    Object.assign(author, { seq: start.seq, prev: start.prev, clock: start.clock })
    const path = [...start.path]
    for (let n = 0; n < 1 + pick(steps); n += 1) {
      path.push(chance() < 0.2 ? author.snapshot(pick(60)) : author.next(pick(60)))
      places.push({ seq: author.seq, prev: author.prev, clock: author.clock, path: [...path] })
    }
    all.push(path)
  }
  return all
}

describe('an author that writes several histories', () => {
  it('is seen alike by all in the end, and nobody else is harmed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 2, max: 5 }), async (seed, branches) => {
        const chance = seededRandom(seed)
        const mesh = new ReplicaMesh(seed)
        for (const name of NAMES) await mesh.add(name)
        const mallory = namedKey('mallory').id
        mesh.standings.set(mallory, { isMember: true, role: 'member' })
        const paths = histories(chance, branches, 12)
        for (const name of NAMES) {
          await mesh.device(name).replica.write('device', (root) => root.set('name', name))
          for (const path of paths) {
            if (chance() < 0.5) continue
            const envelopes = path.slice(chance() < 0.3 ? Math.floor(chance() * path.length) : 0)
            await mesh.device(name).replica.ingest(
              envelopes.map(({ bytes }) => bytes),
              { from: mallory, isSolicited: true },
            )
          }
        }
        for (const [i, name] of NAMES.entries()) if (i > 0) mesh.link(NAMES[i - 1] ?? name, name)
        await mesh.pass(10 * MINUTE_MS)
        const replicas = NAMES.map((name) => mesh.device(name).replica)
        const id = { author: mallory, document: 'device' }
        const seen = replicas.map((replica) => {
          const head = replica.head(id)
          return JSON.stringify([
            head?.seq,
            head?.hash,
            head?.forkSeq,
            replica.read(mallory, 'device'),
          ])
        })
        expect(new Set(seen).size).toBe(1)
        expect(
          new Set(
            replicas.map((replica) =>
              Buffer.from(new Digest(replica.documents()).root).toString('hex'),
            ),
          ).size,
        ).toBe(1)
        for (const replica of replicas) {
          for (const name of NAMES)
            expect(replica.read(namedKey(name).id, 'device')).toEqual({ name })
        }
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})
