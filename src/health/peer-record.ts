import type { DeviceId } from '../identity/device-id.ts'
import { UNKNOWN, type PeerHealth } from './peer-health.ts'

/**
 * What the detector remembers of one member. Names ending in `At` are attentive time, those ending in `Ms`
 * monotonic time.
 */
export interface PeerRecord {
  readonly device: DeviceId
  health: PeerHealth
  isConnected: boolean
  /** A frame came over the present connection; until then the connection proves nothing. */
  hasSpoken: boolean
  /** It said goodbye; nothing but a new connection counts after that. */
  hasStopped: boolean
  /** Its connection was found dead and is being cut. */
  isReset: boolean
  /** Last frame, or when the connection opened. */
  heardAt: number
  heardMs: number | undefined
  closedMs: number
  /** When the oldest probe since the last frame was sent. */
  unansweredAt: number | undefined
  probedAt: number
  /** Last frame to it that it needs as a sign of life. */
  sentAt: number
  measuredAt: number
  askedAt: number
  lostAt: number | undefined
  unreachableAt: number | undefined
  /** Last time somebody who was asked had heard it. */
  vouchedAt: number
  /** Who had heard it, and when. */
  readonly vouchers: Map<DeviceId, number>
  /** Last time it was linked to somebody we reach. */
  seenAt: number
  via: readonly DeviceId[]
  /** When each device that we reach stated that it failed. */
  reportsMs: readonly number[]
  /** Statements of others count from here on: when we last had proof ourselves, or found it failed. */
  gapMs: number
  /** Who was asked and does not hear it either. */
  readonly denials: Set<DeviceId>
  strain: number
}

export function newRecord(device: DeviceId): PeerRecord {
  const never = Number.NEGATIVE_INFINITY
  return {
    device,
    health: UNKNOWN,
    isConnected: false,
    hasSpoken: false,
    hasStopped: false,
    isReset: false,
    heardAt: never,
    heardMs: undefined,
    closedMs: never,
    unansweredAt: undefined,
    probedAt: never,
    sentAt: never,
    measuredAt: never,
    askedAt: never,
    lostAt: undefined,
    unreachableAt: undefined,
    vouchedAt: never,
    vouchers: new Map(),
    seenAt: never,
    via: [],
    reportsMs: [],
    gapMs: never,
    denials: new Set(),
    strain: 0,
  }
}

/** True when it answers us on a connection. */
export function isLinked(peer: PeerRecord): boolean {
  return peer.isConnected && peer.health.cause === 'heard'
}
