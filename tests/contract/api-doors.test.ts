import { chmod, mkdir, mkdtemp, stat, writeFile } from 'node:fs/promises'
import { createServer, connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDoors } from '../../node/api/doors.ts'
import { type ApiFixture, startApi } from '../support/api-fixture.ts'
import { HandClock } from '../support/hand-clock.ts'
import { httpCall } from '../support/http-call.ts'
import { StubBackend } from '../support/stub-backend.ts'

const JSON_TYPE = ['Content-Type', 'application/json']

let fixture: ApiFixture
const clock = new HandClock()

beforeAll(async () => {
  const limits = { requestMs: 400, headersMs: 400, checkEveryMs: 50 }
  fixture = await startApi({ backend: new StubBackend(clock), clock, limits })
})
afterAll(() => fixture.stop())

/** Sends bytes as they are and collects what comes back until the other side hangs up. */
async function rawCall(text: string): Promise<string> {
  const socket: Socket = connect(fixture.port, '127.0.0.1')
  socket.setEncoding('utf8')
  let reply = ''
  socket.on('data', (chunk: string) => {
    reply += chunk
  })
  socket.on('error', () => undefined)
  socket.write(text)
  await once(socket, 'close')
  return reply
}

describe('the loopback door', () => {
  it('also refuses a foreign Host for the page and for /livez', async () => {
    for (const path of ['/', '/livez', '/nothing']) {
      const reply = await httpCall(
        { port: fixture.port },
        { path, headers: ['Host', 'evil.example'] },
      )
      expect(reply.status).toBe(421)
    }
  })

  it('serves the page and /livez without a credential, with the headers that fence the page in', async () => {
    const page = await fixture.loopback({ path: '/' })
    expect(page).toMatchObject({ status: 200, text: '<p>page</p>' })
    expect(page.headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(page.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(await fixture.loopback({ path: '/livez' })).toMatchObject({
      status: 200,
      text: '{"status":"ok"}',
    })
  })

  it('serves nothing but the files it was given', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/..%2fpackage.json',
      '/page.js%00',
      '/C:/',
      '//',
    ]) {
      const reply = await fixture.loopback({ path })
      expect([400, 404]).toContain(reply.status)
    }
  })

  it('listens on both loopback addresses and on no other', async () => {
    const reply = await httpCall(
      { port: fixture.port },
      { path: '/livez', headers: ['Host', `localhost:${fixture.port}`] },
    )
    expect(reply.status).toBe(200)
    const six = connect(fixture.port, '::1')
    await once(six, 'connect')
    six.destroy()
    const outside = connect(fixture.port, '127.0.0.2')
    await expect(once(outside, 'connect')).rejects.toThrow('ECONNREFUSED')
  })

  it('refuses a credential in the address, whatever it is called', async () => {
    const token = await fixture.signIn()
    for (const name of ['token', 'access_token', 'Authorization', 'ticket', 't']) {
      const path = `/api/v1/status?${name}=${token}`
      const reply = await fixture.loopback({ path, headers: ['Authorization', `Bearer ${token}`] })
      expect(reply.status).toBe(400)
      expect((await fixture.loopback({ path: `/?${name}=x` })).status).toBe(400)
    }
    expect(fixture.api.refusals.counts.get('token-in-query')).toBe(10)
  })

  it('lets a browser of its own page write only when it names its origin', async () => {
    const own = `http://127.0.0.1:${fixture.port}`
    const headers = [...JSON_TYPE, 'Sec-Fetch-Site', 'same-origin', 'Sec-Fetch-Mode', 'cors']
    const call = { method: 'POST', path: '/api/v1/session', body: '{}' }
    expect((await fixture.loopback({ ...call, headers })).status).toBe(403)
    expect((await fixture.loopback({ ...call, headers: [...headers, 'Origin', own] })).status).toBe(
      400,
    )
  })

  it('shows the page to who follows a link from elsewhere, and nothing to a script from elsewhere', async () => {
    const navigation = [
      'Sec-Fetch-Site',
      'cross-site',
      'Sec-Fetch-Mode',
      'navigate',
      'Sec-Fetch-Dest',
      'document',
    ]
    expect((await fixture.loopback({ path: '/', headers: navigation })).status).toBe(200)
    const script = [
      'Sec-Fetch-Site',
      'same-site',
      'Sec-Fetch-Mode',
      'no-cors',
      'Sec-Fetch-Dest',
      'script',
    ]
    expect((await fixture.loopback({ path: '/page.js', headers: script })).status).toBe(403)
  })

  it('takes a launch code once, and not after a minute', async () => {
    const exchange = (launch: string) =>
      fixture.loopback({
        method: 'POST',
        path: '/api/v1/session',
        headers: JSON_TYPE,
        body: JSON.stringify({ launch }),
      })
    const first = fixture.credentials.issueLaunch().secret
    expect((await exchange(first)).status).toBe(201)
    expect((await exchange(first)).status).toBe(401)
    const second = fixture.credentials.issueLaunch().secret
    clock.advance(60_000)
    expect((await exchange(second)).status).toBe(401)
  })

  it('slows down who guesses, and never who knows', async () => {
    const token = await fixture.signIn()
    const guess = () =>
      fixture.loopback({
        path: '/api/v1/identity',
        headers: ['Authorization', `Bearer ${'x'.repeat(43)}`],
      })
    for (let at = 0; at < 20; at++) await guess()
    const slowed = await guess()
    expect(slowed.status).toBe(429)
    expect(Number(slowed.headers['retry-after'])).toBeGreaterThan(0)
    const known = await fixture.loopback({
      path: '/api/v1/identity',
      headers: ['Authorization', `Bearer ${token}`],
    })
    expect(known.status).toBe(200)
    clock.advance(60_000)
    expect((await guess()).status).toBe(401)
  })

  it('cuts a request whose body does not come', async () => {
    const token = await fixture.signIn()
    const head = `POST /api/v1/networks HTTP/1.1\r\nHost: 127.0.0.1:${fixture.port}\r\nAuthorization: Bearer ${token}\r\n`
    const reply = await rawCall(
      `${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na`,
    )
    expect(reply).toContain('HTTP/1.1 408')
    expect(fixture.api.refusals.counts.get('slow-request')).toBeGreaterThan(0)
  })

  it('cuts a request whose headers do not come', async () => {
    expect(await rawCall('GET / HTTP/1.1\r\nHost: 127')).toContain('HTTP/1.1 408')
  })

  it('answers what is not HTTP, and too much of it, with a problem', async () => {
    expect(await rawCall('\x16\x03\x01 hello\r\n\r\n')).toContain('HTTP/1.1 400')
    const filler = `X-Filler: ${'x'.repeat(20_000)}\r\n`
    expect(
      await rawCall(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${fixture.port}\r\n${filler}\r\n`),
    ).toContain('HTTP/1.1 431')
    const both = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n`
    expect(await rawCall(both)).toContain('HTTP/1.1 400')
    const absolute = `GET http://127.0.0.1:${fixture.port}/livez HTTP/1.1\r\nHost: 127.0.0.1:${fixture.port}\r\n\r\n`
    expect(await rawCall(absolute)).toContain('HTTP/1.1 400')
  })

  it('passes over a port that somebody else holds, and says so', async () => {
    const holder = createServer().listen(0, '::1')
    await once(holder, 'listening')
    const address = holder.address()
    const taken = typeof address === 'object' && address !== null ? address.port : 0
    const said: string[] = []
    const doors = await openDoors({
      api: fixture.api,
      log: (entry) => said.push(entry.message),
      loopback: { port: taken },
    })
    expect(doors.port).toBeGreaterThan(taken)
    expect(doors.port).toBeLessThanOrEqual(taken + 20)
    expect(said).toEqual([`port ${taken} is taken; the page is on port ${doors.port}`])
    await doors.close()
    holder.close()
  })
})

describe('the unix door', () => {
  const open = async (path: string) =>
    openDoors({ api: fixture.api, log: () => undefined, unix: { path } })
  const scratch = () => mkdtemp(join(tmpdir(), 'asgard-door-'))

  it('is for its owner alone', async () => {
    const path = join(await scratch(), 'run', 'api.sock')
    const doors = await open(path)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700)
    await doors.close()
  })

  it('needs no credential and no Host', async () => {
    expect((await fixture.local({ path: '/api/v1/identity' })).status).toBe(200)
  })

  it('hands out launch links, which no token can do', async () => {
    const token = await fixture.signIn()
    const reply = await fixture.local({ method: 'POST', path: '/api/v1/launch' })
    expect(reply.status).toBe(201)
    expect(reply.text).toContain(`http://127.0.0.1:${fixture.port}/#t=`)
    const refused = await fixture.loopback({
      method: 'POST',
      path: '/api/v1/launch',
      headers: ['Authorization', `Bearer ${token}`],
    })
    expect(refused.status).toBe(403)
  })

  it('gives way to a daemon that answers', async () => {
    await expect(open(fixture.socketPath)).rejects.toMatchObject({ code: 'ALREADY_RUNNING' })
    expect((await fixture.local({ path: '/livez' })).status).toBe(200)
  })

  it('takes the place of one that is dead', async () => {
    const path = join(await scratch(), 'api.sock')
    const dead = createServer().listen(path)
    await once(dead, 'listening')
    // Closing would remove the file; a killed process leaves it.
    const { rename } = await import('node:fs/promises')
    await rename(path, `${path}.kept`)
    dead.close()
    await once(dead, 'close')
    await rename(`${path}.kept`, path)
    const doors = await open(path)
    expect((await httpCall({ socketPath: path }, { path: '/livez' })).status).toBe(200)
    await doors.close()
  })

  it('touches no file that is not a socket, and no directory that others may change', async () => {
    const directory = await scratch()
    const path = join(directory, 'api.sock')
    await writeFile(path, 'precious')
    await expect(open(path)).rejects.toMatchObject({ code: 'NOT_A_SOCKET' })
    const shared = join(directory, 'shared')
    await mkdir(shared)
    await chmod(shared, 0o777)
    await expect(open(join(shared, 'api.sock'))).rejects.toMatchObject({
      code: 'INSECURE_DIRECTORY',
    })
    await expect(open(join(directory, 'x'.repeat(120)))).rejects.toMatchObject({
      code: 'PATH_TOO_LONG',
    })
  })
})
