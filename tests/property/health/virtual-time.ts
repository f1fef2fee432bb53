import type { Cancel, Clock } from '../../../src/clock/clock.ts'

/** mulberry32: small, fast and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Event {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
  isCancelled: boolean
}

/** Time that only moves when it is told to; events run in order of time, then of scheduling. */
export class VirtualTime {
  nowMs = 0
  readonly #heap: Event[] = []
  #order = 0

  at(atMs: number, run: () => void): Cancel {
    const event: Event = {
      atMs: Math.max(atMs, this.nowMs),
      order: this.#order++,
      run,
      isCancelled: false,
    }
    this.#push(event)
    return () => {
      event.isCancelled = true
    }
  }

  /** Runs everything due until `untilMs`; between events promises get to settle. */
  async advanceTo(untilMs: number): Promise<void> {
    await settle()
    for (
      let next = this.#heap[0];
      next !== undefined && next.atMs <= untilMs;
      next = this.#heap[0]
    ) {
      this.#pop()
      if (next.isCancelled) continue
      this.nowMs = next.atMs
      next.run()
      await settle()
    }
    this.nowMs = untilMs
  }

  async advance(ms: number): Promise<void> {
    await this.advanceTo(this.nowMs + ms)
  }

  #push(event: Event): void {
    const heap = this.#heap
    heap.push(event)
    let i = heap.length - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!isBefore(event, heap[up]!)) break
      heap[i] = heap[up]!
      i = up
    }
    heap[i] = event
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let i = 0
    for (;;) {
      let down = 2 * i + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && isBefore(heap[down + 1]!, heap[down]!)) down++
      if (!isBefore(heap[down]!, last)) break
      heap[i] = heap[down]!
      i = down
    }
    heap[i] = last
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

/** Deep enough for every promise chain of the code under test. */
async function settle(): Promise<void> {
  for (let i = 0; i < 12; i++) await Promise.resolve()
}

/** A clock of one undisturbed process. */
export function virtualClock(
  time: VirtualTime,
  random: () => number,
  startMs = 1_800_000_000_000,
): Clock {
  return {
    now: () => startMs + time.nowMs,
    monotonic: () => time.nowMs,
    after: (delayMs, callback) => time.at(time.nowMs + delayMs, callback),
    every: (periodMs, callback) => {
      let cancel: Cancel
      const run = (): void => {
        cancel = time.at(time.nowMs + periodMs, run)
        callback()
      }
      cancel = time.at(time.nowMs + periodMs, run)
      return () => cancel()
    },
    random,
  }
}
