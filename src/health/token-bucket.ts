/** Allows `perSecond` on average and `burst` at once. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  #tokens: number
  #filledMs: number

  constructor(perSecond: number, burst: number, nowMs: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#tokens = burst
    this.#filledMs = nowMs
  }

  take(nowMs: number): boolean {
    const earned = ((nowMs - this.#filledMs) * this.#perSecond) / 1_000
    this.#tokens = Math.min(this.#burst, this.#tokens + earned)
    this.#filledMs = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
