import { ApiError } from './api-error.ts'
import type { RefusalKind } from './refusals.ts'

/** The head of a request as it came over the wire: repeated headers are still apart. */
export interface RequestHead {
  readonly method: string
  readonly target: string
  /** Names and values in turn, as `IncomingMessage.rawHeaders`. */
  readonly rawHeaders: readonly string[]
  readonly isUpgrade: boolean
}

export interface Refusal {
  readonly kind: RefusalKind
  readonly error: ApiError
}

/** A secret in an address ends up in histories, logs and referrers. */
const SECRET_PARAMETERS = new Set([
  'token',
  'access_token',
  'auth',
  'authorization',
  'bearer',
  'launch',
  'ticket',
  'session',
  'api_key',
  'apikey',
  't',
])

/**
 * What the loopback door asks of every request, page and sockets included, before anything else looks at it:
 * that it was addressed to this door by a name that no foreign DNS can hold, and was not sent by a foreign page.
 */
export function guardLoopback(head: RequestHead, port: number): Refusal | undefined {
  const hosts = valuesOf(head, 'host')
  const host = hosts[0]?.toLowerCase()
  const isOurHost = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].some(
    (name) => name === host,
  )
  if (hosts.length !== 1 || !isOurHost) {
    const detail = 'the request does not name this node as its one host'
    return {
      kind: 'foreign-host',
      error: new ApiError('MISDIRECTED', detail, `use http://127.0.0.1:${port}`),
    }
  }
  return guardOrigin(head, `http://${host}`) ?? guardTarget(head)
}

function guardOrigin(head: RequestHead, origin: string): Refusal | undefined {
  const origins = valuesOf(head, 'origin')
  const sites = valuesOf(head, 'sec-fetch-site')
  const isFromBrowser =
    origins.length > 0 ||
    head.rawHeaders.some((text, at) => at % 2 === 0 && /^sec-fetch-/i.test(text))
  const isReading = head.method === 'GET' || head.method === 'HEAD'
  const mustName = head.isUpgrade || (!isReading && isFromBrowser)
  const isForeign =
    origins.length > 1 || (origins[0] !== undefined && origins[0].toLowerCase() !== origin)
  const isOtherSite =
    sites.some((site) => site !== 'same-origin' && site !== 'none') && !isNavigation(head)
  if (!isForeign && !isOtherSite && !(mustName && origins.length === 0)) return undefined
  const error = new ApiError(
    'FORBIDDEN',
    'the request was sent by a page of another origin, or by one that hides it',
  )
  return { kind: 'foreign-origin', error }
}

/** Following a link to the page from elsewhere is fine: the page then finds no token. */
function isNavigation(head: RequestHead): boolean {
  return (
    head.method === 'GET' &&
    !head.isUpgrade &&
    valuesOf(head, 'sec-fetch-mode').join() === 'navigate'
  )
}

/** Also for the unix door: what the address may look like. */
export function guardTarget(head: RequestHead): Refusal | undefined {
  if (!head.target.startsWith('/') || head.target.startsWith('//') || head.target.includes('\\')) {
    return {
      kind: 'bad-target',
      error: new ApiError('BAD_REQUEST', 'the request target is not a plain path'),
    }
  }
  const query = head.target.indexOf('?')
  if (query === -1) return undefined
  for (const name of new URLSearchParams(head.target.slice(query + 1)).keys()) {
    if (!SECRET_PARAMETERS.has(name.toLowerCase())) continue
    const hint = 'send it as "Authorization: Bearer …"'
    const error = new ApiError(
      'BAD_REQUEST',
      `"${name}" in the address: credentials are refused there`,
      hint,
    )
    return { kind: 'token-in-query', error }
  }
  return undefined
}

function valuesOf(head: RequestHead, name: string): readonly string[] {
  return head.rawHeaders.filter(
    (_, at) => at % 2 === 1 && head.rawHeaders[at - 1]?.toLowerCase() === name,
  )
}
