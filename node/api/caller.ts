import type { Role } from './contract/common.ts'
import type { Session } from './credentials.ts'

/** How a request came in. The mesh door (a libp2p stream of another device) is to come; callers of it have a role. */
export type Door =
  | { readonly kind: 'unix' }
  | { readonly kind: 'loopback'; readonly source: string }
  | {
      readonly kind: 'mesh'
      readonly network: string
      readonly device: string
      readonly role: Role
    }
export type DoorKind = Door['kind']

/**
 * The least a caller must be for a route: anybody (`public`), a member of that role, or the owner of this
 * device (`local`), who may do everything here. What the device itself may do in a network is its role's matter
 * and is decided by the trust log, not here.
 */
export type Permission = 'public' | Role | 'local'

export type Caller =
  | { readonly door: 'unix'; readonly grants: 'local' }
  | { readonly door: 'loopback'; readonly grants: 'local'; readonly session: Session }
  | { readonly door: 'loopback'; readonly grants: 'public' }
  | {
      readonly door: 'mesh'
      readonly grants: Role
      readonly network: string
      readonly device: string
    }

const RANKS: Readonly<Record<Permission, number>> = {
  public: 0,
  guest: 1,
  member: 2,
  operator: 3,
  admin: 4,
  owner: 5,
  local: 6,
}

export function permits(caller: Caller, needed: Permission): boolean {
  return RANKS[caller.grants] >= RANKS[needed]
}
