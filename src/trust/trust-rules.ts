import type { DeviceId } from '../identity/device-id.ts'
import { RANK, type Role } from './role.ts'
import {
  giverOf,
  inviteStandingOf,
  standingOf,
  usersOf,
  type Perspective,
  type Standing,
} from './standing.ts'
import type { Refusal, TrustErrorCode } from './trust-error.ts'
import { ADMISSION_MAX_MS, GUEST_MAX_MS, INVITE_MAX_MS } from './trust-limits.ts'
import type { InviteId, TrustOperation } from './trust-operation.ts'
import type { TrustRecord } from './trust-record.ts'

/** What the rules need of a record, which may not be sealed yet. */
export type Act = Pick<TrustRecord, 'author' | 'timeMs' | 'operation'>

/**
 * Whether the author had the right to it, judged by what the author had seen (`at.view` is the record's past).
 * Asked once when a record arrives, and again when records in its past turn out to have no effect.
 */
export function lackOfRight(at: Perspective, act: Act): Refusal | undefined {
  const { author, operation, timeMs } = act
  const standing = standingOf(at, author)
  if (standing.status !== 'member')
    return refusal('NOT_MEMBER', `${author} was no member (${standing.status})`)
  if (operation.kind === 'leave') return lackOfSuccessor(at, author, standing.role, undefined)
  if (standing.until !== null && timeMs >= standing.until) {
    return refusal('EXPIRED', `the admission of ${author} had ended`)
  }
  const needed = roleNeeded(at, act)
  if (RANK[standing.role] < RANK[needed]) {
    return refusal(
      'NOT_PERMITTED',
      `a ${standing.role} may not do this (${operation.kind}): it takes an ${needed}`,
    )
  }
  if (operation.kind === 'role') {
    const subject = standingOf(at, operation.device)
    if (subject.status === 'member')
      return lackOfSuccessor(at, operation.device, subject.role, operation.role)
  }
  return operation.kind === 'admit' ? lackOfInvite(at, operation, timeMs) : undefined
}

/**
 * The lowest role that may do it. Acts on admins and owners, and pardons, take an owner. So does whatever touches
 * an invite for admins and owners: else an admin could cancel or use up the invite by which an owner joined.
 */
export function roleNeeded(at: Perspective, { operation }: Act): Role {
  switch (operation.kind) {
    case 'leave':
      return 'guest'
    case 'admit':
    case 'role':
    case 'revoke': {
      const subject = standingOf(at, operation.device)
      if (subject.status === 'revoked' && operation.kind === 'admit') return 'owner'
      const role = operation.kind === 'revoke' ? 'guest' : operation.role
      const highest = [role]
      if (subject.status === 'member') highest.push(subject.role)
      if (operation.kind === 'admit' && operation.invite !== undefined) {
        highest.push(ceilingOf(at, operation.invite))
      }
      return giverOf(highest.reduce((a, b) => (RANK[a] < RANK[b] ? b : a)))
    }
    case 'invite':
      return giverOf(operation.role)
    case 'cancel':
      return giverOf(ceilingOf(at, operation.invite))
    default:
      return 'admin'
  }
}

function ceilingOf(at: Perspective, id: InviteId): Role {
  const invite = inviteStandingOf(at, id)
  return invite.status === 'unknown' ? 'guest' : invite.operation.role
}

