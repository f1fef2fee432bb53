import { randomBytes } from 'node:crypto'
import type { Clock } from '../../src/clock/clock.ts'
import type { EventSource } from './backend.ts'
import type { Event } from './contract/mesh.ts'

/** About an hour of a busy mesh, about 2 MiB; a reader that was away for longer reads the state anew. */
export const EVENTS_KEPT_MAX = 4_096

/** The newest events in memory. Numbers rise by one; a restart begins anew under another `boot`. */
export class EventLog implements EventSource {
  readonly boot: string = randomBytes(9).toString('base64url')
  readonly #clock: Clock
  readonly #keptMax: number
  readonly #ring: Event[] = []
  readonly #listeners = new Set<(event: Event) => void>()
  #lastSeq = 0

  constructor(clock: Clock, keptMax: number = EVENTS_KEPT_MAX) {
    this.#clock = clock
    this.#keptMax = keptMax
  }

  get lastSeq(): number {
    return this.#lastSeq
  }

  publish(fact: Omit<Event, 'seq' | 'time'>): Event {
    const event: Event = { ...fact, seq: ++this.#lastSeq, time: this.#clock.now() }
    this.#ring[this.#slot(event.seq)] = event
    for (const listener of [...this.#listeners]) listener(event)
    return event
  }

  after(since: number): readonly Event[] | undefined {
    if (since > this.#lastSeq || since < this.#lastSeq - this.#ring.length) return undefined
    const events: Event[] = []
    for (let seq = since + 1; seq <= this.#lastSeq; seq++) {
      const event = this.#ring[this.#slot(seq)]
      if (event !== undefined) events.push(event)
    }
    return events
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #slot(seq: number): number {
    return (seq - 1) % this.#keptMax
  }
}
