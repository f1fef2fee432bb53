import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Clock } from '../../src/clock/clock.ts'
import type { ApiContext } from './api-context.ts'
import { ApiError } from './api-error.ts'
import type { Backend } from './backend.ts'
import type { Caller, Door } from './caller.ts'
import type { Credentials } from './credentials.ts'
import { EventSockets } from './event-sockets.ts'
import { FailureLimiter } from './failure-limiter.ts'
import { problemReply } from './problem-reply.ts'
import { type ApiLog, Refusals } from './refusals.ts'
import { guardTarget } from './request-guard.ts'
import { API_ROOT, buildTable } from './route-table.ts'
import { allRoutes } from './routes/routes.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { type Assets, assetReply } from './static-assets.ts'

export interface ApiOptions {
  readonly backend: Backend
  readonly credentials: Credentials
  readonly assets: Assets
  readonly clock: Clock
  readonly log: ApiLog
  /** Where the page is served, once the loopback door is open. */
  readonly pageUrl: () => string | null
  readonly areRepliesChecked?: boolean
}

/** One handler behind every door. */
export interface Api {
  readonly refusals: Refusals
  fetch(request: Request, door: Door): Promise<Response>
  /** Takes over the connection of a WebSocket request that the door has let in. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer, door: Door): void
  /** Ends the event sockets. */
  close(): void
}

export function createApi(options: ApiOptions): Api {
  const { backend, credentials, assets, clock, log } = options
  const refusals = new Refusals(clock, log)
  const failures = new FailureLimiter(clock)
  const context: ApiContext = {
    backend,
    credentials,
    clock,
    refusals,
    failures,
    pageUrl: options.pageUrl,
  }
  const table = buildTable(allRoutes(context), {
    refusals,
    areRepliesChecked: options.areRepliesChecked ?? false,
  })
  const sockets = new EventSockets({ events: backend.events, credentials, clock, refusals })

  const answer = async (request: Request, door: Door): Promise<Response> => {
    const url = new URL(request.url)
    if (door.kind !== 'loopback') refuseTarget(request, url)
    if (url.pathname === '/livez') return livez(request)
    if (url.pathname.startsWith('/api/')) {
      return table.fetch(request, { caller: authenticate(request, url, door, context) })
    }
    const asset =
      request.method === 'GET' || request.method === 'HEAD'
        ? assetReply(assets, url.pathname)
        : undefined
    if (asset === undefined) throw new ApiError('NOT_FOUND', 'there is no such page')
    return asset
  }

  return {
    refusals,
    fetch: async (request, door) => {
      let response: Response
      try {
        response = await answer(request, door)
      } catch (error) {
        response = failureReply(error, request, log)
      }
      return withHeaders(response, request)
    },
    upgrade: (incoming, socket, head, door) => sockets.upgrade(incoming, socket, head, door),
    close: () => sockets.close(),
  }

  function refuseTarget(request: Request, url: URL): void {
    const target = `${url.pathname}${url.search}`
    const refusal = guardTarget({
      method: request.method,
      target,
      rawHeaders: [],
      isUpgrade: false,
    })
    if (refusal === undefined) return
    refusals.count(refusal.kind)
    throw refusal.error
  }
}

/** Who asks. Throws unless the door or a credential says so; `POST session` is where one without a credential gets it. */
function authenticate(request: Request, url: URL, door: Door, context: ApiContext): Caller {
  if (door.kind === 'unix') return { door: 'unix', grants: 'local' }
  if (door.kind === 'mesh')
    return { door: 'mesh', grants: door.role, network: door.network, device: door.device }
  const { credentials, refusals, failures } = context
  const header = request.headers.get('authorization')
  if (header === null) {
    if (url.pathname === `${API_ROOT}/session` && request.method === 'POST')
      return { door: 'loopback', grants: 'public' }
    refusals.count('no-credential', { source: door.source })
    throw new ApiError('UNAUTHENTICATED', 'a credential is needed', 'asgard ui')
  }
  const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(header)?.[1]
  const session = token === undefined ? undefined : credentials.session(token)
  if (session !== undefined) return { door: 'loopback', grants: 'local', session }
  refusals.count('bad-credential', { source: door.source })
  const retryAfterS = failures.fail(door.source)
  if (retryAfterS === 0)
    throw new ApiError('UNAUTHENTICATED', 'the credential is unknown or has expired', 'asgard ui')
  refusals.count('too-many-failures', { source: door.source })
  throw new ApiError('RATE_LIMITED', 'too many bad credentials', 'asgard ui', { retryAfterS })
}

function livez(request: Request): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    throw new ApiError('METHOD_NOT_ALLOWED', '/livez knows GET, HEAD only')
  }
  return new Response('{"status":"ok"}', { headers: { 'content-type': 'application/json' } })
}

function failureReply(error: unknown, request: Request, log: ApiLog): Response {
  const instance = new URL(request.url).pathname
  if (error instanceof ApiError && error.code !== 'INTERNAL') return problemReply(error, instance)
  const fields = {
    method: request.method,
    path: instance,
    error: error instanceof Error ? error.stack : String(error),
  }
  log({ level: 'error', subsystem: 'api', message: 'a request failed by our own fault', fields })
  // The cause may hold what the caller must not see; it is in the log.
  return problemReply(
    new ApiError('INTERNAL', 'the node failed; its log says why', 'asgard logs'),
    instance,
  )
}

function withHeaders(response: Response, request: Request): Response {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value)
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
  if (request.method !== 'HEAD') return response
  return new Response(null, { status: response.status, headers: response.headers })
}
