import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { ApiError } from './api-error.ts'
import type { Api } from './app.ts'
import type { Door } from './caller.ts'
import { closed, errnoOf } from './listening.ts'
import { openLoopbackDoor } from './loopback-door.ts'
import { problemReply } from './problem-reply.ts'
import type { ApiLog } from './refusals.ts'
import { endWithProblem } from './raw-reply.ts'
import { guardLoopback, type Refusal } from './request-guard.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { openUnixDoor } from './unix-door.ts'

export interface DoorLimits {
  /** To send all headers, and all of the request; answers may stream for as long as they like. */
  readonly headersMs: number
  readonly requestMs: number
  readonly keepAliveMs: number
  /** How often the above are looked at. */
  readonly checkEveryMs: number
  readonly headersMaxBytes: number
  readonly connectionsMax: number
}

export const DOOR_LIMITS: DoorLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 30_000,
  checkEveryMs: 5_000,
  headersMaxBytes: 16 * 1_024,
  connectionsMax: 256,
}

export interface DoorsOptions {
  readonly api: Api
  readonly log: ApiLog
  readonly unix?: { readonly path: string }
  readonly loopback?: { readonly port: number }
  readonly limits?: Partial<DoorLimits>
}

export interface Doors {
  readonly socketPath: string | null
  readonly port: number | null
  /** `http://127.0.0.1:7077/`, or null when the loopback door is shut. */
  readonly pageUrl: string | null
  close(): Promise<void>
}

/** Opens the unix socket for the owner's command line and the loopback port for the page and programs. */
export async function openDoors(options: DoorsOptions): Promise<Doors> {
  const { api, log } = options
  const limits = { ...DOOR_LIMITS, ...options.limits }
  const servers: Server[] = []
  const close = async (): Promise<void> => {
    api.close()
    await Promise.all(servers.map(closed))
  }
  try {
    const port = options.loopback === undefined ? null : await openLoopback(options.loopback.port)
    // Last, since whoever waits for the node waits for its socket.
    if (options.unix !== undefined) {
      const server = makeServer(
        api,
        limits,
        () => ({ kind: 'unix' }),
        () => undefined,
      )
      servers.push(server)
      await openUnixDoor(server, options.unix.path)
    }
    return {
      socketPath: options.unix?.path ?? null,
      port,
      pageUrl: port === null ? null : `http://127.0.0.1:${port}/`,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }

  async function openLoopback(wished: number): Promise<number> {
    const make = () => makeServer(api, limits, loopbackDoorOf, guardOf)
    const door = await openLoopbackDoor(make, wished)
    servers.push(...door.servers)
    if (wished !== 0 && door.port !== wished) {
      const message = `port ${wished} is taken; the page is on port ${door.port}`
      log({ level: 'warn', subsystem: 'api', message, fields: { wished, port: door.port } })
    }
    return door.port
  }
}

type Guard = (incoming: IncomingMessage, isUpgrade: boolean) => Refusal | undefined

function loopbackDoorOf(incoming: IncomingMessage): Door {
  return { kind: 'loopback', source: incoming.socket.remoteAddress ?? 'unknown' }
}

function guardOf(incoming: IncomingMessage, isUpgrade: boolean): Refusal | undefined {
  const { method = '', url: target = '', rawHeaders } = incoming
  return guardLoopback({ method, target, rawHeaders, isUpgrade }, incoming.socket.localPort ?? 0)
}

function makeServer(
  api: Api,
  limits: DoorLimits,
  doorOf: (incoming: IncomingMessage) => Door,
  guard: Guard,
): Server {
  const refused = (incoming: IncomingMessage, isUpgrade: boolean): ApiError | undefined => {
    const refusal = guard(incoming, isUpgrade)
    if (refusal === undefined) return undefined
    const { host, origin } = incoming.headers
    api.refusals.count(refusal.kind, {
      method: incoming.method,
      host: clip(host),
      origin: clip(origin),
    })
    return refusal.error
  }
  const listener = getRequestListener(
    (request, { incoming }) => answer(request, incoming as IncomingMessage),
    {
      hostname: 'localhost',
      overrideGlobalObjects: false,
      errorHandler: (cause) =>
        plainProblem(
          new ApiError('BAD_REQUEST', 'the request target is not valid', undefined, { cause }),
        ),
    },
  )
  const answer = async (request: Request, incoming: IncomingMessage): Promise<Response> =>
    api.fetch(request, doorOf(incoming))

  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const error = refused(incoming, false)
    if (error === undefined) return void listener(incoming, outgoing)
    // Before routing and before the body: nothing of such a request is looked at.
    const reply = plainProblem(error)
    outgoing.writeHead(reply.status, { ...Object.fromEntries(reply.headers), connection: 'close' })
    void reply.text().then((body) => outgoing.end(incoming.method === 'HEAD' ? '' : body))
  }
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      maxHeaderSize: limits.headersMaxBytes,
      // Ours to refuse, with 421, as any other wrong host.
      requireHostHeader: false,
    },
    onRequest,
  )
  // Node would silently drop headers beyond a count, and what is dropped cannot be checked; their size is bounded.
  server.maxHeadersCount = 0
  server.maxConnections = limits.connectionsMax
  server.on('drop', () => api.refusals.count('too-many-connections'))
  server.on('upgrade', (incoming, socket, head) => {
    socket.on('error', () => socket.destroy())
    const error = refused(incoming, true)
    if (error === undefined) api.upgrade(incoming, socket, head, doorOf(incoming))
    else endWithProblem(socket, error)
  })
  server.on('clientError', (error, socket) => onClientError(api, error, socket))
  // An expectation we do not know is ignored rather than answered by Node without our headers.
  server.on('checkExpectation', onRequest)
  return server
}

function onClientError(api: Api, error: Error, socket: Duplex): void {
  const code = errnoOf(error)
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    api.refusals.count('slow-request')
    endWithProblem(socket, new ApiError('REQUEST_TIMEOUT', 'the request took too long to arrive'))
    return
  }
  api.refusals.count('bad-request-line', { code })
  if (code === 'HPE_HEADER_OVERFLOW')
    endWithProblem(socket, new ApiError('HEADERS_TOO_LARGE', 'the headers are too large'))
  else endWithProblem(socket, new ApiError('BAD_REQUEST', 'this is not HTTP/1.1'))
}

function plainProblem(error: ApiError): Response {
  const reply = problemReply(error)
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.headers.set(name, value)
  reply.headers.set('cache-control', 'no-store')
  return reply
}

/** Enough of a foreign header to see who it was. */
function clip(text: string | undefined): string | null {
  return text === undefined ? null : text.slice(0, 120)
}