/** Whether the operation makes sense after what the author had seen. Asked once, when a record arrives. */
export function misfit(at: Perspective, act: Act): Refusal | undefined {
  const { author, operation, timeMs } = act
  switch (operation.kind) {
    case 'admit':
      return misfitOfAdmission(standingOf(at, operation.device), operation, timeMs)
    case 'role': {
      if (standingOf(at, operation.device).status !== 'member')
        return unknownDevice(operation.device)
      if (operation.role === 'owner') return undefined
      if (operation.until === undefined) {
        return operation.role === 'guest'
          ? refusal('BAD_OPERATION', 'a guest needs an end date')
          : undefined
      }
      return misfitOfEnd(operation.until, timeMs, endMax(operation.role))
    }
    case 'revoke': {
      if (operation.device === author)
        return refusal('BAD_OPERATION', 'a device leaves; it does not revoke itself')
      const { status } = standingOf(at, operation.device)
      if (status === 'revoked') return refusal('REVOKED', `${operation.device} is revoked already`)
      return status === 'member' || status === 'review'
        ? undefined
        : unknownDevice(operation.device)
    }
    case 'invite': {
      if (inviteStandingOf(at, operation.id).status !== 'unknown') {
        return refusal('INVITE_EXISTS', 'there is an invite with this key already')
      }
      if (operation.guestUntil !== undefined) {
        const wrong = misfitOfEnd(operation.guestUntil, timeMs, GUEST_MAX_MS)
        if (wrong !== undefined) return wrong
      }
      return misfitOfEnd(operation.expiresAt, timeMs, INVITE_MAX_MS)
    }
    case 'cancel':
      return inviteStandingOf(at, operation.invite).status === 'unknown'
        ? refusal('INVITE_UNKNOWN', 'there is no such invite')
        : undefined
    case 'renew':
      return misfitOfEnd(operation.until, timeMs, ADMISSION_MAX_MS)
    default:
      return undefined
  }
}

/** Nobody may be the last owner to go by own choice or by demotion: nobody could ever make another one. */
function lackOfSuccessor(
  at: Perspective,
  device: DeviceId,
  role: Role,
  next: Role | undefined,
): Refusal | undefined {
  if (role !== 'owner' || next === 'owner') return undefined
  for (const other of at.index.owners) {
    if (other === device) continue
    const standing = standingOf(at, other)
    if (standing.status === 'member' && standing.role === 'owner') return undefined
  }
  return refusal('LAST_OWNER', 'the last owner can neither leave nor become anything else')
}

function lackOfInvite(
  at: Perspective,
  operation: Extract<TrustOperation, { kind: 'admit' }>,
  timeMs: number,
): Refusal | undefined {
  if (operation.invite === undefined) return undefined
  const invite = inviteStandingOf(at, operation.invite)
  if (invite.status === 'unknown') return refusal('INVITE_UNKNOWN', 'there is no such invite')
  if (invite.status === 'cancelled') return refusal('INVITE_CANCELLED', 'the invite was cancelled')
  if (invite.status === 'closed')
    return refusal('INVITE_CLOSED', 'the author of the invite may not invite any more')
  const { role, expiresAt, uses, guestUntil } = invite.operation
  if (timeMs >= expiresAt) return refusal('INVITE_EXPIRED', 'the invite had expired')
  if (RANK[operation.role] > RANK[role])
    return refusal('INVITE_ROLE', `the invite is for a ${role} at most`)
  if (operation.role === 'guest' && guestUntil !== undefined && operation.until > guestUntil) {
    return refusal('INVITE_ROLE', 'the invite ends a guest’s stay earlier')
  }
  const users = usersOf(at, operation.invite)
  users.delete(operation.device)
  return users.size >= uses
    ? refusal('INVITE_USED_UP', `the invite was used ${uses} times`)
    : undefined
}

function misfitOfAdmission(
  subject: Standing,
  operation: Extract<TrustOperation, { kind: 'admit' }>,
  timeMs: number,
): Refusal | undefined {
  if (subject.status === 'member' && (subject.until === null || timeMs < subject.until)) {
    return refusal('ALREADY_MEMBER', `${operation.device} is a member already`)
  }
  if (operation.role === 'owner') return undefined
  return misfitOfEnd(operation.until, timeMs, endMax(operation.role))
}

function misfitOfEnd(end: number, timeMs: number, maxMs: number): Refusal | undefined {
  if (end > timeMs && end <= timeMs + maxMs) return undefined
  return refusal(
    'BAD_OPERATION',
    `the end has to be at most ${Math.floor(maxMs / 86_400_000)} days ahead`,
  )
}

function endMax(role: Role): number {
  return role === 'guest' ? GUEST_MAX_MS : ADMISSION_MAX_MS
}

function unknownDevice(device: DeviceId): Refusal {
  return refusal('UNKNOWN_DEVICE', `${device} is no member`)
}

function refusal(code: TrustErrorCode, detail: string): Refusal {
  return { code, detail }
}
