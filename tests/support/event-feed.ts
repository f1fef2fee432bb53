import { setTimeout as delay } from 'node:timers/promises'
import type { Event, EventFrame } from '../../node/api/contract/mesh.ts'
import { CliError } from '../../node/cli/cli-error.ts'
import type { SocketClient } from '../../node/cli/client.ts'
import { ProcessError } from './processes.ts'

const CONNECT_EVERY_MS = 10
/** State that changes without an event is looked at this often, too. */
const LOOK_AGAIN_MS = 250

export interface SeenEvent {
  readonly event: Event
  /** By this process's monotonic clock, when the line arrived. */
  readonly atMs: number
}

/** The events of one device from a moment on, kept, so that a wait may begin after the event. */
export class EventFeed {
  readonly seen: SeenEvent[] = []
  readonly #listeners = new Set<(seen: SeenEvent) => void>()
  readonly #stop = new AbortController()

  /** Connects as soon as the node listens; the first frame says that following has begun. */
  static async follow(name: string, client: SocketClient, maxMs: number): Promise<EventFeed> {
    const feed = new EventFeed()
    const deadline = performance.now() + maxMs
    for (;;) {
      const frames = client
        .stream<EventFrame>('GET', '/api/v1/events?follow=true', undefined, feed.#stop.signal)
        [Symbol.asyncIterator]()
      try {
        const first = await frames.next()
        if (first.done !== true) {
          void feed.#read(frames)
          return feed
        }
      } catch (error) {
        if (!(error instanceof CliError)) throw error
        if (performance.now() > deadline)
          throw new ProcessError(`${name} did not answer within ${maxMs} ms: ${error.message}`)
      }
      await delay(CONNECT_EVERY_MS)
    }
  }

  async #read(frames: AsyncIterator<EventFrame>): Promise<void> {
    try {
      for (let next = await frames.next(); next.done !== true; next = await frames.next()) {
        if (next.value.kind !== 'event') continue
        const seen = { event: next.value.event, atMs: performance.now() }
        this.seen.push(seen)
        for (const listener of [...this.#listeners]) listener(seen)
      }
    } catch (error) {
      // The node was killed; whoever waits for its events finds out by waiting in vain.
      if (!(error instanceof CliError)) throw error
    }
  }

  listen(listener: (seen: SeenEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  stop(): void {
    this.#stop.abort()
  }

  /** The first event that matches, among those seen and those to come; undefined when time is up. */
  async first(matches: (event: Event) => boolean, maxMs: number): Promise<Event | undefined> {
    return this.until(
      () => Promise.resolve(this.seen.find(({ event }) => matches(event))?.event),
      maxMs,
    )
  }

  /** Asks `look` now and after each event until it answers; undefined when time is up. */
  async until<Answer>(
    look: () => Promise<Answer | undefined>,
    maxMs: number,
  ): Promise<Answer | undefined> {
    const deadline = performance.now() + maxMs
    while (performance.now() < deadline) {
      const changed = this.#change(Math.min(LOOK_AGAIN_MS, deadline - performance.now()))
      const answer = await look()
      if (answer !== undefined) return answer
      await changed
    }
    return look()
  }

  #change(maxMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer)
        unlisten()
        resolve()
      }
      const timer = setTimeout(end, maxMs)
      const unlisten = this.listen(end)
    })
  }
}
