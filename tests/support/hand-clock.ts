import type { Cancel, Clock } from '../../src/clock/clock.ts'
import { START_MS } from './stub-mesh.ts'

interface Timer {
  dueMs: number
  readonly periodMs: number | null
  readonly callback: () => void
}

/** A clock that moves when told. Its two faces move together unless one is set by hand. */
export class HandClock implements Clock {
  #elapsedMs = 0
  #wallOffsetMs = START_MS
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#wallOffsetMs + this.#elapsedMs
  }

  monotonic(): number {
    return this.#elapsedMs
  }

  random(): number {
    return 0.5
  }

  after(delayMs: number, callback: () => void): Cancel {
    return this.#add({ dueMs: this.#elapsedMs + delayMs, periodMs: null, callback })
  }

  every(periodMs: number, callback: () => void): Cancel {
    return this.#add({ dueMs: this.#elapsedMs + periodMs, periodMs, callback })
  }

  /** Sets the wall clock, as a person or NTP would. */
  stepWall(byMs: number): void {
    this.#wallOffsetMs += byMs
  }

  advance(byMs: number): void {
    const endMs = this.#elapsedMs + byMs
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.dueMs <= endMs)
      const next = due.toSorted((one, other) => one.dueMs - other.dueMs)[0]
      if (next === undefined) break
      this.#elapsedMs = next.dueMs
      if (next.periodMs === null) this.#timers.delete(next)
      else next.dueMs += next.periodMs
      next.callback()
    }
    this.#elapsedMs = endMs
  }

  #add(timer: Timer): Cancel {
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }
}
