import type { Cancel } from '../../../src/clock/clock.ts'

interface Event {
  readonly atMs: number
  readonly order: number
  run: (() => void) | undefined
}

/**
 * Time that only moves when it is told to. Events run in order of time, then of scheduling; between two of them
 * every promise that can settle settles, so that the same events always meet the same state.
 */
export class VirtualTime {
  nowMs = 0
  /** How many events have run. */
  events = 0
  readonly #heap: Event[] = []
  #order = 0

  at(atMs: number, run: () => void): Cancel {
    const event: Event = { atMs: Math.max(atMs, this.nowMs), order: this.#order++, run }
    this.#push(event)
    return () => {
      event.run = undefined
    }
  }

  in(delayMs: number, run: () => void): Cancel {
    return this.at(this.nowMs + delayMs, run)
  }

  /** Runs everything due until then, or until `isOver`. */
  async runUntil(untilMs: number, isOver: () => boolean): Promise<void> {
    await settled()
    for (
      let next = this.#heap[0];
      next !== undefined && next.atMs <= untilMs;
      next = this.#heap[0]
    ) {
      this.#pop()
      const { run } = next
      if (run === undefined) continue
      this.nowMs = next.atMs
      this.events += 1
      run()
      await settled()
      if (isOver()) return
    }
    this.nowMs = untilMs
  }

  #push(event: Event): void {
    const heap = this.#heap
    let i = heap.push(event) - 1
    while (i > 0) {
      const up = (i - 1) >> 1
      const above = heap[up] as Event
      if (!isBefore(event, above)) break
      heap[i] = above
      i = up
    }
    heap[i] = event
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop() as Event
    if (heap.length === 0) return
    let i = 0
    for (;;) {
      let down = 2 * i + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && isBefore(heap[down + 1] as Event, heap[down] as Event))
        down += 1
      const below = heap[down] as Event
      if (!isBefore(below, last)) break
      heap[i] = below
      i = down
    }
    heap[i] = last
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
}

/** Microtasks run out before the next macrotask, however long their chains are. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
