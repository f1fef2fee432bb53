import type { DeviceId } from '../identity/device-id.ts'
import {
  HEARTBEAT_EVERY_MS,
  PROBE_AFTER_MS,
  PROBE_TURN_MS,
  PROBES_PER_SECOND,
  RTT_REFRESH_MS,
  SUSPECT_PROBE_EVERY_MS,
} from './health-limits.ts'
import type { PeerRecord } from './peer-record.ts'

/** Whom to probe now: who has been silent longest first, never more than the budget. */
export class ProbePlan {
  #tokens = PROBES_PER_SECOND
  #refilledAt = 0

  due(peers: Iterable<PeerRecord>, at: number): readonly DeviceId[] {
    this.#tokens = Math.min(
      PROBES_PER_SECOND,
      this.#tokens + ((at - this.#refilledAt) * PROBES_PER_SECOND) / 1_000,
    )
    this.#refilledAt = at
    const due: PeerRecord[] = []
    for (const peer of peers) if (isDue(peer, at)) due.push(peer)
    due.sort((a, b) => a.heardAt - b.heardAt)
    const chosen = due.slice(0, Math.floor(this.#tokens))
    this.#tokens -= chosen.length
    return chosen.map((peer) => peer.device)
  }
}

function isDue(peer: PeerRecord, at: number): boolean {
  if (!peer.isConnected || peer.hasStopped) return false
  const sinceProbeMs = at - peer.probedAt
  if (peer.health.state === 'suspect') return sinceProbeMs >= SUSPECT_PROBE_EVERY_MS
  if (sinceProbeMs < PROBE_AFTER_MS) return false
  if (at - peer.measuredAt >= RTT_REFRESH_MS || at - peer.sentAt >= HEARTBEAT_EVERY_MS) return true
  // We made the last probe when it was heard right after it; then it is the other side's turn.
  const wasOurTurn = peer.heardAt - peer.probedAt < PROBE_TURN_MS && peer.heardAt >= peer.probedAt
  return at - peer.heardAt >= PROBE_AFTER_MS + (wasOurTurn ? PROBE_TURN_MS : 0)
}
