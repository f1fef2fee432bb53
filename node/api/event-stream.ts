import type { Clock } from '../../src/clock/clock.ts'
import type { EventSource } from './backend.ts'
import type { EventFrame } from './contract/mesh.ts'

export const HEARTBEAT_MS = 15_000

export interface EventStreamRequest {
  /** The last event the reader has; without it, following starts now and a listing starts with the oldest kept. */
  readonly since?: number | undefined
  /** The start of the node that `since` belongs to. */
  readonly boot?: string | undefined
  readonly follow: boolean
}

/**
 * Frames for one reader, drawn from the log as the reader takes them. The log is the only buffer: whoever falls
 * behind it gets `resync` instead of what is gone.
 */
export async function* eventStream(
  events: EventSource,
  clock: Clock,
  request: EventStreamRequest,
  signal: AbortSignal,
): AsyncGenerator<EventFrame> {
  const { boot } = events
  const isOtherBoot = request.boot !== undefined && request.boot !== boot
  let cursor = isOtherBoot
    ? -1
    : (request.since ?? (request.follow ? events.lastSeq : oldest(events)))
  const wake = new Wake(events, clock, signal)
  try {
    if (request.follow) yield { kind: 'heartbeat', seq: events.lastSeq, time: clock.now(), boot }
    while (!signal.aborted) {
      const missed = cursor < 0 ? undefined : events.after(cursor)
      if (missed === undefined) {
        yield { kind: 'resync', seq: events.lastSeq, boot }
        // A follower reads the state anew and goes on from now; a listing shows what there still is.
        cursor = request.follow ? events.lastSeq : oldest(events)
        continue
      }
      for (const event of missed) {
        cursor = event.seq
        yield { kind: 'event', event }
      }
      if (!request.follow) return
      if (missed.length === 0 && (await wake.next()) === 'heartbeat') {
        yield { kind: 'heartbeat', seq: events.lastSeq, time: clock.now(), boot }
      }
    }
  } finally {
    wake.stop()
  }
}

/** The `since` that gives everything kept: nothing older can be asked for without a resync. */
function oldest(events: EventSource): number {
  let low = 0
  let high = events.lastSeq
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (events.after(middle) === undefined) low = middle + 1
    else high = middle
  }
  return low
}

type Reason = 'event' | 'heartbeat' | 'abort'

/** Waits for an event, the next heartbeat or the end, whichever is first. */
class Wake {
  #pending: Reason | undefined
  #resolve: ((reason: Reason) => void) | undefined
  readonly #undo: (() => void)[] = []

  constructor(events: EventSource, clock: Clock, signal: AbortSignal) {
    const onAbort = () => this.#wake('abort')
    signal.addEventListener('abort', onAbort)
    this.#undo.push(
      events.listen(() => this.#wake('event')),
      clock.every(HEARTBEAT_MS, () => this.#wake('heartbeat')),
      () => signal.removeEventListener('abort', onAbort),
    )
    if (signal.aborted) this.#pending = 'abort'
  }

  next(): Promise<Reason> {
    const pending = this.#pending
    this.#pending = undefined
    if (pending !== undefined) return Promise.resolve(pending)
    return new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  stop(): void {
    for (const undo of this.#undo) undo()
  }

  #wake(reason: Reason): void {
    const resolve = this.#resolve
    this.#resolve = undefined
    if (resolve === undefined) this.#pending = reason
    else resolve(reason)
  }
}
