import type { DeviceId } from '../identity/device-id.ts'
import { RANK } from './role.ts'
import { giverOf } from './standing.ts'
import type { TrustGraph, View } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'

/**
 * Which records would deprive which others of their effect, if they stood. Striker and struck are concurrent, and
 * - the striker removes or demotes the author of the struck record, or
 * - it removes or demotes the author of the invite that the struck admission cites, or
 * - it cancels that invite.
 * (Admissions that compete for an invite's last use are the fourth kind; see `UseOrder`.)
 *
 * Nearly all records strike nothing. Those that do are remembered here; their victims are looked up when asked,
 * because a liar can make many of both.
 */
export class Contests {
  readonly #graph: TrustGraph
  readonly #index: TrustIndex
  readonly #strikers = new Set<number>()

  constructor(graph: TrustGraph, index: TrustIndex) {
    this.#graph = graph
    this.#index = index
  }

  get isEmpty(): boolean {
    return this.#strikers.size === 0
  }

  /** Takes note of the graph's newest record. True if it strikes another one, or another one strikes it. */
  add(at: number): boolean {
    let isContested = false
    for (const removal of this.#removalsAgainst(at)) {
      if (!this.#graph.isConcurrent(removal, at)) continue
      this.#strikers.add(removal)
      isContested = true
    }
    if (this.#hasVictim(at, () => true)) {
      this.#strikers.add(at)
      isContested = true
    }
    return isContested
  }

  /** The records in the view that strike another one in the view. */
  strikersIn(view: View): number[] {
    const isInView = (record: number) => this.#graph.isIn(record, view)
    return [...this.#strikers].filter(
      (striker) => isInView(striker) && this.#hasVictim(striker, isInView),
    )
  }

  /** Removals of the author, and for an admission with an invite the invite's cancels and the inviter's removals. */
  #removalsAgainst(at: number): number[] {
    const { author, operation } = this.#graph.record(at)
    const against = this.#removalsOf(author)
    if (operation.kind !== 'admit' || operation.invite === undefined) return against
    const inviters = new Set(invitersSeen(this.#graph, this.#index, at))
    const closing = [...inviters]
      .flatMap((inviter) => this.#removalsOf(inviter))
      .filter((removal) => closesInvite(this.#graph, this.#index, removal, at))
    return [...against, ...this.#index.cancels.get(operation.invite), ...closing]
  }

  #removalsOf(device: DeviceId): number[] {
    const isDemotion = (grant: number) => subjectRemoved(this.#graph, grant) !== undefined
    return [
      ...this.#index.removals.get(device),
      ...this.#index.grants.get(device).filter(isDemotion),
    ]
  }

  /** All that the striker deprives of its effect if it stands, and for role changes perhaps more. */
  *victimsOf(striker: number): Iterable<number> {
    for (const record of this.#mentionedBy(striker))
      if (this.#graph.isConcurrent(striker, record)) yield record
  }

  *#mentionedBy(striker: number): Iterable<number> {
    const { operation } = this.#graph.record(striker)
    if (operation.kind === 'cancel') yield* this.#index.citing.get(operation.invite)
    const removed = subjectRemoved(this.#graph, striker)
    if (removed === undefined) return
    yield* this.#index.byAuthor.get(removed)
    for (const invite of this.#index.invitesBy.get(removed) ?? []) {
      for (const admission of this.#index.citing.get(invite)) {
        if (closesInvite(this.#graph, this.#index, striker, admission)) yield admission
      }
    }
  }

  #hasVictim(striker: number, isCounted: (record: number) => boolean): boolean {
    for (const victim of this.victimsOf(striker)) if (isCounted(victim)) return true
    return false
  }
}

/** The device that a revocation, a departure or a role change below owner takes something from. */
export function subjectRemoved(graph: TrustGraph, at: number): DeviceId | undefined {
  const { author, operation } = graph.record(at)
  if (operation.kind === 'revoke') return operation.device
  if (operation.kind === 'leave') return author
  return operation.kind === 'role' && operation.role !== 'owner' ? operation.device : undefined
}

/** Authors of the invite that the admission cites; more than one if several devices used the same key. */
export function invitersSeen(graph: TrustGraph, index: TrustIndex, admission: number): DeviceId[] {
  const { operation } = graph.record(admission)
  if (operation.kind !== 'admit' || operation.invite === undefined) return []
  return index.invites
    .get(operation.invite)
    .filter((invite) => graph.isAncestor(invite, admission))
    .map((invite) => graph.record(invite).author)
}

/** Whether the removal takes what the author of the cited invite needs. Depends on what `admission` had seen only. */
export function closesInvite(
  graph: TrustGraph,
  index: TrustIndex,
  removal: number,
  admission: number,
): boolean {
  const admit = graph.record(admission).operation
  if (admit.kind !== 'admit' || admit.invite === undefined) return false
  const change = graph.record(removal).operation
  return index.invites.get(admit.invite).some((record) => {
    const { author, operation } = graph.record(record)
    if (!graph.isAncestor(record, admission) || author !== subjectRemoved(graph, removal))
      return false
    return (
      change.kind !== 'role' ||
      (operation.kind === 'invite' && RANK[change.role] < RANK[giverOf(operation.role)])
    )
  })
}

/**
 * Whether `record` is or rests on a second history of the device that `removal` removes: one that contradicts
 * what the remover had seen of it. Such a record is no threat to the removal. Without this rule a stolen
 * device could rewrite its past as if it had removed its removers long ago.
 */
export function isSecondHistory(
  graph: TrustGraph,
  index: TrustIndex,
  record: number,
  removal: number,
): boolean {
  const removed = subjectRemoved(graph, removal)
  const forks = removed === undefined ? [] : (index.forks.get(removed) ?? [])
  return forks.some((claims) => {
    const isHidden = (claim: number) =>
      (claim === record || graph.isAncestor(claim, record)) && !graph.isAncestor(claim, removal)
    return claims.some((seen) => graph.isAncestor(seen, removal)) && claims.some(isHidden)
  })
}
