import type { DeviceId } from '../identity/device-id.ts'
import type { NetworkId } from '../identity/network-id.ts'
import type { Role } from './role.ts'
import type { InviteId } from './trust-operation.ts'
import type { RecordId } from './trust-record.ts'

/** An admitted device. Whether the admission has ended is a question of time: ask `can` or `isStanding`. */
export interface Member {
  readonly device: DeviceId
  readonly role: Role
  /** Stated time of the admission. */
  readonly since: number
  /** End of the admission; null for owners. */
  readonly until: number | null
  readonly admittedBy: DeviceId
  /** As given when it was admitted. */
  readonly name: string
  /** The invite that was shown; null when admitted by hand. */
  readonly invite: InviteId | null
  /** The admission's record. */
  readonly recordId: RecordId
}

/** Admitted with an invite that turned out not to hold; no member until an admin admits it by hand. */
export interface Review {
  readonly device: DeviceId
  readonly role: Role
  readonly at: number
  readonly admittedBy: DeviceId
  readonly name: string
  readonly invite: InviteId
  readonly recordId: RecordId
  /** `used`: beyond its uses in a partition. `closed`: its author was removed meanwhile. `cancelled`: meanwhile. */
  readonly reason: 'used' | 'closed' | 'cancelled'
}

export interface Revocation {
  readonly device: DeviceId
  readonly recordId: RecordId
  readonly by: DeviceId
  readonly at: number
  readonly reason: string
  /** As it was known when it was admitted. */
  readonly name: string
}

export interface Departure {
  readonly device: DeviceId
  readonly recordId: RecordId
  readonly at: number
  readonly name: string
}

export interface Invite {
  readonly id: InviteId
  readonly role: Role
  readonly by: DeviceId
  readonly createdAt: number
  readonly expiresAt: number
  readonly uses: number
  /** Devices that stand admitted, or wait for review, by this invite. */
  readonly used: number
  readonly approve: boolean
  readonly guestUntil: number | null
  readonly recordId: RecordId
  /** Without regard to time: see `inviteStatus`. `closed`: its author no longer has the rank it needs. */
  readonly status: 'open' | 'used' | 'cancelled' | 'closed'
}

/** A generation of the group key. */
export interface Epoch {
  readonly recordId: RecordId
  readonly commitment: Uint8Array
  readonly by: DeviceId
  readonly at: number
}

/** Proof that an author wrote two histories: a restored backup, a cloned disk, or malice. */
export interface Fork {
  readonly author: DeviceId
  readonly seq: number
  readonly records: readonly RecordId[]
}

/** What a set of trust records means. A pure function of the set: the order of arrival leaves no trace. */
export interface TrustState {
  readonly networkId: NetworkId
  /** Empty until the genesis is known. */
  readonly name: string
  readonly createdAt: number
  readonly members: ReadonlyMap<DeviceId, Member>
  readonly reviews: ReadonlyMap<DeviceId, Review>
  readonly revocations: ReadonlyMap<DeviceId, Revocation>
  readonly left: ReadonlyMap<DeviceId, Departure>
  readonly invites: ReadonlyMap<InviteId, Invite>
  /** Oldest first; the last one is current. */
  readonly epochs: readonly Epoch[]
  readonly forks: readonly Fork[]
}

export function emptyState(networkId: NetworkId): TrustState {
  return {
    networkId,
    name: '',
    createdAt: 0,
    members: new Map(),
    reviews: new Map(),
    revocations: new Map(),
    left: new Map(),
    invites: new Map(),
    epochs: [],
    forks: [],
  }
}

/** Whether the device is a member whose admission has not ended. */
export function isStanding(state: TrustState, device: DeviceId, nowMs: number): boolean {
  const member = state.members.get(device)
  return member !== undefined && (member.until === null || nowMs < member.until)
}

export function inviteStatus(invite: Invite, nowMs: number): Invite['status'] | 'expired' {
  return invite.status === 'open' && nowMs >= invite.expiresAt ? 'expired' : invite.status
}
