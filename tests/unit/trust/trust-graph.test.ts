import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TrustGraph } from '../../../src/trust/trust-graph.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'

function node(name: string, heads: readonly string[]): TrustRecord {
  return {
    id: name,
    network: 'n',
    author: 'a',
    seq: 1,
    prev: null,
    heads,
    timeMs: 0,
    operation: { kind: 'leave' },
    bytes: new Uint8Array(0),
  }
}

/** For each node the earlier ones that it names. */
const shape = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 60 })

describe('a trust graph', () => {
  it('needs one lane for a history without gaps, whoever wrote it', () => {
    const graph = new TrustGraph()
    for (let n = 0; n < 100; n++) graph.add(node(`${n}`, n === 0 ? [] : [`${n - 1}`]))
    expect(graph.lanes).toBe(1)
  })

  it('uses a lane again after a partition has healed', () => {
    const graph = new TrustGraph()
    graph.add(node('0', []))
    let last = '0'
    for (let n = 1; n <= 50; n++) {
      graph.add(node(`left ${n}`, [last]))
      graph.add(node(`right ${n}`, [last]))
      last = `healed ${n}`
      graph.add(node(last, [`left ${n}`, `right ${n}`]))
    }
    expect(graph.lanes).toBe(2)
  })

  it('lists as frontier what nobody has seen', () => {
    const graph = new TrustGraph()
    for (const [name, heads] of [
      ['a', []],
      ['b', ['a']],
      ['c', ['a']],
      ['d', ['c']],
    ] as const)
      graph.add(node(name, heads))
    expect(graph.frontier()).toEqual(['b', 'd'])
  })

  it('names the predecessors that are missing', () => {
    const graph = new TrustGraph()
    graph.add(node('a', []))
    expect(graph.missingParents(node('c', ['a', 'b']))).toEqual(['b'])
  })

  it('knows ancestors as following every edge would find them', () => {
    fc.assert(
      fc.property(shape, (edges) => {
        const graph = new TrustGraph()
        const ancestors: Set<number>[] = []
        edges.forEach((targets, at) => {
          const parents = at === 0 ? [] : [...new Set(targets.map((target) => target % at))]
          graph.add(node(`${at}`, parents.map(String)))
          ancestors.push(
            new Set(parents.flatMap((parent) => [parent, ...(ancestors[parent] ?? [])])),
          )
        })
        for (let b = 0; b < edges.length; b++) {
          const past = graph.past(b)
          for (let a = 0; a < edges.length; a++) {
            const isAncestor = ancestors[b]?.has(a) === true
            expect(graph.isAncestor(a, b)).toBe(isAncestor)
            expect(graph.isIn(a, past)).toBe(isAncestor)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
