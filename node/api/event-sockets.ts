import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Cancel, Clock } from '../../src/clock/clock.ts'
import { ApiError } from './api-error.ts'
import type { EventSource } from './backend.ts'
import type { Door } from './caller.ts'
import { type EventFrame, socketHello } from './contract/mesh.ts'
import type { Credentials, Session } from './credentials.ts'
import { eventStream } from './event-stream.ts'
import { endWithProblem } from './raw-reply.ts'
import type { Refusals } from './refusals.ts'
import { API_ROOT } from './route-table.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

const SOCKET_PATH = `${API_ROOT}/events/socket`
const SOCKETS_MAX = 64
/** Of these, how many may still owe their ticket: strangers must not take all places. */
const STRANGERS_MAX = 16
const HELLO_WITHIN_MS = 5_000
const HELLO_MAX_BYTES = 4_096
const BUFFERED_MAX_BYTES = 1_024 * 1_024
/** How long a peer has to answer a close before it is cut. */
const CLOSE_WITHIN_MS = 1_000

/** Close codes: 1008 policy, 1013 try again later (RFC 6455 and its registry), 4001 is ours. */
const CLOSE = { goingAway: 1001, policy: 1008, tooSlow: 1013, sessionEnded: 4001 } as const

export interface EventSocketsOptions {
  readonly events: EventSource
  readonly credentials: Credentials
  readonly clock: Clock
  readonly refusals: Refusals
}

/** The event stream by WebSocket. The client says one thing, its ticket and where it left off; then it listens. */
export class EventSockets {
  readonly #options: EventSocketsOptions
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: HELLO_MAX_BYTES,
    clientTracking: false,
  })
  readonly #open = new Set<WebSocket>()
  readonly #strangers = new Set<WebSocket>()

  constructor(options: EventSocketsOptions) {
    this.#options = options
    this.#server.on('headers', (headers) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS))
        headers.push(`${name}: ${value}`)
    })
  }

  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, door: Door): void {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname
    if (path !== SOCKET_PATH)
      return endWithProblem(socket, new ApiError('NOT_FOUND', 'there is no such socket'))
    if (this.#open.size >= SOCKETS_MAX || this.#strangers.size >= STRANGERS_MAX) {
      this.#options.refusals.count('too-many-sockets')
      return endWithProblem(
        socket,
        new ApiError('RATE_LIMITED', 'too many event sockets are open', undefined, {
          retryAfterS: 5,
        }),
      )
    }
    this.#server.handleUpgrade(incoming, socket, head, (client) => this.#accept(client, door))
  }

  close(): void {
    for (const client of this.#open)
      end(client, CLOSE.goingAway, 'the node is stopping', this.#options.clock)
  }

  #accept(client: WebSocket, door: Door): void {
    const { clock, refusals } = this.#options
    const stop = new AbortController()
    this.#open.add(client)
    this.#strangers.add(client)
    const cancelDeadline = clock.after(HELLO_WITHIN_MS, () => {
      refusals.count('late-ticket')
      end(client, CLOSE.policy, 'no ticket within 5 s', clock)
    })
    client.on('error', () => client.terminate())
    client.on('close', () => {
      cancelDeadline()
      this.#open.delete(client)
      this.#strangers.delete(client)
      stop.abort()
    })
    client.once('message', (data, isBinary) => {
      cancelDeadline()
      this.#strangers.delete(client)
      client.on('message', () => end(client, CLOSE.policy, 'nothing more to say', clock))
      const text = !isBinary && data instanceof Buffer ? data.toString('utf8') : ''
      this.#welcome(client, parseHello(text), door, stop.signal)
    })
  }

  #welcome(client: WebSocket, hello: Hello | undefined, door: Door, signal: AbortSignal): void {
    const { clock, credentials, refusals } = this.#options
    const ticket = hello?.ticket
    const session = ticket === undefined ? undefined : credentials.redeem(ticket)
    if (hello === undefined || (door.kind !== 'unix' && session === undefined)) {
      refusals.count('bad-ticket')
      return end(client, CLOSE.policy, 'the first message must hold a good ticket', clock)
    }
    const { since, boot } = hello
    this.#feed(client, session, { since, boot, follow: true }, signal).catch(() =>
      client.terminate(),
    )
  }

  async #feed(
    client: WebSocket,
    session: Session | undefined,
    request: Parameters<typeof eventStream>[2],
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, events, refusals } = this.#options
    const life = new Liveness(client)
    for await (const frame of eventStream(events, clock, request, signal)) {
      if (signal.aborted) return
      if (session?.isLive() === false)
        return end(client, CLOSE.sessionEnded, 'the session has ended', clock)
      if (frame.kind === 'heartbeat' && !life.beat()) return client.terminate()
      if (client.bufferedAmount > BUFFERED_MAX_BYTES) {
        refusals.count('slow-socket')
        return end(client, CLOSE.tooSlow, 'reads too slowly', clock)
      }
      send(client, frame)
    }
  }
}

/** Notices a peer that is gone without a word: it must answer each ping before the next. */
class Liveness {
  readonly #client: WebSocket
  #isAnswered = true
  #beats = 0

  constructor(client: WebSocket) {
    this.#client = client
    client.on('pong', () => {
      this.#isAnswered = true
    })
  }

  beat(): boolean {
    // The first beat is the greeting; who has just spoken is there.
    this.#beats += 1
    if (this.#beats === 1) return true
    const wasAnswered = this.#isAnswered
    this.#isAnswered = false
    if (wasAnswered) this.#client.ping()
    return wasAnswered
  }
}

type Hello = ReturnType<typeof socketHello.parse>

function parseHello(text: string): Hello | undefined {
  try {
    return socketHello.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function send(client: WebSocket, frame: EventFrame): void {
  client.send(JSON.stringify(frame))
}

function end(client: WebSocket, code: number, reason: string, clock: Clock): void {
  client.close(code, reason)
  const cancel: Cancel = clock.after(CLOSE_WITHIN_MS, () => client.terminate())
  client.once('close', cancel)
}
