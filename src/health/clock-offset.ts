const WINDOW = 8

interface Sample {
  readonly offsetMs: number
  readonly rttMs: number
}

/**
 * By how much a peer's wall clock is ahead of ours. As in NTP, the sample with the shortest round trip of the
 * last eight is believed: its error is at most half of that round trip.
 */
export class ClockOffset {
  readonly #samples: Sample[] = []

  /** `remoteMs`: what the peer's clock said between our `sentMs` and `receivedMs`. */
  add(sentMs: number, remoteMs: number, receivedMs: number, rttMs: number): void {
    // Our own clock was set in between: the two readings cannot be compared.
    if (Math.abs(receivedMs - sentMs - rttMs) > 50 + rttMs) return
    this.#samples.push({ offsetMs: remoteMs - (sentMs + receivedMs) / 2, rttMs })
    if (this.#samples.length > WINDOW) this.#samples.shift()
  }

  /** Forgets everything, because our own clock was set. */
  reset(): void {
    this.#samples.length = 0
  }

  get offsetMs(): number | null {
    let best: Sample | undefined
    for (const sample of this.#samples)
      if (best === undefined || sample.rttMs < best.rttMs) best = sample
    return best?.offsetMs ?? null
  }

  /** Half of the best round trip: the truth is within this of `offsetMs`. */
  get errorMs(): number | null {
    return this.#samples.length === 0
      ? null
      : Math.min(...this.#samples.map((sample) => sample.rttMs)) / 2
  }
}
