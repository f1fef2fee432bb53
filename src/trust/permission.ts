import type { DeviceId } from '../identity/device-id.ts'
import type { Role } from './role.ts'
import { isStanding, type TrustState } from './trust-state.ts'

export type Permission =
  | 'device:view'
  | 'device:annotate'
  | 'device:admit'
  | 'device:revoke'
  | 'device:renew'
  | 'role:set'
  /** Making and unmaking admins and owners, and letting a revoked device back in. */
  | 'owner:act'
  | 'invite:create'
  | 'invite:cancel'
  | 'network:rename'
  | 'network:rekey'
  | 'service:use'
  | 'service:manage'
  | 'action:run'
  | 'lock:use'
  | 'message:send'

const GUEST = ['device:view'] as const
const MEMBER = [...GUEST, 'service:use', 'lock:use', 'message:send'] as const
const OPERATOR = [...MEMBER, 'action:run', 'service:manage'] as const
const ADMIN = [
  ...OPERATOR,
  'device:annotate',
  'device:admit',
  'device:revoke',
  'device:renew',
  'role:set',
  'invite:create',
  'invite:cancel',
  'network:rename',
  'network:rekey',
] as const
const OWNER = [...ADMIN, 'owner:act'] as const

/** The whole of who may do what. On whom is a question of rank, which the trust rules answer. */
export const PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  guest: new Set<Permission>(GUEST),
  member: new Set<Permission>(MEMBER),
  operator: new Set<Permission>(OPERATOR),
  admin: new Set<Permission>(ADMIN),
  owner: new Set<Permission>(OWNER),
}

/** False for devices that are unknown, expired, revoked, gone or waiting for review. */
export function can(
  state: TrustState,
  device: DeviceId,
  permission: Permission,
  nowMs: number,
): boolean {
  const member = state.members.get(device)
  return (
    member !== undefined &&
    isStanding(state, device, nowMs) &&
    PERMISSIONS[member.role].has(permission)
  )
}
