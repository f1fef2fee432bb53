import {
  grantsBehind,
  inviteStandingOf,
  NO_STRIKES,
  standingOf,
  type Perspective,
  type Strikes,
} from './standing.ts'
import type { TrustGraph, View } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'
import { lackOfRight } from './trust-rules.ts'

/**
 * What a record's right rests on: the record itself, what made its author what it was, what made those authors
 * what they were, and so on to the genesis. A few records in practice; a function of the record's past alone.
 */
export class Support {
  readonly #graph: TrustGraph
  readonly #index: TrustIndex
  readonly #strikesIn: (view: View) => Strikes
  /** One step down. Kept, as it never changes. */
  readonly #direct = new Map<number, readonly number[]>()
  /**
   * Records whose right rests on verdicts: had nothing been struck in their past, they would have none. Like the
   * acts of a device after a removal of it that had no effect.
   */
  readonly reprieved = new Set<number>()

  constructor(graph: TrustGraph, index: TrustIndex, strikesIn: (view: View) => Strikes) {
    this.#graph = graph
    this.#index = index
    this.#strikesIn = strikesIn
  }

  /** Takes note of the graph's newest record. */
  add(record: number): void {
    const act = this.#graph.record(record)
    if (act.operation.kind === 'genesis') return
    const past = this.#pastOf(record, NO_STRIKES)
    if (lackOfRight(past, act) !== undefined) this.reprieved.add(record)
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
    const past = this.#pastOf(
      record,
      this.reprieved.has(record) ? this.#strikesIn(this.#graph.past(record)) : NO_STRIKES,
    )
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

  #pastOf(record: number, strikes: Strikes): Perspective {
    return { graph: this.#graph, index: this.#index, view: this.#graph.past(record), strikes }
  }
}
