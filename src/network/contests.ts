import type { DeviceId } from '../identity/device-id.ts'
import { RANK } from './role.ts'
import { giverOf } from './standing.ts'
import type { TrustGraph } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'

/**
 * `striker` would deprive `struck` of its effect, if `striker` itself stands; the two are concurrent.
 * - `author`: the striker removes or demotes the author of the struck record
 * - `closed`: it removes or demotes the author of the invite that the struck admission cites
 * - `cancelled`: it cancels that invite
 * - `used`: it is an admission that takes the same invite's last use
 */
export interface Contest {
  readonly striker: number
  readonly struck: number
  readonly cause: 'author' | 'closed' | 'cancelled' | 'used'
}

/** The contests that the record at `index`, which is the newest in the graph, brings. Most records bring none. */
export function contestsOf(graph: TrustGraph, index: TrustIndex, at: number): Contest[] {
  const { author, operation } = graph.record(at)
  const contests: Contest[] = []
  const strike = (striker: number, struck: number, cause: Contest['cause']) => {
    if (graph.isConcurrent(striker, struck)) contests.push({ striker, struck, cause })
  }
  for (const removal of removalsOf(graph, index, author)) strike(removal, at, 'author')

  const removed = subjectRemoved(graph, at)
  if (removed !== undefined) {
    for (const act of index.byAuthor.get(removed)) strike(at, act, 'author')
    for (const invite of index.invitesBy.get(removed) ?? []) {
      for (const admission of index.citing.get(invite)) {
        if (closesInvite(graph, index, at, admission)) strike(at, admission, 'closed')
      }
    }
  }
  if (operation.kind === 'cancel') {
    for (const admission of index.citing.get(operation.invite)) strike(at, admission, 'cancelled')
  }
  if (operation.kind === 'admit' && operation.invite !== undefined) {
    for (const cancel of index.cancels.get(operation.invite)) strike(cancel, at, 'cancelled')
    for (const inviter of new Set(
      index.invites.get(operation.invite).map((i) => graph.record(i).author),
    )) {
      for (const removal of removalsOf(graph, index, inviter)) {
        if (closesInvite(graph, index, removal, at)) strike(removal, at, 'closed')
      }
    }
  }
  return contests
}

/** Revocations, departures, and role changes that leave the device below an owner. */
function removalsOf(graph: TrustGraph, index: TrustIndex, device: DeviceId): number[] {
  const demotions = index.grants
    .get(device)
    .filter((grant) => subjectRemoved(graph, grant) !== undefined)
  return [...index.removals.get(device), ...demotions]
}

/** The device that a revocation, a departure or a role change below owner takes something from. */
export function subjectRemoved(graph: TrustGraph, at: number): DeviceId | undefined {
  const { author, operation } = graph.record(at)
  if (operation.kind === 'revoke') return operation.device
  if (operation.kind === 'leave') return author
  return operation.kind === 'role' && operation.role !== 'owner' ? operation.device : undefined
}

/** Whether the removal takes what the author of the cited invite needs. Depends on what `admission` had seen only. */
function closesInvite(
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
 * Contests for the uses of an invite that more devices used than it has uses. Fewest users seen goes first, then
 * the lowest id: an admission that knew of the others never displaces them.
 */
export function contestsForUses(graph: TrustGraph, admissions: readonly number[]): Contest[] {
  const usersSeen = new Map(
    admissions.map((admission) => [admission, countUsersSeen(graph, admissions, admission)]),
  )
  const isFirst = (a: number, b: number) => {
    const difference = (usersSeen.get(a) ?? 0) - (usersSeen.get(b) ?? 0)
    return difference === 0 ? graph.record(a).id < graph.record(b).id : difference < 0
  }
  const contests: Contest[] = []
  for (const striker of admissions) {
    for (const struck of admissions) {
      if (striker === struck || deviceOf(graph, striker) === deviceOf(graph, struck)) continue
      if (isFirst(striker, struck) && graph.isConcurrent(striker, struck)) {
        contests.push({ striker, struck, cause: 'used' })
      }
    }
  }
  return contests
}

function countUsersSeen(
  graph: TrustGraph,
  admissions: readonly number[],
  admission: number,
): number {
  const seen = admissions.filter((other) => graph.isAncestor(other, admission))
  return new Set(seen.map((other) => deviceOf(graph, other))).size
}

function deviceOf(graph: TrustGraph, admission: number): DeviceId {
  const { operation } = graph.record(admission)
  return operation.kind === 'admit' ? operation.device : ''
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
