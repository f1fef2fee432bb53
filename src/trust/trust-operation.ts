import type { DeviceId } from '../identity/device-id.ts'
import type { Role } from './role.ts'

export type { Role } from './role.ts'

/** Hex of the invite's public key, which is derived from the secret in its ticket. */
export type InviteId = string

/** What a trust record says. Times are in ms since 1970 by the author's clock. */
export type TrustOperation =
  /** Signed by the network's own key, which is forgotten afterwards. */
  | {
      readonly kind: 'genesis'
      readonly name: string
      readonly owner: DeviceId
      readonly ownerName: string
    }
  /** `until` is ignored for owners: their admission has no end. */
  | {
      readonly kind: 'admit'
      readonly device: DeviceId
      readonly role: Role
      readonly until: number
      readonly name: string
      readonly invite?: InviteId
    }
  /** `until` is needed for guests and defaults to `ADMISSION_MS` from the record's time for others. */
  | {
      readonly kind: 'role'
      readonly device: DeviceId
      readonly role: Role
      readonly until?: number
    }
  | { readonly kind: 'revoke'; readonly device: DeviceId; readonly reason: string }
  | { readonly kind: 'leave' }
  | {
      readonly kind: 'invite'
      readonly id: InviteId
      readonly role: Role
      readonly expiresAt: number
      readonly uses: number
      readonly approve: boolean
      readonly guestUntil?: number
    }
  | { readonly kind: 'cancel'; readonly invite: InviteId }
  | { readonly kind: 'renew'; readonly devices: readonly DeviceId[]; readonly until: number }
  | { readonly kind: 'rename'; readonly name: string }
  /** A new group key: only the SHA-256 of it is public. */
  | { readonly kind: 'rekey'; readonly commitment: Uint8Array }
  /** Written by a newer version; kept and forwarded, without effect here. */
  | { readonly kind: 'unknown' }
