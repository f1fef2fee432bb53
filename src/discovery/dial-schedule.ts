import type { DeviceId } from '../identity/device-id.ts'
import { dialTargets } from './dial-targets.ts'
import * as limits from './discovery-limits.ts'

interface Target {
  readonly device: DeviceId
  isConnected: boolean
  isDialling: boolean
  /** Asked to be dialled again while a dial was under way. */
  isNudged: boolean
  /** Just lost: whether it can be dialled tells whether it lives. */
  isUrgent: boolean
  startedMs: number
  failures: number
  dueMs: number
  /** Until then retries stay brisk. */
  briskUntilMs: number
}

export interface DialScheduleNeeds {
  readonly self: DeviceId
  /** In [0, 1). */
  random(): number
}

/** Whom to dial next, and when. Times are the monotonic clock's. Never gives up on a member. */
export class DialSchedule {
  readonly #needs: DialScheduleNeeds
  readonly #targets = new Map<DeviceId, Target>()
  readonly #requested = new Set<DeviceId>()
  #members: ReadonlySet<DeviceId> = new Set()
  #dialling = 0

  constructor(needs: DialScheduleNeeds) {
    this.#needs = needs
  }

  setMembers(members: Iterable<DeviceId>, nowMs: number): void {
    this.#members = new Set(members)
    for (const device of this.#requested)
      if (!this.#members.has(device)) this.#requested.delete(device)
    this.#retarget(nowMs)
  }

  /** Wants a connection to a member that is no target by itself. */
  request(device: DeviceId, nowMs: number): void {
    if (!this.#members.has(device)) return
    this.#requested.add(device)
    this.#retarget(nowMs)
  }

  release(device: DeviceId, nowMs: number): void {
    if (this.#requested.delete(device)) this.#retarget(nowMs)
  }

  connected(device: DeviceId): void {
    const target = this.#targets.get(device)
    if (target === undefined) return
    target.isConnected = true
    target.failures = 0
    target.isNudged = false
    target.isUrgent = false
  }

  lost(device: DeviceId, nowMs: number): void {
    const target = this.#targets.get(device)
    if (target === undefined || !target.isConnected) return
    target.isConnected = false
    target.failures = 0
    target.isUrgent = true
    target.briskUntilMs = nowMs + limits.BRISK_FOR_MS
    target.dueMs = nowMs + this.#yieldMs(device)
  }

  /** Something changed for this device: dial it now, whatever was waited for. */
  nudge(device: DeviceId, nowMs: number): void {
    const target = this.#targets.get(device)
    if (target === undefined || target.isConnected) return
    target.isNudged = target.isDialling
    target.failures = 0
    const atMs = Math.max(nowMs + this.#yieldMs(device), target.startedMs + limits.NUDGE_EVERY_MS)
    target.dueMs = Math.min(target.dueMs, atMs)
  }

  /** Our own side changed (interface, address, wake-up): everybody may be reachable again. */
  nudgeAll(nowMs: number): void {
    for (const target of this.#targets.values()) {
      target.briskUntilMs = Math.max(target.briskUntilMs, nowMs + limits.BRISK_MAX_MS * 10)
      this.nudge(target.device, nowMs)
    }
  }

  /** Takes out who is to be dialled now, longest due first. */
  due(nowMs: number): readonly DeviceId[] {
    const due = [...this.#targets.values()].filter(
      (target) => isWaiting(target) && target.dueMs <= nowMs,
    )
    due.sort((a, b) => a.dueMs - b.dueMs)
    const chosen: DeviceId[] = []
    for (const target of due) {
      if (this.#dialling >= roomFor(target)) continue
      this.#dialling++
      target.isDialling = true
      target.isUrgent = false
      target.startedMs = nowMs
      chosen.push(target.device)
    }
    return chosen
  }

  finished(device: DeviceId, isConnected: boolean, nowMs: number): void {
    const target = this.#targets.get(device)
    if (target === undefined || !target.isDialling) return
    target.isDialling = false
    this.#dialling--
    if (isConnected) {
      this.connected(device)
      return
    }
    target.dueMs = nowMs + (target.isNudged ? 0 : this.#waitMs(target, nowMs))
    target.isNudged = false
    target.failures++
  }

  /** True while the deadline of a dial should be short, because another try is better than waiting. */
  isBrisk(device: DeviceId, nowMs: number): boolean {
    return (this.#targets.get(device)?.briskUntilMs ?? nowMs) > nowMs
  }

  /** When the device is dialled next; undefined when it is connected, being dialled or nobody's target. */
  nextAtMs(device: DeviceId): number | undefined {
    const target = this.#targets.get(device)
    return target !== undefined && isWaiting(target) ? target.dueMs : undefined
  }

  /** When anything is to be dialled; undefined when nothing waits or no dial may start. */
  nextMs(): number | undefined {
    let next: number | undefined
    for (const target of this.#targets.values()) {
      if (!isWaiting(target) || this.#dialling >= roomFor(target)) continue
      if (next === undefined || target.dueMs < next) next = target.dueMs
    }
    return next
  }

  isTarget(device: DeviceId): boolean {
    return this.#targets.has(device)
  }

  #retarget(nowMs: number): void {
    const wanted = new Set([...dialTargets(this.#needs.self, this.#members), ...this.#requested])
    wanted.delete(this.#needs.self)
    for (const target of [...this.#targets.values()]) {
      if (wanted.has(target.device)) continue
      this.#targets.delete(target.device)
      if (target.isDialling) this.#dialling--
    }
    for (const device of wanted) {
      if (this.#targets.has(device)) continue
      this.#targets.set(device, {
        device,
        isConnected: false,
        isDialling: false,
        isNudged: false,
        isUrgent: false,
        startedMs: Number.NEGATIVE_INFINITY,
        failures: 0,
        dueMs: nowMs + this.#yieldMs(device),
        briskUntilMs: nowMs,
      })
    }
  }

  #yieldMs(device: DeviceId): number {
    return this.#needs.self < device ? 0 : (0.5 + this.#needs.random() / 2) * limits.YIELD_MAX_MS
  }

  #waitMs(target: Target, nowMs: number): number {
    const random = this.#needs.random()
    if (nowMs < target.briskUntilMs) {
      const quick = limits.QUICK_RETRIES_MS[target.failures]
      return quick ?? limits.BRISK_MIN_MS + random * (limits.BRISK_MAX_MS - limits.BRISK_MIN_MS)
    }
    const ceiling = Math.min(
      limits.BACKOFF_MAX_MS,
      limits.BACKOFF_BASE_MS * 2 ** Math.min(target.failures, 30),
    )
    return Math.max(limits.BACKOFF_FLOOR_MS, random * ceiling)
  }
}

function roomFor(target: Target): number {
  return target.isUrgent ? limits.URGENT_DIALS_MAX : limits.PARALLEL_DIALS_MAX
}

function isWaiting(target: Target): boolean {
  return !target.isConnected && !target.isDialling
}
