import { RoleWire, type TrustRecordBody } from '../../proto/gen/trust.js'
import { timeToWire } from '../../protocols/wire-time.ts'
import { deviceIdOf, publicKeyOf, type DeviceId } from '../identity/device-id.ts'
import type { Role } from './role.ts'
import type { InviteId, TrustOperation } from './trust-operation.ts'
import { TrustError } from './trust-error.ts'
import {
  INVITE_USES_MAX,
  NAME_MAX_BYTES,
  NAME_MAX_CHARS,
  REASON_MAX_BYTES,
  REASON_MAX_CHARS,
  RENEW_DEVICES_MAX,
  TIME_MAX_MS,
} from './trust-limits.ts'

type OperationFields = Pick<
  TrustRecordBody,
  | 'genesis'
  | 'admit'
  | 'role'
  | 'revoke'
  | 'leave'
  | 'invite'
  | 'cancel'
  | 'renew'
  | 'rename'
  | 'rekey'
>

const KEY_BYTES = 32
const COMMITMENT_BYTES = 32
const ROLE_TO_WIRE: Readonly<Record<Role, RoleWire>> = {
  guest: RoleWire.ROLE_GUEST,
  member: RoleWire.ROLE_MEMBER,
  operator: RoleWire.ROLE_OPERATOR,
  admin: RoleWire.ROLE_ADMIN,
  owner: RoleWire.ROLE_OWNER,
}
const WIRE_TO_ROLE = new Map<RoleWire, Role>([
  [RoleWire.ROLE_GUEST, 'guest'],
  [RoleWire.ROLE_MEMBER, 'member'],
  [RoleWire.ROLE_OPERATOR, 'operator'],
  [RoleWire.ROLE_ADMIN, 'admin'],
  [RoleWire.ROLE_OWNER, 'owner'],
])

/** A half of a surrogate pair is no text on the wire: it becomes U+FFFD. */
export function operationToWire(operation: TrustOperation): OperationFields {
  switch (operation.kind) {
    case 'genesis':
      return {
        genesis: {
          name: operation.name.toWellFormed(),
          owner: publicKeyOf(operation.owner),
          ownerName: operation.ownerName.toWellFormed(),
        },
      }
    case 'admit':
      return {
        admit: {
          device: publicKeyOf(operation.device),
          role: ROLE_TO_WIRE[operation.role],
          untilMs: timeToWire(operation.until),
          invite: operation.invite === undefined ? new Uint8Array(0) : hexToBytes(operation.invite),
          name: operation.name.toWellFormed(),
        },
      }
    case 'role':
      return {
        role: {
          device: publicKeyOf(operation.device),
          role: ROLE_TO_WIRE[operation.role],
          untilMs: timeToWire(operation.until ?? 0),
        },
      }
    case 'revoke':
      return {
        revoke: { device: publicKeyOf(operation.device), reason: operation.reason.toWellFormed() },
      }
    case 'leave':
      return { leave: {} }
    case 'invite':
      return {
        invite: {
          id: hexToBytes(operation.id),
          role: ROLE_TO_WIRE[operation.role],
          expiresMs: timeToWire(operation.expiresAt),
          uses: operation.uses,
          approve: operation.approve,
          guestUntilMs: timeToWire(operation.guestUntil ?? 0),
        },
      }
    case 'cancel':
      return { cancel: { invite: hexToBytes(operation.invite) } }
    case 'renew':
      return {
        renew: {
          devices: operation.devices.map(publicKeyOf).sort((a, b) => Buffer.compare(a, b)),
          untilMs: timeToWire(operation.until),
        },
      }
    case 'rename':
      return { rename: { name: operation.name.toWellFormed() } }
    case 'rekey':
      return { rekey: { commitment: operation.commitment } }
    case 'unknown':
      return {}
  }
}

