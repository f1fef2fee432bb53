import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sourceComponents } from '../../../src/trust/source-components.ts'

function sources(
  nodes: readonly number[],
  ...edges: readonly (readonly [number, number])[]
): string {
  const components = sourceComponents(nodes, (node) =>
    edges.filter(([, to]) => to === node).map(([from]) => from),
  )
  return components
    .map((component) => component.toSorted((a, b) => a - b).join(''))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(' ')
}

describe('source components', () => {
  it('of nodes that do not point at each other are all of them', () => {
    expect(sources([1, 2, 3])).toBe('1 2 3')
  })

  it('of a chain are its beginning', () => {
    expect(sources([1, 2, 3], [1, 2], [2, 3])).toBe('1')
  })

  it('of a ring are the ring', () => {
    expect(sources([1, 2, 3], [1, 2], [2, 3], [3, 1])).toBe('123')
  })

  it('of a ring with something pointing at it are that', () => {
    expect(sources([1, 2, 3, 4], [1, 2], [2, 1], [3, 1], [4, 3])).toBe('4')
  })

  it('of two rings, one after the other, are the first', () => {
    expect(sources([1, 2, 3, 4], [1, 2], [2, 1], [3, 4], [4, 3], [2, 3])).toBe('12')
  })

  it('are found in a chain of 3,000 without running out of stack', () => {
    const nodes = Array.from({ length: 3_000 }, (_, n) => n)
    expect(sourceComponents(nodes, (node) => [(node + 2_999) % 3_000])).toHaveLength(1)
  })

  it('are those that reach-ability says, in any graph', () => {
    const graph = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 20 })
    fc.assert(
      fc.property(graph, (edges) => {
        const nodes = [0, 1, 2, 3, 4, 5, 6, 7]
        const reach = nodes.map((a) =>
          nodes.map((b) => a === b || edges.some(([x, y]) => x === a && y === b)),
        )
        for (const k of nodes)
          for (const i of nodes)
            for (const j of nodes) if (reach[i]![k] && reach[k]![j]) reach[i]![j] = true
        const expected = nodes.filter((node) =>
          nodes.every((other) => !reach[other]![node] || reach[node]![other]),
        )
        const found = sourceComponents(nodes, (node) =>
          edges.filter(([, to]) => to === node).map(([from]) => from),
        )
        expect(found.flat().toSorted((a, b) => a - b)).toEqual(expected)
      }),
    )
  })
})
