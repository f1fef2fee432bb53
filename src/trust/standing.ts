import type { DeviceId } from '../identity/device-id.ts'
import { RANK, type Role } from './role.ts'
import { ADMISSION_MS } from './trust-limits.ts'
import type { TrustGraph, View } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'
import type { InviteId, TrustOperation } from './trust-operation.ts'

/** Why a record in the log has no effect. The last three concern only admissions that cite an invite. */
export type Strike = 'filtered' | 'closed' | 'cancelled' | 'used'
/** Records without effect, by index. */
export type Strikes = ReadonlyMap<number, Strike>
export const NO_STRIKES: Strikes = new Map()

/** Part of a log, as some record or we ourselves see it. */
export interface Perspective {
  readonly graph: TrustGraph
  readonly index: TrustIndex
  readonly view: View
  readonly strikes: Strikes
}

/** What a device is, as seen from a perspective. `record` is the index of the record that made it so. */
export type Standing =
  | {
      readonly status: 'member'
      readonly role: Role
      readonly until: number | null
      readonly record: number
    }
  | { readonly status: 'revoked' | 'left' | 'review'; readonly record: number }
  | { readonly status: 'unknown' }

export type InviteStanding =
  | {
      readonly status: 'open' | 'cancelled' | 'closed'
      readonly record: number
      readonly operation: InviteOperation
    }
  | { readonly status: 'unknown' }
type InviteOperation = Extract<TrustOperation, { kind: 'invite' }>

const UNKNOWN = { status: 'unknown' } as const

/** The records about a device that have effect from a perspective, each list ascending. */
interface Dossier {
  readonly admissions: readonly number[]
  /** Admissions that every removal had been seen by. */
  readonly live: readonly number[]
  /** Live admissions and the role changes after them. */
  readonly grants: readonly number[]
  /** Admissions whose invite turned out not to hold, and that no removal has overtaken. */
  readonly waiting: readonly number[]
  readonly removals: readonly number[]
}

/**
 * A device is a member while it has an admission that had seen every removal of it: a removal that is
 * concurrent with an admission wins. Of concurrent roles the lowest wins.
 */
export function standingOf(at: Perspective, device: DeviceId): Standing {
  const { graph } = at
  if (at.index.grants.get(device).length === 0) return UNKNOWN
  const { admissions, live, grants, waiting, removals } = dossierOf(at, device)
  if (live.length > 0) return memberStanding(at, device, live, grants)
  const pardoned = graph.joinPasts(newest(graph, admissions))
  const revocations = removals.filter(
    (removal) =>
      graph.record(removal).operation.kind === 'revoke' && !graph.isIn(removal, pardoned),
  )
  if (revocations.length > 0)
    return { status: 'revoked', record: first(graph, newest(graph, revocations)) }
  if (waiting.length > 0) return { status: 'review', record: first(graph, newest(graph, waiting)) }
  if (removals.length > 0) return { status: 'left', record: first(graph, newest(graph, removals)) }
  return UNKNOWN
}

/** The grants that make the device the member that it is; if only renewals keep it one at `timeMs`, those too. */
export function grantsBehind(at: Perspective, device: DeviceId, timeMs: number): number[] {
  const { live, grants } = dossierOf(at, device)
  if (live.length === 0) return []
  const behind = [...newest(at.graph, live), ...newest(at.graph, grants)]
  const isLasting = grants.some((grant) => {
    const role = roleGiven(at, grant)
    return role === 'owner' || role === 'guest' || endGiven(at, grant) > timeMs
  })
  return isLasting ? behind : [...behind, ...renewalsOf(at, device, live)]
}

function dossierOf(at: Perspective, device: DeviceId): Dossier {
  const { graph, index } = at
  const removals = index.removals.get(device).filter((record) => isEffective(at, record))
  const newestRemovals = newest(graph, removals)
  const survives = (admission: number) =>
    newestRemovals.every((removal) => graph.isAncestor(removal, admission))
  const admissions: number[] = []
  const changes: number[] = []
  const waiting: number[] = []
  for (const grant of index.grants.get(device)) {
    if (!graph.isIn(grant, at.view)) continue
    const strike = at.strikes.get(grant)
    if (strike === 'filtered') continue
    if (strike !== undefined) waiting.push(grant)
    else if (graph.record(grant).operation.kind === 'role') changes.push(grant)
    else admissions.push(grant)
  }
  const live = admissions.filter(survives)
  const beginnings = oldest(graph, live)
  const isAfterLive = (record: number) =>
    beginnings.some((admission) => graph.isAncestor(admission, record))
  const grants = [...live, ...changes.filter(isAfterLive)].sort((a, b) => a - b)
  return { admissions, live, grants, waiting: waiting.filter(survives), removals }
}

