import type { Topology } from '../node/api/contract/mesh.ts'

type Link = Topology['links'][number]

/** A link, once: what both of its ends say of it. */
export interface LinkPair extends Pick<Link, 'kind' | 'rttMs' | 'loss' | 'at' | 'isStale'> {
  readonly one: string
  readonly other: string
  /** The only end that says so, or null when both do: a link that one end does not see is worth a look. */
  readonly onlySaidBy: string | null
}

/** Merges the statements of both ends, the newer one first, in an order that does not depend on who spoke last. */
export function linkPairs(links: readonly Link[]): LinkPair[] {
  const byPair = Map.groupBy(links, ({ from, to }) => [from, to].toSorted().join(' '))
  const pairs = [...byPair.entries()].map(([key, said]): LinkPair => {
    const newest = said.reduce((best, link) => (isBetter(link, best) ? link : best))
    const [one = newest.from, other = newest.to] = key.split(' ')
    const isBoth = new Set(said.map((link) => link.from)).size > 1
    const { kind, rttMs, loss, at, isStale } = newest
    return { one, other, kind, rttMs, loss, at, isStale, onlySaidBy: isBoth ? null : newest.from }
  })
  return pairs.toSorted((a, b) => compare(a.one, b.one) || compare(a.other, b.other))
}

function isBetter(link: Link, than: Link): boolean {
  if (link.isStale !== than.isStale) return than.isStale
  return link.at > than.at
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
