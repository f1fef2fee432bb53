import type { Clock } from '../../src/clock/clock.ts'

const FAILURES_PER_MINUTE = 5
const SOURCES_MAX = 256

interface Bucket {
  tokens: number
  atMs: number
}

/**
 * Slows down who guesses credentials. It is asked only after a credential has failed, so that a good one always
 * passes: on loopback the owner and a hostile program share one source, and must not lock each other out.
 */
export class FailureLimiter {
  readonly #clock: Clock
  readonly #buckets = new Map<string, Bucket>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Seconds until another failure is heard from this source; 0 while it is within its allowance. */
  fail(source: string): number {
    const nowMs = this.#clock.monotonic()
    const bucket = this.#buckets.get(source) ?? { tokens: FAILURES_PER_MINUTE, atMs: nowMs }
    const refilled = bucket.tokens + ((nowMs - bucket.atMs) / 60_000) * FAILURES_PER_MINUTE
    bucket.tokens = Math.min(FAILURES_PER_MINUTE, refilled)
    bucket.atMs = nowMs
    this.#buckets.delete(source)
    this.#buckets.set(source, bucket)
    const oldest = this.#buckets.keys().next()
    if (this.#buckets.size > SOURCES_MAX && !oldest.done) this.#buckets.delete(oldest.value)
    if (bucket.tokens < 1) return ((1 - bucket.tokens) * 60) / FAILURES_PER_MINUTE
    bucket.tokens -= 1
    return 0
  }
}
