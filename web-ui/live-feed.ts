import type { Event, EventFrame } from '../node/api/contract/mesh.ts'
import { ask, RequestError } from './api-client.ts'

/** The node beats every 15 s; two missed beats mean that the line is dead, whatever the socket believes. */
const SILENCE_MAX_MS = 35_000
const RETRY_MIN_MS = 400
const RETRY_MAX_MS = 8_000

export interface LiveFeedEvents {
  /** Connected, and everything since the last connection has arrived or was asked to be read anew. */
  readonly onLive: () => void
  readonly onEvent: (event: Event) => void
  /** Some events are gone for good: read the state anew. */
  readonly onGap: () => void
  readonly onLost: () => void
}

/** Events of the node as they happen, with resume: what is missed while away arrives on return. */
export class LiveFeed {
  readonly #events: LiveFeedEvents
  #socket: WebSocket | undefined
  #since: number | undefined
  #boot: string | undefined
  #retryMs = RETRY_MIN_MS
  #retry: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined
  #isConnecting = false
  #isEnded = false

  constructor(events: LiveFeedEvents) {
    this.#events = events
  }

  start(): void {
    void this.#connect()
  }

  /** The page is looked at again: a browser may have frozen it long ago. */
  wake(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) return
    this.#retryMs = RETRY_MIN_MS
    void this.#connect()
  }

  end(): void {
    this.#isEnded = true
    clearTimeout(this.#retry)
    clearTimeout(this.#silence)
    this.#socket?.close()
  }

  async #connect(): Promise<void> {
    if (this.#isConnecting || this.#isEnded) return
    clearTimeout(this.#retry)
    this.#isConnecting = true
    try {
      const { ticket } = await ask<{ ticket: string }>('POST', 'socket-tickets', {})
      this.#listen(ticket)
    } catch (error) {
      if (error instanceof RequestError && error.code === 'UNAUTHENTICATED') this.end()
      else this.#onLost()
    } finally {
      this.#isConnecting = false
    }
  }

  #listen(ticket: string): void {
    const socket = new WebSocket(`ws://${location.host}/api/v1/events/socket`)
    this.#socket = socket
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ ticket, since: this.#since, boot: this.#boot }))
    })
    socket.addEventListener('message', (message) =>
      this.#onFrame(JSON.parse(String(message.data)) as EventFrame),
    )
    socket.addEventListener('close', () => {
      if (this.#socket === socket) this.#onLost()
    })
  }

  #onFrame(frame: EventFrame): void {
    this.#retryMs = RETRY_MIN_MS
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#socket?.close(), SILENCE_MAX_MS)
    if (frame.kind === 'event') {
      this.#since = frame.event.seq
      return this.#events.onEvent(frame.event)
    }
    this.#boot = frame.boot
    if (frame.kind === 'resync') {
      this.#since = frame.seq
      return this.#events.onGap()
    }
    // Of the first beat the number is where we begin; later ones must not skip events that are still on their way.
    this.#since ??= frame.seq
    this.#events.onLive()
  }

  #onLost(): void {
    this.#socket = undefined
    clearTimeout(this.#silence)
    if (this.#isEnded) return
    this.#events.onLost()
    clearTimeout(this.#retry)
    this.#retry = setTimeout(
      () => void this.#connect(),
      this.#retryMs * (0.7 + Math.random() * 0.6),
    )
    this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2)
  }
}
