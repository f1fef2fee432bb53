import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { Problem } from '../api/contract/common.ts'
import { CliError, cliError, interruptedError, notRunningError } from './cli-error.ts'

/** A reply is a list of devices at most; more than this is not ours. */
const REPLY_MAX_BYTES = 32 * 1_024 * 1_024
const LINE_MAX_CHARS = 1_024 * 1_024
const PAGE_ITEMS = 1_000
const LIST_MAX_ITEMS = 100_000

interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

export interface RequestOptions {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/** The node's HTTP API over its unix socket. Failures are `CliError`s with the exit code they stand for. */
export interface Client {
  get<Reply>(path: string, options?: RequestOptions): Promise<Reply>
  send<Reply>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Reply>
  /** Every item of a list, page by page. `path` may carry a query. */
  list<Item>(path: string): Promise<Item[]>
  /** The lines of an NDJSON reply, until it ends or `signal` aborts. */
  stream<Line>(
    method: 'GET' | 'POST',
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): AsyncIterable<Line>
}

/** `path` gives each variable part through `encodeURIComponent`: a name may hold anything. */
export const apiPath = (
  strings: TemplateStringsArray,
  ...parts: readonly (string | number)[]
): string =>
  `/api/v1/${String.raw({ raw: strings }, ...parts.map((part) => encodeURIComponent(part)))}`

export class SocketClient implements Client {
  readonly #socket: string
  readonly #timeoutMs: number
  readonly #interrupted: AbortSignal | undefined

  /** `interrupted` ends every request: whoever presses Ctrl-C need not wait for a node that hangs. */
  constructor(socket: string, timeoutMs = 30_000, interrupted?: AbortSignal) {
    this.#socket = socket
    this.#timeoutMs = timeoutMs
    this.#interrupted = interrupted
  }

  get<Reply>(path: string, options: RequestOptions = {}): Promise<Reply> {
    return this.#exchange<Reply>('GET', path, undefined, options)
  }

  send<Reply>(
    method: string,
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<Reply> {
    return this.#exchange<Reply>(method, path, body, options)
  }

  async list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = []
    let cursor: string | null = null
    do {
      const query = new URLSearchParams({
        limit: String(PAGE_ITEMS),
        ...(cursor === null ? {} : { cursor }),
      })
      const page: Page<Item> = await this.get(
        `${path}${path.includes('?') ? '&' : '?'}${query.toString()}`,
      )
      items.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null && items.length < LIST_MAX_ITEMS)
    return items
  }

  async *stream<Line>(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): AsyncIterable<Line> {
    let reply: IncomingMessage | undefined
    try {
      reply = await this.#open(method, path, body, signal)
      reply.setEncoding('utf8')
      let rest = ''
      for await (const chunk of reply) {
        const lines = (rest + String(chunk)).split('\n')
        rest = lines.pop() ?? ''
        if (rest.length > LINE_MAX_CHARS) throw badReply('a line of its reply is too long')
        for (const line of lines) if (line.trim() !== '') yield lineOf<Line>(line)
      }
      if (rest.trim() !== '') yield lineOf<Line>(rest)
    } catch (error) {
      if (signal.aborted) return
      throw error instanceof CliError ? error : connectionLost(error)
    } finally {
      reply?.destroy()
    }
  }

  async #exchange<Reply>(
    method: string,
    path: string,
    body: unknown,
    options: RequestOptions,
  ): Promise<Reply> {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? this.#timeoutMs)
    const signal = AbortSignal.any(
      [timeout, options.signal, this.#interrupted].filter((part) => part !== undefined),
    )
    try {
      const reply = await this.#open(method, path, body, signal)
      const text = await textOf(reply)
      return text === '' ? (undefined as Reply) : parsed<Reply>(text)
    } catch (error) {
      if (timeout.aborted) throw noAnswer(error)
      if (signal.aborted) throw interruptedError()
      throw error instanceof CliError ? error : connectionLost(error)
    }
  }

  /** Resolves with a reply that is a success; a problem reply throws. */
  async #open(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const reply = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = httpRequest({
        socketPath: this.#socket,
        method,
        path,
        signal,
        agent: false,
        headers: {
          host: 'localhost',
          accept: 'application/json',
          ...(payload === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        },
      })
      request.once('response', resolve)
      request.once('error', (error) =>
        reject(isNobodyThere(error) ? notRunningError(error) : error),
      )
      request.end(payload)
    })
    const status = reply.statusCode ?? 0
    if (status >= 200 && status < 300) return reply
    throw new CliError(problemOf(status, await textOf(reply)))
  }
}

async function textOf(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of reply as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > REPLY_MAX_BYTES) {
      reply.destroy()
      throw badReply('its reply is too large')
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed<Value>(text: string): Value {
  try {
    return JSON.parse(text) as Value
  } catch (cause) {
    throw badReply('its reply is not JSON', cause)
  }
}

/** The status is sent before the first line, so a later failure arrives as a line of its own. */
function lineOf<Line>(text: string): Line {
  const line = parsed<Line>(text)
  if (isProblem(line) && 'kind' in line && line.kind === 'problem') throw new CliError(line)
  return line
}

function problemOf(status: number, text: string): Problem {
  try {
    const problem: unknown = JSON.parse(text)
    if (isProblem(problem)) return problem
  } catch {
    // Not every failure comes from our own handler; its status still says what kind it is.
  }
  return {
    type: 'about:blank',
    title: 'Failed',
    status,
    code: `HTTP_${status}`,
    detail: `the node answered with status ${status}`,
  }
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== 'object' || value === null) return false
  const { code, detail, status } = value as Partial<Record<keyof Problem, unknown>>
  return typeof code === 'string' && typeof detail === 'string' && typeof status === 'number'
}

const NOBODY: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ENOTSOCK'])
const isNobodyThere = (error: Error): boolean => 'code' in error && NOBODY.has(error.code)

const noAnswer = (cause: unknown): CliError =>
  cliError(
    'TIMEOUT',
    504,
    'No answer',
    'The node does not answer.',
    'See what it is doing: asgard doctor',
    cause,
  )

const badReply = (what: string, cause?: unknown): CliError =>
  cliError(
    'BAD_REPLY',
    502,
    'Bad reply',
    `The node's answer cannot be read: ${what}.`,
    'Versions may differ: asgard version',
    cause,
  )

function connectionLost(cause: unknown): CliError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return cliError(
    'CONNECTION_LOST',
    500,
    'Connection lost',
    `The node hung up: ${reason}.`,
    'See whether it runs: asgard daemon status',
    cause,
  )
}
