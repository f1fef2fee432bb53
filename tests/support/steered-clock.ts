import type { Cancel, Clock } from '../../src/clock/clock.ts'

interface Timer {
  dueMs: number
  readonly periodMs: number | undefined
  readonly callback: () => void
  handle: NodeJS.Timeout | undefined
}

/** The machine's clock, except that a test may set the wall clock, or let time pass at once. */
export class SteeredClock implements Clock {
  readonly #timers = new Set<Timer>()
  #wallOffsetMs: number
  #skippedMs = 0

  constructor(wallOffsetMs = 0) {
    this.#wallOffsetMs = wallOffsetMs
  }

  now(): number {
    return Date.now() + this.#wallOffsetMs + this.#skippedMs
  }

  monotonic(): number {
    return performance.now() + this.#skippedMs
  }

  random(): number {
    return Math.random()
  }

  after(delayMs: number, callback: () => void): Cancel {
    return this.#add(delayMs, undefined, callback)
  }

  every(periodMs: number, callback: () => void): Cancel {
    return this.#add(periodMs, periodMs, callback)
  }

  /** As a person or NTP does: timers go on as they were. */
  setWall(byMs: number): void {
    this.#wallOffsetMs += byMs
  }

  /** As if so much time had passed: each timer that fell due in it fires once. */
  skip(ms: number): void {
    this.#skippedMs += ms
    for (const timer of [...this.#timers].sort((a, b) => a.dueMs - b.dueMs)) {
      if (this.#timers.has(timer)) this.#arm(timer)
    }
  }

  #add(delayMs: number, periodMs: number | undefined, callback: () => void): Cancel {
    const timer: Timer = {
      dueMs: this.monotonic() + delayMs,
      periodMs,
      callback,
      handle: undefined,
    }
    this.#timers.add(timer)
    this.#arm(timer)
    return () => {
      clearTimeout(timer.handle)
      this.#timers.delete(timer)
    }
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.handle)
    timer.handle = setTimeout(() => this.#fire(timer), Math.max(0, timer.dueMs - this.monotonic()))
    timer.handle.unref()
  }

  #fire(timer: Timer): void {
    if (timer.periodMs === undefined) this.#timers.delete(timer)
    else {
      timer.dueMs = this.monotonic() + timer.periodMs
      this.#arm(timer)
    }
    timer.callback()
  }
}
