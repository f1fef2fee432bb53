import type { Clock } from './clock.ts'

/** Closer than this the own clock is right enough: admissions and tickets last for minutes to months. */
export const CLOCK_TOLERANCE_MS = 60_000

/** Witnesses kept; the newest of each. */
const WITNESSES_MAX = 16

/** A gap between wall and monotonic clock that grows by this is a step of the clock or a sleep. */
const STEP_MS = CLOCK_TOLERANCE_MS / 2

interface Testimony {
  /** The witness's wall clock, and this machine's monotonic clock at that moment. */
  readonly theirMs: number
  readonly monotonicMs: number
}

/**
 * The time by which admissions end. It is this device's wall clock, unless the admins it meets agree that
 * the clock is far off: a board without a battery that starts in 1970 must not take everybody for expired.
 * Only for expiry; nothing is ordered by it.
 */
export class TrustTime {
  readonly #clock: Clock
  readonly #testimonies = new Map<string, Testimony>()
  #gapMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#gapMs = clock.now() - clock.monotonic()
  }

  now(): number {
    const wallMs = this.#clock.now()
    const monotonicMs = this.#clock.monotonic()
    const gapMs = wallMs - monotonicMs
    if (Math.abs(gapMs - this.#gapMs) > STEP_MS) {
      this.#gapMs = gapMs
      this.#testimonies.clear() // a sleep or a corrected clock: what was said before proves nothing now
    }
    const agreed = this.#median(monotonicMs)
    if (agreed === undefined || Math.abs(wallMs - agreed) <= CLOCK_TOLERANCE_MS) return wallMs
    return Math.round(agreed) // the monotonic clock counts fractions, and records hold whole milliseconds
  }

  /** An admin said what its clock shows. Whose word counts is the caller's to decide. */
  witness(who: string, theirMs: number): void {
    this.now() // notices a step first
    this.#testimonies.delete(who)
    this.#testimonies.set(who, { theirMs, monotonicMs: this.#clock.monotonic() })
    for (const oldest of this.#testimonies.keys()) {
      if (this.#testimonies.size <= WITNESSES_MAX) break
      this.#testimonies.delete(oldest)
    }
  }

  /** How far this device's clock is ahead of what admins say; 0 when it is right enough or nobody said. */
  get errorMs(): number {
    return this.#clock.now() - this.now()
  }

  #median(monotonicMs: number): number | undefined {
    const estimates = [...this.#testimonies.values()]
      .map((testimony) => testimony.theirMs + monotonicMs - testimony.monotonicMs)
      .sort((a, b) => a - b)
    return estimates[Math.floor((estimates.length - 1) / 2)]
  }
}