/** Throws `TrustError` MALFORMED for a value that no honest version writes. */
export function operationFromWire(wire: OperationFields): TrustOperation {
  if (wire.genesis !== undefined) {
    const { name, owner, ownerName } = wire.genesis
    return {
      kind: 'genesis',
      name: nameFrom(name),
      owner: deviceFrom(owner),
      ownerName: nameFrom(ownerName),
    }
  }
  if (wire.admit !== undefined) {
    const { device, role, untilMs, invite, name } = wire.admit
    const admit = {
      kind: 'admit' as const,
      device: deviceFrom(device),
      role: roleFrom(role),
      until: timeFrom(untilMs),
      name: nameFrom(name),
    }
    return invite.length === 0 ? admit : { ...admit, invite: inviteFrom(invite) }
  }
  if (wire.role !== undefined) {
    const change = {
      kind: 'role' as const,
      device: deviceFrom(wire.role.device),
      role: roleFrom(wire.role.role),
    }
    return wire.role.untilMs === 0n ? change : { ...change, until: timeFrom(wire.role.untilMs) }
  }
  if (wire.revoke !== undefined) {
    return {
      kind: 'revoke',
      device: deviceFrom(wire.revoke.device),
      reason: reasonFrom(wire.revoke.reason),
    }
  }
  if (wire.leave !== undefined) return { kind: 'leave' }
  if (wire.invite !== undefined) return inviteOperationFrom(wire.invite)
  if (wire.cancel !== undefined) return { kind: 'cancel', invite: inviteFrom(wire.cancel.invite) }
  if (wire.renew !== undefined) {
    return {
      kind: 'renew',
      devices: devicesFrom(wire.renew.devices),
      until: timeFrom(wire.renew.untilMs),
    }
  }
  if (wire.rename !== undefined) return { kind: 'rename', name: nameFrom(wire.rename.name) }
  if (wire.rekey !== undefined) {
    const { commitment } = wire.rekey
    if (commitment.length !== COMMITMENT_BYTES) throw malformed('a commitment has 32 bytes')
    return { kind: 'rekey', commitment }
  }
  return { kind: 'unknown' }
}

function inviteOperationFrom(wire: NonNullable<OperationFields['invite']>): TrustOperation {
  if (wire.uses < 1 || wire.uses > INVITE_USES_MAX)
    throw malformed(`an invite has 1 to ${INVITE_USES_MAX} uses`)
  const invite = {
    kind: 'invite' as const,
    id: inviteFrom(wire.id),
    role: roleFrom(wire.role),
    expiresAt: timeFrom(wire.expiresMs),
    uses: wire.uses,
    approve: wire.approve,
  }
  return wire.guestUntilMs === 0n ? invite : { ...invite, guestUntil: timeFrom(wire.guestUntilMs) }
}

function deviceFrom(key: Uint8Array): DeviceId {
  if (key.length !== KEY_BYTES) throw malformed('a device is named by its 32-byte key')
  return deviceIdOf(key)
}

function devicesFrom(keys: readonly Uint8Array[]): readonly DeviceId[] {
  if (keys.length === 0 || keys.length > RENEW_DEVICES_MAX) {
    throw malformed(`a renewal names 1 to ${RENEW_DEVICES_MAX} devices`)
  }
  for (let i = 1; i < keys.length; i++) {
    if (Buffer.compare(keys[i - 1] as Uint8Array, keys[i] as Uint8Array) >= 0) {
      throw malformed('devices are in ascending order, each once')
    }
  }
  return keys.map(deviceFrom)
}

function inviteFrom(key: Uint8Array): InviteId {
  if (key.length !== KEY_BYTES) throw malformed('an invite is named by its 32-byte key')
  return Buffer.from(key).toString('hex')
}

function roleFrom(wire: RoleWire): Role {
  const role = WIRE_TO_ROLE.get(wire)
  if (role === undefined) throw malformed('no role')
  return role
}

function timeFrom(timeMs: bigint): number {
  if (timeMs > BigInt(TIME_MAX_MS)) throw malformed('a time beyond the year 2100')
  return Number(timeMs)
}

/** What the text says is the author's business up to this length; it is made harmless where it is shown. */
export function isName(text: string): boolean {
  return (
    text.length > 0 && text.length <= NAME_MAX_CHARS && Buffer.byteLength(text) <= NAME_MAX_BYTES
  )
}

function nameFrom(name: string): string {
  if (!isName(name)) throw malformed(`a name has 1 to ${NAME_MAX_CHARS} characters`)
  return name
}

function reasonFrom(reason: string): string {
  if (reason.length > REASON_MAX_CHARS || Buffer.byteLength(reason) > REASON_MAX_BYTES) {
    throw malformed(`a reason has at most ${REASON_MAX_CHARS} characters`)
  }
  return reason
}

function hexToBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'))
}

function malformed(detail: string): TrustError {
  return new TrustError('MALFORMED', detail)
}
