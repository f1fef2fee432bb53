import type { Sight } from '../../protocols/health/messages.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { AttentiveClock } from './attentive-clock.ts'
import * as limits from './health-limits.ts'
import { isConnectionDead, judge } from './judge.ts'
import { isSameHealth, LEFT, type HealthCause, type PeerHealth } from './peer-health.ts'
import { isLinked, newRecord, type PeerRecord } from './peer-record.ts'
import { ProbePlan } from './probe-plan.ts'
import { Questions } from './questions.ts'
import { reachOf, type Sightings } from './reachability.ts'
import { sample } from './sample.ts'

/** What the shell has to do; taken out with `drain`. */
export type Decision =
  | { readonly kind: 'probe'; readonly peer: DeviceId }
  | { readonly kind: 'ask'; readonly peers: readonly DeviceId[]; readonly about: DeviceId }
  | {
      readonly kind: 'answer'
      readonly peer: DeviceId
      readonly about: DeviceId
      readonly sight: Sight
    }
  /** Tell everyone else, so that they look for themselves. */
  | { readonly kind: 'suspect'; readonly about: DeviceId }
  | { readonly kind: 'dial'; readonly peer: DeviceId }
  /** The connection is dead though nobody closed it: cut it. */
  | { readonly kind: 'reset'; readonly peer: DeviceId }
  | {
      readonly kind: 'changed'
      readonly peer: DeviceId
      readonly before: PeerHealth
      readonly after: PeerHealth
    }

/** Causes that a refused dial does not change. */
const KNOWN_BETTER: ReadonlySet<HealthCause> = new Set(['seen-by-others', 'stopped', 'refused'])

export interface DetectorNeeds {
  readonly sightings: Sightings
  /** In [0, 1): which devices to ask. */
  random(): number
}

/**
 * Who is alive, as one observer sees it: a state machine without I/O. Times are the monotonic clock's.
 * Invariant: a device is `alive` only by a frame of its own or the word of a device that we reach; no timer
 * runs while this process itself is kept from running.
 */
export class FailureDetector {
  readonly #needs: DetectorNeeds
  readonly #clock = new AttentiveClock(limits.TICK_MS)
  readonly #peers = new Map<DeviceId, PeerRecord>()
  readonly #departed = new Set<DeviceId>()
  readonly #plan = new ProbePlan()
  readonly #questions = new Questions()
  #decisions: Decision[] = []
  #isReachStale = true

  constructor(needs: DetectorNeeds) {
    this.#needs = needs
  }

  get strain(): number {
    return this.#clock.strain
  }

  health(device: DeviceId): PeerHealth | undefined {
    return this.#peers.get(device)?.health ?? (this.#departed.has(device) ? LEFT : undefined)
  }

  /** Monotonic time of its last frame to us. */
  heardMs(device: DeviceId): number | undefined {
    return this.#peers.get(device)?.heardMs
  }

  members(): Iterable<DeviceId> {
    return this.#peers.keys()
  }

