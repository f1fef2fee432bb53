const WINDOW_RTTS = 64
const WINDOW_PROBES = 100
/** RFC 6298's gain for the smoothed round-trip time. */
const GAIN = 1 / 8

export interface RoundTripFigures {
  readonly lastMs: number
  readonly smoothedMs: number
  /** Of the last probes: not moved by the slow first ones, nor by one stall. */
  readonly medianMs: number
  readonly minMs: number
  readonly p95Ms: number
}

/** Round-trip times and losses of one peer, over the last probes only. */
export class RoundTrips {
  readonly #rtts: number[] = []
  readonly #answers: boolean[] = []
  #smoothedMs: number | undefined
  #lost = 0

  answered(rttMs: number): void {
    this.#smoothedMs =
      this.#smoothedMs === undefined ? rttMs : this.#smoothedMs + GAIN * (rttMs - this.#smoothedMs)
    this.#rtts.push(rttMs)
    if (this.#rtts.length > WINDOW_RTTS) this.#rtts.shift()
    this.#count(true)
  }

  lost(): void {
    this.#count(false)
  }

  /** Share of the last probes unanswered, 0 to 1. */
  get loss(): number {
    return this.#answers.length === 0 ? 0 : this.#lost / this.#answers.length
  }

  get smoothedMs(): number | null {
    return this.#smoothedMs ?? null
  }

  figures(): RoundTripFigures | undefined {
    const lastMs = this.#rtts.at(-1)
    if (lastMs === undefined || this.#smoothedMs === undefined) return undefined
    const sorted = this.#rtts.toSorted((a, b) => a - b)
    const p95Ms = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? lastMs
    const medianMs = sorted[sorted.length >> 1] ?? lastMs
    return { lastMs, smoothedMs: this.#smoothedMs, medianMs, minMs: sorted[0] ?? lastMs, p95Ms }
  }

  #count(isAnswered: boolean): void {
    this.#answers.push(isAnswered)
    if (!isAnswered) this.#lost++
    if (this.#answers.length > WINDOW_PROBES && this.#answers.shift() === false) this.#lost--
  }
}
