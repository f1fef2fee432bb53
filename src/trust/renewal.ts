import type { DeviceId } from '../identity/device-id.ts'
import { can } from './permission.ts'
import { ADMISSION_MS, RENEW_BELOW_MS, RENEW_DEVICES_MAX } from './trust-limits.ts'
import { isStanding, type TrustState } from './trust-state.ts'

/**
 * The devices whose admission `self` should renew now, until `nowMs + ADMISSION_MS`; none most of the time.
 * Once one is due, all that were seen and are half-way to it come along, so that a large network
 * writes a few long records instead of many short ones.
 */
export function renewalsDue(
  state: TrustState,
  self: DeviceId,
  recentlySeen: Iterable<DeviceId>,
  nowMs: number,
): readonly DeviceId[] {
  if (!can(state, self, 'device:renew', nowMs)) return []
  const remaining = new Map<DeviceId, number>()
  for (const device of new Set([self, ...recentlySeen])) {
    const member = state.members.get(device)
    if (member === undefined || member.until === null || member.role === 'guest') continue
    // One that has ended needs a person's decision again.
    if (isStanding(state, device, nowMs)) remaining.set(device, member.until - nowMs)
  }
  if (![...remaining.values()].some((left) => left < RENEW_BELOW_MS)) return []
  return [...remaining]
    .filter(([, left]) => left < (ADMISSION_MS + RENEW_BELOW_MS) / 2)
    .sort(([a, leftA], [b, leftB]) => leftA - leftB || (a < b ? -1 : 1))
    .slice(0, RENEW_DEVICES_MAX)
    .map(([device]) => device)
    .sort()
}
