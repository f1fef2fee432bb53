import {
  CONFIRMATIONS,
  FAIL_AFTER_MS,
  FAIL_CONFIRMED_AFTER_MS,
  FAIL_UNCONNECTED_AFTER_MS,
  FAIL_UNKNOWN_AFTER_MS,
  REDIAL_GRACE_MS,
  SUSPECT_AFTER_MS,
  UNANSWERED_MS,
} from './health-limits.ts'
import type { HealthCause, HealthState, PeerHealth } from './peer-health.ts'
import type { PeerRecord } from './peer-record.ts'

const HEARD: PeerHealth = { state: 'alive', cause: 'heard', via: [] }

/** What follows from the record at attentive time `at`. `scale` (≥ 1) stretches every timeout. */
export function judge(peer: PeerRecord, at: number, scale: number): PeerHealth {
  if (peer.hasStopped) return because('failed', 'stopped')
  if (peer.isConnected && peer.hasSpoken) return judgeConnected(peer, at, scale)
  return judgeUnconnected(peer, at, scale)
}

/** True when it answers on its own connection, not by anybody's word. */
export function isSilent(peer: PeerRecord, at: number, scale: number): boolean {
  if (peer.unansweredAt === undefined) return false
  return (
    at - peer.heardAt >= SUSPECT_AFTER_MS * scale && at - peer.unansweredAt >= UNANSWERED_MS * scale
  )
}

/** True when the connection is dead even if the device behind it lives. */
export function isConnectionDead(peer: PeerRecord, at: number, scale: number): boolean {
  return peer.unansweredAt !== undefined && at - peer.heardAt >= failAfterMs(peer) * scale
}

function judgeConnected(peer: PeerRecord, at: number, scale: number): PeerHealth {
  // A slow observer takes the word of two others for a silence that it would not trust itself with yet.
  const reports = reportsSince(peer, peer.heardMs ?? peer.gapMs)
  if (reports >= CONFIRMATIONS && isSilent(peer, at, 1)) return because('failed', 'reported')
  if (!isSilent(peer, at, scale)) return HEARD
  const quietMs = at - Math.max(peer.heardAt, peer.vouchedAt)
  if (quietMs < SUSPECT_AFTER_MS * scale) return vouched(peer)
  if (quietMs >= failAfterMs(peer) * scale) return because('failed', 'silent')
  return peer.health.state === 'failed' ? peer.health : because('suspect', 'silent')
}

function judgeUnconnected(peer: PeerRecord, at: number, scale: number): PeerHealth {
  if (peer.via.length > 0) return { state: 'alive', cause: 'seen-by-others', via: peer.via }
  if (at - peer.vouchedAt < SUSPECT_AFTER_MS * scale && peer.vouchers.size > 0) return vouched(peer)
  switch (peer.health.state) {
    case 'failed':
    case 'left':
      return peer.health
    case 'unknown': {
      if (peer.reportsMs.length > 0) return because('failed', 'reported')
      const triedMs = peer.unreachableAt === undefined ? 0 : at - peer.unreachableAt
      return triedMs >= FAIL_UNKNOWN_AFTER_MS * scale
        ? because('failed', 'unreachable')
        : peer.health
    }
    case 'alive':
    case 'suspect':
      return judgeLost(peer, at, scale)
  }
}

function judgeLost(peer: PeerRecord, at: number, scale: number): PeerHealth {
  if (reportsSince(peer, peer.gapMs) > 0) return because('failed', 'reported')
  const quietMs =
    at -
    Math.max(peer.heardAt, peer.vouchedAt, peer.seenAt, peer.lostAt ?? Number.NEGATIVE_INFINITY)
  const wasOurs = peer.lostAt !== undefined && peer.lostAt >= peer.seenAt
  if (quietMs >= FAIL_UNCONNECTED_AFTER_MS * scale)
    return because('failed', wasOurs ? 'unreachable' : 'unseen')
  if (quietMs < REDIAL_GRACE_MS * scale) return peer.health
  return because('suspect', wasOurs ? 'connection-lost' : 'unseen')
}

function failAfterMs(peer: PeerRecord): number {
  return peer.denials.size >= CONFIRMATIONS ? FAIL_CONFIRMED_AFTER_MS : FAIL_AFTER_MS
}

function reportsSince(peer: PeerRecord, sinceMs: number): number {
  return peer.reportsMs.filter((atMs) => atMs > sinceMs).length
}

function vouched(peer: PeerRecord): PeerHealth {
  return { state: 'alive', cause: 'seen-by-others', via: [...peer.vouchers.keys()] }
}

function because(state: HealthState, cause: HealthCause): PeerHealth {
  return { state, cause, via: [] }
}