  /** Devices that answer us on a connection. */
  linked(): readonly DeviceId[] {
    return [...this.#peers.values()].filter(isLinked).map((peer) => peer.device)
  }

  drain(): readonly Decision[] {
    const decisions = this.#decisions
    if (decisions.length > 0) this.#decisions = []
    return decisions
  }

  /** The members except ourselves. */
  setMembers(members: Iterable<DeviceId>): void {
    const now = new Set(members)
    for (const device of now) {
      if (this.#peers.has(device)) continue
      this.#departed.delete(device)
      this.#peers.set(device, newRecord(device))
      this.#isReachStale = true
    }
    for (const peer of [...this.#peers.values()]) if (!now.has(peer.device)) this.#depart(peer)
  }

  opened(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer === undefined || (peer.isConnected && !peer.hasStopped)) return
    peer.isConnected = true
    peer.hasStopped = false
    peer.isReset = false
    peer.heardAt = this.#clock.at(nowMs)
    peer.unansweredAt = undefined
    peer.lostAt = undefined
    // Its first frames may be here before our own side of the channel is open.
    peer.hasSpoken = peer.heardMs !== undefined && peer.heardMs > peer.closedMs
    this.#probe(peer, nowMs)
    this.#judge(peer, nowMs)
  }

  closed(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer === undefined || !peer.isConnected) return
    const wasReset = peer.isReset
    peer.isConnected = false
    peer.isReset = false
    peer.unansweredAt = undefined
    peer.closedMs = nowMs
    peer.lostAt = this.#clock.at(nowMs)
    this.#isReachStale = true
    if (peer.hasStopped) return
    if (!wasReset) this.#gap(peer, nowMs)
    this.#decide({ kind: 'dial', peer: device })
    this.#ask(peer, nowMs)
    this.#judge(peer, nowMs)
  }

  /** Any frame of any protocol. */
  heard(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer === undefined) return
    peer.heardMs = nowMs
    if (!peer.isConnected || peer.hasStopped) return
    peer.heardAt = this.#clock.at(nowMs)
    peer.unansweredAt = undefined
    for (const asker of this.#questions.answered(device)) {
      this.#decide({
        kind: 'answer',
        peer: asker,
        about: device,
        sight: { kind: 'heard', ageMs: 0 },
      })
    }
    if (peer.hasSpoken && peer.health.cause === 'heard') return
    peer.hasSpoken = true
    peer.denials.clear()
    this.#judge(peer, nowMs)
  }

  /** It told how late its own timers run. */
  strained(device: DeviceId, strain: number): void {
    const peer = this.#peers.get(device)
    if (peer !== undefined) peer.strain = strain
  }

  /** Its round-trip time is known anew. */
  measured(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer !== undefined) peer.measuredAt = this.#clock.at(nowMs)
  }

  /** It was sent a pong. */
  sent(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer !== undefined) peer.sentAt = this.#clock.at(nowMs)
  }

  /** An orderly stop: whatever still arrives from it is a leftover. */
  goodbye(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer === undefined || !peer.isConnected) return
    peer.hasStopped = true
    this.#gap(peer, nowMs)
    this.#judge(peer, nowMs)
  }

  /** Its last good address refuses connections: the machine is there, the process is not. */
  dialRefused(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer === undefined || peer.isConnected) return
    if (KNOWN_BETTER.has(peer.health.cause)) return
    this.#gap(peer, nowMs)
    this.#become(peer, { state: 'failed', cause: 'refused', via: [] }, nowMs)
  }

  /** No address of it answered. */
  dialFailed(device: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(device)
    if (peer === undefined || peer.isConnected) return
    peer.unreachableAt ??= this.#clock.at(nowMs)
  }

  /** `from` asks whether we hear `about`. */
  asked(from: DeviceId, about: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(about)
    if (peer === undefined || !peer.isConnected || !peer.hasSpoken || peer.hasStopped) {
      this.#decide({ kind: 'answer', peer: from, about, sight: { kind: 'no-link' } })
      return
    }
    const at = this.#clock.at(nowMs)
    const ageMs = at - peer.heardAt
    if (ageMs <= limits.FRESH_MS) {
      this.#decide({ kind: 'answer', peer: from, about, sight: { kind: 'heard', ageMs } })
    } else if (this.#questions.add(from, about, at)) {
      this.#probeOnce(peer, nowMs)
    }
  }

  /** `from` answers our question. */
  answered(from: DeviceId, about: DeviceId, sight: Sight, nowMs: number): void {
    const peer = this.#peers.get(about)
    if (peer === undefined || from === about) return
    if (sight.kind === 'silent') peer.denials.add(from)
    if (sight.kind !== 'heard') return
    const heardMs = nowMs - sight.ageMs
    if (heardMs <= peer.gapMs || heardMs <= peer.closedMs) return
    peer.denials.delete(from)
    peer.vouchers.delete(from)
    if (peer.vouchers.size >= limits.VOUCHERS_MAX) peer.vouchers.clear()
    peer.vouchers.set(from, heardMs)
    peer.vouchedAt = Math.max(peer.vouchedAt, this.#clock.at(nowMs) - sight.ageMs)
    this.#isReachStale = true
    this.#judge(peer, nowMs)
  }

  /** `from` no longer hears `about`: look at once. */
  suspected(about: DeviceId, nowMs: number): void {
    const peer = this.#peers.get(about)
    if (peer === undefined || !peer.isConnected || peer.hasStopped) return
    if (this.#clock.at(nowMs) - peer.heardAt >= limits.SUSPECT_PROBE_EVERY_MS) {
      this.#probeOnce(peer, nowMs)
    }
  }

  /** What others state about their links has changed. */
  sightingsChanged(): void {
    this.#isReachStale = true
  }

  /** To be called every `TICK_MS`; returns by how much it came late. */
  tick(nowMs: number): number {
    const lateMs = this.#clock.tick(nowMs)
    const at = this.#clock.at(nowMs)
    if (this.#isReachStale) this.#updateReach(nowMs)
    for (const { from, about } of this.#questions.overdue(at)) {
      this.#decide({ kind: 'answer', peer: from, about, sight: { kind: 'silent' } })
    }
    for (const peer of this.#peers.values()) this.#review(peer, at, nowMs)
    for (const device of this.#plan.due(this.#peers.values(), at)) {
      const peer = this.#peers.get(device)
      if (peer !== undefined) this.#probe(peer, nowMs)
    }
    return lateMs
  }

  #review(peer: PeerRecord, at: number, nowMs: number): void {
    if (peer.via.length > 0) peer.seenAt = at
    const scale = this.#scale(peer)
    if (peer.isConnected && !peer.hasStopped) {
      if (peer.unansweredAt !== undefined && at - peer.heardAt >= limits.ASK_AFTER_MS * scale) {
        this.#askAgain(peer, at, nowMs)
      }
      if (!peer.isReset && isConnectionDead(peer, at, scale)) {
        peer.isReset = true
        peer.gapMs = Math.max(peer.gapMs, peer.heardMs ?? peer.gapMs)
        this.#decide({ kind: 'reset', peer: peer.device })
      }
    } else if (peer.health.state === 'suspect') {
      this.#askAgain(peer, at, nowMs)
    }
    this.#judge(peer, nowMs)
  }

  #askAgain(peer: PeerRecord, at: number, nowMs: number): void {
    if (at - peer.askedAt >= limits.ASK_EVERY_MS) this.#ask(peer, nowMs)
  }

  #ask(peer: PeerRecord, nowMs: number): void {
    const candidates = this.linked().filter((device) => device !== peer.device)
    peer.askedAt = this.#clock.at(nowMs)
    const chosen = sample(candidates, limits.ASK_DEVICES, () => this.#needs.random())
    if (chosen.length > 0) this.#decide({ kind: 'ask', peers: chosen, about: peer.device })
  }

  /** On somebody's behalf: however many ask, one probe is enough. */
  #probeOnce(peer: PeerRecord, nowMs: number): void {
    if (this.#clock.at(nowMs) - peer.probedAt >= limits.TICK_MS) this.#probe(peer, nowMs)
  }

  #probe(peer: PeerRecord, nowMs: number): void {
    const at = this.#clock.at(nowMs)
    peer.probedAt = at
    peer.sentAt = at
    peer.unansweredAt ??= at
    this.#decide({ kind: 'probe', peer: peer.device })
  }

  /** From here on only later statements of others count. */
  #gap(peer: PeerRecord, nowMs: number): void {
    peer.gapMs = nowMs
    peer.vouchers.clear()
    peer.vouchedAt = Number.NEGATIVE_INFINITY
    peer.via = []
    this.#isReachStale = true
  }

  #judge(peer: PeerRecord, nowMs: number): void {
    const health = judge(peer, this.#clock.at(nowMs), this.#scale(peer))
    if (health !== peer.health) this.#become(peer, health, nowMs)
  }

  #become(peer: PeerRecord, after: PeerHealth, nowMs: number): void {
    const before = peer.health
    if (isSameHealth(before, after)) return
    peer.health = after
    this.#isReachStale = true
    this.#decide({ kind: 'changed', peer: peer.device, before, after })
    if (after.state === 'suspect' && before.state !== 'suspect') {
      this.#decide({ kind: 'suspect', about: peer.device })
      if (!peer.isConnected) this.#decide({ kind: 'dial', peer: peer.device })
    }
    if (after.state === 'failed') {
      this.#gap(peer, nowMs)
      peer.denials.clear()
    }
    if (after.state !== 'alive') return
    peer.unreachableAt = undefined
    // Somebody got through to it, so we may as well.
    if (after.cause === 'seen-by-others' && before.state !== 'alive' && !peer.isConnected) {
      this.#decide({ kind: 'dial', peer: peer.device })
    }
  }

  #depart(peer: PeerRecord): void {
    this.#peers.delete(peer.device)
    if (this.#departed.size >= limits.DEPARTED_MAX) this.#departed.clear()
    this.#departed.add(peer.device)
    this.#isReachStale = true
    this.#decide({ kind: 'changed', peer: peer.device, before: peer.health, after: LEFT })
  }

  #updateReach(nowMs: number): void {
    this.#isReachStale = false
    const { via, failures } = reachOf(
      this.linked(),
      this.#needs.sightings,
      (device, observer, statedAtMs) => {
        const peer = this.#peers.get(device)
        if (peer === undefined) return false
        return statedAtMs > peer.gapMs || (peer.vouchers.get(observer) ?? peer.gapMs) > peer.gapMs
      },
    )
    const at = this.#clock.at(nowMs)
    for (const peer of this.#peers.values()) {
      const before = peer.via
      peer.via = via.get(peer.device) ?? []
      if (before.length > 0 || peer.via.length > 0) peer.seenAt = at
      peer.reportsMs = failures.get(peer.device) ?? []
    }
  }

  #scale(peer: PeerRecord): number {
    return 1 + Math.max(this.#clock.strain / 4, peer.strain / 8)
  }

  #decide(decision: Decision): void {
    this.#decisions.push(decision)
  }
}
