import type { Cancel, Clock } from '../../src/clock/clock.ts'

interface Timer {
  dueMs: number
  readonly order: number
  readonly everyMs: number | undefined
  readonly callback: () => void
}

/** Mulberry32: small, fast and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A clock that moves when it is told to. */
export class ManualClock implements Clock {
  readonly #timers = new Set<Timer>()
  readonly #random: () => number
  #nowMs = 0
  #order = 0
  /** Difference between wall clock and monotonic clock; a test may step it. */
  wallOffsetMs: number

  constructor(options: { readonly startMs?: number; readonly seed?: number } = {}) {
    this.wallOffsetMs = options.startMs ?? 1_800_000_000_000
    this.#random = seededRandom(options.seed ?? 1)
  }

  now(): number {
    return this.wallOffsetMs + this.#nowMs
  }

  monotonic(): number {
    return this.#nowMs
  }

  after(delayMs: number, callback: () => void): Cancel {
    return this.#add(delayMs, undefined, callback)
  }

  every(periodMs: number, callback: () => void): Cancel {
    return this.#add(periodMs, periodMs, callback)
  }

  random(): number {
    return this.#random()
  }

  get timers(): number {
    return this.#timers.size
  }

  /** Moves to the next timer that is due within `ms`, or by `ms` when there is none; returns what remains. */
  step(ms: number): number {
    const untilMs = this.#nowMs + ms
    const [next] = [...this.#timers].sort((a, b) => a.dueMs - b.dueMs || a.order - b.order)
    if (next === undefined || next.dueMs > untilMs) {
      this.#nowMs = untilMs
      return 0
    }
    this.#nowMs = Math.max(this.#nowMs, next.dueMs)
    if (next.everyMs === undefined) this.#timers.delete(next)
    else next.dueMs += next.everyMs
    next.callback()
    return untilMs - this.#nowMs
  }

  advance(ms: number): void {
    for (let left = this.step(ms); left > 0;) left = this.step(left)
  }

  #add(delayMs: number, everyMs: number | undefined, callback: () => void): Cancel {
    const timer = { dueMs: this.#nowMs + delayMs, order: this.#order, everyMs, callback }
    this.#order += 1
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }
}
