import {
  grantsBehind,
  inviteStandingOf,
  NO_STRIKES,
  standingOf,
  type Perspective,
} from './standing.ts'
import type { TrustGraph } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'

/**
 * What a record's right rests on: the record itself, what made its author what it was, what made those authors
 * what they were, and so on to the genesis. A few records in practice; a function of the record's past alone.
 */
export class Support {
  readonly #graph: TrustGraph
  readonly #index: TrustIndex
  /** One step down. Kept, as it never changes. */
  readonly #direct = new Map<number, readonly number[]>()

  constructor(graph: TrustGraph, index: TrustIndex) {
    this.#graph = graph
    this.#index = index
  }

  of(record: number): ReadonlySet<number> {
    const support = new Set([record])
    for (const supporter of support) for (const next of this.#directOf(supporter)) support.add(next)
    return support
  }

  #directOf(record: number): readonly number[] {
    const known = this.#direct.get(record)
    if (known !== undefined) return known
    const direct = this.#find(record)
    this.#direct.set(record, direct)
    return direct
  }

  #find(record: number): number[] {
    const act = this.#graph.record(record)
    const { author, operation, timeMs } = act
    if (operation.kind === 'genesis') return []
    const past: Perspective = {
      graph: this.#graph,
      index: this.#index,
      view: this.#graph.past(record),
      strikes: NO_STRIKES,
    }
    const found = grantsBehind(past, author, timeMs)
    const standing = standingOf(past, author)
    const isOwner = standing.status === 'member' && standing.role === 'owner'
    // What an admin may do to a device depends on who lowered that device's rank.
    if (!isOwner && 'device' in operation)
      found.push(...grantsBehind(past, operation.device, timeMs))
    if (operation.kind === 'admit' && operation.invite !== undefined) {
      const invite = inviteStandingOf(past, operation.invite)
      if (invite.status !== 'unknown') {
        found.push(
          invite.record,
          ...grantsBehind(past, this.#graph.record(invite.record).author, timeMs),
        )
      }
    }
    return found
  }
}
