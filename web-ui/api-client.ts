import type { Problem } from '../node/api/contract/common.ts'

const ROOT = '/api/v1'
const TOKEN_KEY = 'asgard.token'

/** What the node answered instead of what was asked for. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: string
  readonly hint: string | undefined

  constructor(problem: Pick<Problem, 'code' | 'detail'> & { readonly hint?: string | undefined }) {
    super(problem.detail)
    this.code = problem.code
    this.hint = problem.hint
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Called when the node no longer knows us. */
let onSignedOut: () => void = () => undefined

export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback
}

/** The token lives as long as the tab: no cookie, nothing on disk, nothing another site could use. */
export function hasToken(): boolean {
  return sessionStorage.getItem(TOKEN_KEY) !== null
}

export function keepToken(token: string | null): void {
  if (token === null) sessionStorage.removeItem(TOKEN_KEY)
  else sessionStorage.setItem(TOKEN_KEY, token)
}

export async function ask<Reply>(method: Method, path: string, body?: unknown): Promise<Reply> {
  const response = await send(method, path, body)
  return (response.status === 204 ? undefined : await response.json()) as Reply
}

/** The lines of an NDJSON answer, as they come. */
export async function* askLines<Line>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): AsyncGenerator<Line> {
  const response = await send(method, path, body, signal)
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') yield JSON.parse(line) as Line
  }
}

async function send(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  const token = sessionStorage.getItem(TOKEN_KEY)
  const headers = new Headers()
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  if (body !== undefined) headers.set('content-type', 'application/json')
  const response = await reach(`${ROOT}/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (response.ok) return response
  const problem = await readProblem(response)
  if (response.status === 401 && token !== null) {
    keepToken(null)
    onSignedOut()
  }
  throw new RequestError(problem)
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    const detail = 'This device’s node does not answer.'
    throw new RequestError({ code: 'UNREACHABLE', detail, hint: 'asgard daemon start' })
  }
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem
  } catch {
    const { status, statusText: title } = response
    return {
      type: 'about:blank',
      title,
      status,
      code: 'UNREADABLE',
      detail: `The node answered ${status}.`,
    }
  }
}

/** A segment of a path: names may hold anything. */
export function segment(text: string): string {
  return encodeURIComponent(text)
}
