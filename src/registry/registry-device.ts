import type { DeviceId } from '../identity/device-id.ts'
import { shortDeviceId } from '../identity/device-id.ts'
import type { Role } from '../trust/role.ts'
import type { TrustState } from '../trust/trust-state.ts'
import { decide, type Opinion } from './annotation.ts'
import { type DeviceRecord, EMPTY_RECORD } from './device-record.ts'

/** `review`: admitted by an invite that turned out not to hold. Whether a member's time is up depends on the clock. */
export type RegistryState = 'member' | 'review' | 'left' | 'revoked'

/** A device as the network knows it: what it says of itself, what admins say of it, what the trust log says. */
export interface RegistryDevice extends DeviceRecord {
  readonly id: DeviceId
  /** An admin's choice, else its own, else the one it was admitted with, else the tail of its id. */
  readonly name: string
  readonly tags: readonly string[]
  readonly note: string
  readonly state: RegistryState
  readonly role: Role | null
  /** End of the admission; null when it has none. */
  readonly until: number | null
}

/** Undefined for devices that the trust log does not know. */
export function registryDevice(
  id: DeviceId,
  trust: TrustState,
  record: DeviceRecord | undefined,
  opinions: readonly Opinion[],
): RegistryDevice | undefined {
  const standing = standingIn(trust, id)
  if (standing === undefined) return undefined
  const own = standing.state === 'member' ? (record ?? EMPTY_RECORD) : EMPTY_RECORD
  const name =
    decide(opinions, 'name')?.said.value || own.ownName || standing.admittedAs || shortDeviceId(id)
  return {
    ...own,
    id,
    name,
    tags: decide(opinions, 'tags')?.said.value ?? [],
    note: decide(opinions, 'note')?.said.value ?? '',
    state: standing.state,
    role: standing.role,
    until: standing.until,
  }
}

function standingIn(trust: TrustState, id: DeviceId) {
  const member = trust.members.get(id)
  if (member !== undefined) {
    return {
      state: 'member',
      role: member.role,
      until: member.until,
      admittedAs: member.name,
    } as const
  }
  const review = trust.reviews.get(id)
  if (review !== undefined)
    return { state: 'review', role: null, until: null, admittedAs: review.name } as const
  const revocation = trust.revocations.get(id)
  if (revocation !== undefined) {
    return { state: 'revoked', role: null, until: null, admittedAs: revocation.name } as const
  }
  const departure = trust.left.get(id)
  if (departure !== undefined)
    return { state: 'left', role: null, until: null, admittedAs: departure.name } as const
  return undefined
}

export function knownDevices(trust: TrustState): ReadonlySet<DeviceId> {
  return new Set([
    ...trust.members.keys(),
    ...trust.reviews.keys(),
    ...trust.revocations.keys(),
    ...trust.left.keys(),
  ])
}
