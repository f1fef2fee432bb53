import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { CliError } from '../../../node/cli/cli-error.ts'
import { apiPath, SocketClient } from '../../../node/cli/client.ts'

const directory = mkdtempSync(join(tmpdir(), 'asgard-client-'))
const closers: (() => void)[] = []
afterAll(() => rmSync(directory, { recursive: true }))
afterEach(() => closers.splice(0).forEach((close) => close()))

async function clientOf(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  timeoutMs = 5_000,
): Promise<SocketClient> {
  const socket = join(directory, `${closers.length}-${Math.trunc(performance.now() * 1_000)}.sock`)
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return new SocketClient(socket, timeoutMs)
}

const failureOf = async (work: Promise<unknown>): Promise<{ code: string; exitCode: number }> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof CliError)) throw new TypeError('no CliError', { cause: error })
  return { code: error.code, exitCode: error.exitCode }
}

async function linesOf<Line>(lines: AsyncIterable<Line>): Promise<Line[]> {
  const all: Line[] = []
  for await (const line of lines) all.push(line)
  return all
}

describe('the client', () => {
  it('sends and reads JSON', async () => {
    const client = await clientOf(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      response.end(
        JSON.stringify({
          method: request.method,
          url: request.url,
          type: request.headers['content-type'],
          host: request.headers.host,
          body,
        }),
      )
    })
    expect(
      await client.send('POST', apiPath`networks/${'current'}/devices/${'a/b ?#%'}`, { x: 'ä' }),
    ).toEqual({
      method: 'POST',
      url: '/api/v1/networks/current/devices/a%2Fb%20%3F%23%25',
      type: 'application/json',
      host: 'localhost',
      body: '{"x":"ä"}',
    })
  })

  it('reads lists to their end, page by page', async () => {
    const client = await clientOf((request, response) => {
      const cursor = new URL(request.url ?? '', 'http://x').searchParams.get('cursor')
      response.end(
        JSON.stringify(
          cursor === null
            ? { items: [1, 2], nextCursor: 'more' }
            : { items: [3], nextCursor: null },
        ),
      )
    })
    expect(await client.list('/list?tag=x')).toEqual([1, 2, 3])
  })

  it('takes problems as they are, and other failures by their status', async () => {
    const problem = { type: 'x', title: 'x', status: 409, code: 'LAST_OWNER', detail: 'no' }
    const client = await clientOf((request, response) => {
      response.statusCode = request.url === '/problem' ? 409 : 404
      response.end(request.url === '/problem' ? JSON.stringify(problem) : '<html>')
    })
    expect(await failureOf(client.get('/problem'))).toEqual({ code: 'LAST_OWNER', exitCode: 7 })
    expect(await failureOf(client.get('/other'))).toEqual({ code: 'HTTP_404', exitCode: 5 })
  })

  it('says when nothing runs: no socket, a dead one, or no socket at all', async () => {
    expect(await failureOf(new SocketClient(join(directory, 'none.sock')).get('/'))).toEqual({
      code: 'NOT_RUNNING',
      exitCode: 3,
    })
    writeFileSync(join(directory, 'file.sock'), '')
    expect(await failureOf(new SocketClient(join(directory, 'file.sock')).get('/'))).toEqual({
      code: 'NOT_RUNNING',
      exitCode: 3,
    })
    expect(await failureOf(new SocketClient(join(directory, 'none', 'x.sock')).get('/'))).toEqual({
      code: 'NOT_RUNNING',
      exitCode: 3,
    })
  })

  it('does not wait for ever, nor for what hangs up, nor read nonsense', async () => {
    const client = await clientOf((request, response) => {
      if (request.url === '/hang-up') request.socket.destroy()
      if (request.url === '/nonsense') response.end('{"x":')
      if (request.url === '/half') {
        response.writeHead(200, { 'content-length': '100' })
        response.write('{')
        setImmediate(() => request.socket.destroy())
      }
    })
    expect(await failureOf(client.get('/never', { timeoutMs: 30 }))).toEqual({
      code: 'TIMEOUT',
      exitCode: 6,
    })
    expect(await failureOf(client.get('/hang-up'))).toEqual({
      code: 'CONNECTION_LOST',
      exitCode: 1,
    })
    expect(await failureOf(client.get('/half'))).toEqual({ code: 'CONNECTION_LOST', exitCode: 1 })
    expect(await failureOf(client.get('/nonsense'))).toMatchObject({ code: 'BAD_REPLY' })
  })

  it('reads streams line by line, however they are cut, until they end or enough is enough', async () => {
    const client = await clientOf((_, response) => {
      const bytes = Buffer.from('{"n":1}\n\n{"n":"ä"}\n{"n":3}')
      let at = 0
      const send = (): void => {
        if (at >= bytes.length) response.end()
        else response.write(bytes.subarray(at, (at += 1)), send)
      }
      send()
    })
    expect(
      await linesOf(client.stream('GET', '/', undefined, new AbortController().signal)),
    ).toEqual([{ n: 1 }, { n: 'ä' }, { n: 3 }])
    const stop = new AbortController()
    for await (const _ of client.stream('GET', '/', undefined, stop.signal)) stop.abort()
    const aborted = AbortSignal.abort()
    expect(await linesOf(client.stream('GET', '/', undefined, aborted))).toEqual([])
  })

  it('fails with the problem that ends a stream, and on a line without end', async () => {
    const client = await clientOf((request, response) => {
      if (request.url === '/problem')
        response.end(
          '{"n":1}\n{"kind":"problem","type":"x","title":"x","status":502,"code":"UNREACHABLE","detail":"gone"}\n',
        )
      else response.end('x'.repeat(2_000_000))
    })
    const { signal } = new AbortController()
    expect(await failureOf(linesOf(client.stream('GET', '/problem', undefined, signal)))).toEqual({
      code: 'UNREACHABLE',
      exitCode: 6,
    })
    expect(
      await failureOf(linesOf(client.stream('GET', '/endless', undefined, signal))),
    ).toMatchObject({ code: 'BAD_REPLY' })
    expect(
      await failureOf(linesOf(new SocketClient('/none').stream('GET', '/', undefined, signal))),
    ).toEqual({ code: 'NOT_RUNNING', exitCode: 3 })
  })
})
