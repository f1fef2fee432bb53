import assert from 'node:assert/strict'
import { type Context, Hono } from 'hono'
import { ApiError } from './api-error.ts'
import { type Caller, type Permission, permits } from './caller.ts'
import { linesReply } from './lines-reply.ts'
import { problemReply } from './problem-reply.ts'
import { readJson } from './read-json.ts'
import type { Refusals } from './refusals.ts'
import type { Answer, Method, Route } from './route.ts'

export const API_ROOT = '/api/v1'

const PERMISSIONS: ReadonlySet<Permission> = new Set([
  'public',
  'guest',
  'member',
  'operator',
  'admin',
  'owner',
  'local',
])

interface Env {
  readonly Bindings: { readonly caller: Caller }
}

export interface TableOptions {
  readonly refusals: Refusals
  /** Also checks what is answered against the declared schema: for tests. */
  readonly areRepliesChecked: boolean
}

/** The request handler of a table of routes. A table with a row that forgets who may use it is a bug that stops the start. */
export function buildTable(routes: readonly Route[], options: TableOptions): Hono<Env> {
  assert(routes.length > 0, 'the route table is empty')
  assertComplete(routes)
  const app = new Hono<Env>()
  for (const [path, rows] of Map.groupBy(routes, (route) => route.path)) {
    for (const route of rows) {
      app.on(route.method, `${API_ROOT}${path}`, (context) => dispatch(route, context, options))
    }
    const methods = rows.map((route): Method | 'HEAD' => route.method)
    const allow = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    app.all(`${API_ROOT}${path}`, (context) => {
      const error = new ApiError('METHOD_NOT_ALLOWED', `${path} knows ${allow.join(', ')} only`)
      const reply = problemReply(error, context.req.path)
      reply.headers.set('allow', allow.join(', '))
      return reply
    })
  }
  app.notFound(() => {
    throw new ApiError('NOT_FOUND', 'there is no such resource')
  })
  // Hono answers errors by itself otherwise; ours are all answered in one place.
  app.onError((error) => {
    throw error
  })
  return app
}

function assertComplete(routes: readonly Route[]): void {
  const seen = new Set<string>()
  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    assert(PERMISSIONS.has(route.permission), `${name} declares no permission`)
    assert(route.doors === undefined || route.doors.length > 0, `${name} is offered by no door`)
    assert(
      !seen.has(name) && !seen.has(route.operation),
      `${name} (${route.operation}) is there twice`,
    )
    seen.add(name).add(route.operation)
  }
}

async function dispatch(
  route: Route,
  context: Context<Env>,
  options: TableOptions,
): Promise<Response> {
  const { caller } = context.env
  if (route.doors !== undefined && !route.doors.includes(caller.door)) {
    options.refusals.count('wrong-door', { route: route.operation, door: caller.door })
    throw new ApiError('FORBIDDEN', `only offered on the ${route.doors.join(' or ')} door`)
  }
  if (!permits(caller, route.permission)) {
    options.refusals.count('not-permitted', { route: route.operation, door: caller.door })
    throw new ApiError('FORBIDDEN', `needs the role ${route.permission}`)
  }
  const request = context.req.raw
  const stop = new AbortController()
  const answer = await route.answer({
    params: context.req.param(),
    query: queryOf(context.req.url),
    body: route.method === 'GET' ? {} : await readJson(request),
    caller,
    signal: AbortSignal.any([request.signal, stop.signal]),
  })
  return reply(options.areRepliesChecked ? checked(route, answer) : answer, stop)
}

function reply(answer: Answer, stop: AbortController): Response {
  if (answer.kind === 'lines') return linesReply(answer.lines, stop)
  if (answer.kind === 'empty') return new Response(null, { status: 204 })
  return new Response(JSON.stringify(answer.value), {
    status: answer.status,
    headers: { 'content-type': 'application/json' },
  })
}

/** Each name once: of two values one would silently win. */
function queryOf(url: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of new URL(url).searchParams) {
    if (Object.hasOwn(query, name))
      throw new ApiError('BAD_REQUEST', 'a query parameter is there twice')
    Object.defineProperty(query, name, { value, enumerable: true })
  }
  return query
}

function checked(route: Route, answer: Answer): Answer {
  const check = (value: unknown) => route.schemas.reply.parse(value)
  if (answer.kind === 'json') return { ...answer, value: check(answer.value) }
  if (answer.kind === 'empty') return answer
  const { lines } = answer
  const checkedLines = async function* () {
    for await (const line of lines) yield check(line)
  }
  return { kind: 'lines', lines: checkedLines() }
}