/** The invite's first record counts; of concurrent ones with the same key, the one with the lowest id. */
export function inviteStandingOf(at: Perspective, id: InviteId): InviteStanding {
  const { graph, index } = at
  const records = index.invites.get(id).filter((record) => isEffective(at, record))
  if (records.length === 0) return UNKNOWN
  const record = first(graph, oldest(graph, records))
  const { author, operation } = graph.record(record)
  if (operation.kind !== 'invite') return UNKNOWN
  if (index.cancels.get(id).some((cancel) => isEffective(at, cancel)))
    return { status: 'cancelled', record, operation }
  const inviter = standingOf(at, author)
  const stands = inviter.status === 'member' && RANK[inviter.role] >= RANK[giverOf(operation.role)]
  return { status: stands ? 'open' : 'closed', record, operation }
}

/** Devices whose admissions by this invite have effect. */
export function usersOf(at: Perspective, id: InviteId): Set<DeviceId> {
  const users = new Set<DeviceId>()
  for (const record of at.index.citing.get(id)) {
    const { operation } = at.graph.record(record)
    if (operation.kind === 'admit' && isEffective(at, record)) users.add(operation.device)
  }
  return users
}

/** The lowest role that may give `role` and act on those who have it. */
export function giverOf(role: Role): Role {
  return RANK[role] < RANK.admin ? 'admin' : 'owner'
}

export function isEffective(at: Perspective, record: number): boolean {
  return at.graph.isIn(record, at.view) && !at.strikes.has(record)
}

/** Those that none of the others had seen. `records` are ascending, as everywhere. */
function oldest(graph: TrustGraph, records: readonly number[]): readonly number[] {
  if (records.length < 2) return records
  const kept: number[] = []
  for (const record of records) {
    if (!kept.some((other) => graph.isAncestor(other, record))) kept.push(record)
  }
  return kept
}

/** Those that none of the others has seen. */
export function newest(graph: TrustGraph, records: readonly number[]): readonly number[] {
  if (records.length < 2) return records
  const kept: number[] = []
  for (const record of records.toReversed()) {
    if (!kept.some((other) => graph.isAncestor(record, other))) kept.push(record)
  }
  return kept
}

/** Lowest id: arbitrary, but the same everywhere. */
function first(graph: TrustGraph, records: readonly number[]): number {
  return records.reduce((best, record) =>
    graph.record(record).id < graph.record(best).id ? record : best,
  )
}

function memberStanding(
  at: Perspective,
  device: DeviceId,
  live: readonly number[],
  grants: readonly number[],
): Standing {
  const { graph } = at
  const deciding = newest(graph, grants)
  const lowest = Math.min(...deciding.map((grant) => RANK[roleGiven(at, grant)]))
  const winner = first(
    graph,
    deciding.filter((grant) => RANK[roleGiven(at, grant)] === lowest),
  )
  const role = roleGiven(at, winner)
  const record = first(graph, newest(graph, live))
  if (role === 'owner') return { status: 'member', role, until: null, record }
  if (role === 'guest') return { status: 'member', role, until: endGiven(at, winner), record }
  const renewed = renewalsOf(at, device, live)
  const ends = [...grants.filter((grant) => isBetween(roleGiven(at, grant))), ...renewed]
  const until = ends.reduce((latest, grant) => Math.max(latest, endGiven(at, grant)), 0)
  return { status: 'member', role, until, record }
}

function renewalsOf(at: Perspective, device: DeviceId, live: readonly number[]): readonly number[] {
  const beginnings = oldest(at.graph, live)
  return at.index.renewals
    .get(device)
    .filter(
      (renewal) =>
        isEffective(at, renewal) &&
        beginnings.some((admission) => at.graph.isAncestor(admission, renewal)),
    )
}

/** Whether the role's admission has an end that renewals move. */
function isBetween(role: Role): boolean {
  return role !== 'owner' && role !== 'guest'
}

function roleGiven(at: Perspective, grant: number): Role {
  const { operation } = at.graph.record(grant)
  return operation.kind === 'admit' || operation.kind === 'role' ? operation.role : 'owner'
}

function endGiven(at: Perspective, grant: number): number {
  const { operation, timeMs } = at.graph.record(grant)
  if (operation.kind === 'admit' || operation.kind === 'renew') return operation.until
  return (operation.kind === 'role' ? operation.until : undefined) ?? timeMs + ADMISSION_MS
}
