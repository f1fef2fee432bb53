/** What may flow: `perMs` comes back every millisecond, up to `burst`. */
export interface Flow {
  readonly perMs: number
  readonly burst: number
}

interface Bucket {
  level: number
  atMs: number
}

/** Full buckets are forgotten when this many are kept, so that strangers' names cost no memory. */
const KEPT_MAX = 4_096

/** Budgets per key, without a timer: time is an argument. */
export class TokenBuckets {
  readonly #flow: Flow
  readonly #buckets = new Map<string, Bucket>()

  constructor(flow: Flow) {
    this.#flow = flow
  }

  get size(): number {
    return this.#buckets.size
  }

  /** Takes `amount`, or nothing and returns false. */
  take(key: string, amount: number, nowMs: number): boolean {
    const bucket = this.#at(key, nowMs)
    if (bucket.level < amount) return false
    bucket.level -= amount
    return true
  }

  /** Takes `amount` whether it is there or not, as a fine; the debt is at most a full bucket. */
  fine(key: string, amount: number, nowMs: number): void {
    const bucket = this.#at(key, nowMs)
    bucket.level = Math.max(-this.#flow.burst, bucket.level - amount)
  }

  #at(key: string, nowMs: number): Bucket {
    const found = this.#buckets.get(key)
    if (found === undefined) {
      if (this.#buckets.size >= KEPT_MAX) this.#forgetFull(nowMs)
      const bucket = { level: this.#flow.burst, atMs: nowMs }
      this.#buckets.set(key, bucket)
      return bucket
    }
    const elapsedMs = Math.max(0, nowMs - found.atMs)
    found.level = Math.min(this.#flow.burst, found.level + elapsedMs * this.#flow.perMs)
    found.atMs = nowMs
    return found
  }

  #forgetFull(nowMs: number): void {
    for (const [key, { level, atMs }] of this.#buckets) {
      if (level + (nowMs - atMs) * this.#flow.perMs >= this.#flow.burst) this.#buckets.delete(key)
    }
    if (this.#buckets.size >= KEPT_MAX) this.#buckets.clear()
  }
}
