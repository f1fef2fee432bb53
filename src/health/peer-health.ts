import type { DeviceId } from '../identity/device-id.ts'

/** SWIM's words. `unknown`: a member that nobody has been seen to reach since this node started. */
export type HealthState = 'alive' | 'suspect' | 'failed' | 'left' | 'unknown'

export type HealthCause =
  /** unknown: no contact since this node started. */
  | 'never-seen'
  /** alive: it answers us. */
  | 'heard'
  /** alive: not connected to us, but to devices that we reach. */
  | 'seen-by-others'
  /** suspect: its connection broke and dialling it again has not been decided yet. */
  | 'connection-lost'
  /** suspect or failed: connected, but it does not answer. */
  | 'silent'
  /** suspect or failed: no device that we reach is connected to it any more. */
  | 'unseen'
  /** failed: its last good address refuses connections, so the process is gone. */
  | 'refused'
  /** failed: no address of it answers. */
  | 'unreachable'
  /** failed: the devices that were connected to it say so. */
  | 'reported'
  /** failed: it said goodbye. */
  | 'stopped'
  /** left: it is no longer a member. */
  | 'left-network'

export interface PeerHealth {
  readonly state: HealthState
  readonly cause: HealthCause
  /** Devices whose word makes it `alive`; empty when we hear it ourselves. */
  readonly via: readonly DeviceId[]
}

export const UNKNOWN: PeerHealth = { state: 'unknown', cause: 'never-seen', via: [] }
export const LEFT: PeerHealth = { state: 'left', cause: 'left-network', via: [] }

export function isSameHealth(a: PeerHealth, b: PeerHealth): boolean {
  if (a.state !== b.state || a.cause !== b.cause || a.via.length !== b.via.length) return false
  return a.via.every((device, i) => device === b.via[i])
}
