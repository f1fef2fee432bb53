import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiFixture, startApi } from '../support/api-fixture.ts'
import { HandClock } from '../support/hand-clock.ts'
import type { HttpReply } from '../support/http-call.ts'
import { StubBackend } from '../support/stub-backend.ts'
import { STUB_TICKET } from '../support/stub-network.ts'

/** What goes over the wire is checked against each route's own schema by the handler: see `areRepliesChecked`. */
interface Asked {
  readonly method?: string
  readonly body?: unknown
}
type Ask = (path: string, asked?: Asked) => Promise<HttpReply>

const clock = new HandClock()
let backend: StubBackend
let fixture: ApiFixture
const doors: Record<string, Ask> = {}

beforeAll(async () => {
  backend = new StubBackend(clock)
  fixture = await startApi({ backend, clock })
  const token = await fixture.signIn()
  const prepare = (path: string, { method = 'GET', body }: Asked) => ({
    method,
    path: `/api/v1/${path}`,
    headers: [
      'Authorization',
      `Bearer ${token}`,
      ...(body === undefined ? [] : ['Content-Type', 'application/json']),
    ],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  doors['unix'] = (path, asked = {}) => fixture.local(prepare(path, asked))
  doors['loopback'] = (path, asked = {}) => fixture.loopback(prepare(path, asked))
})
afterAll(() => fixture.stop())

const NETWORK = 'networks/current'

describe.each(['unix', 'loopback'])('the API behind the %s door', (door) => {
  const ask: Ask = (path, asked) => {
    const way = doors[door]
    return way === undefined ? Promise.reject(new TypeError(door)) : way(path, asked)
  }
  const json = async (path: string, asked?: Asked) => JSON.parse((await ask(path, asked)).text)
  const lines = async (path: string, asked?: Asked) => {
    const { text } = await ask(path, asked)
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  }

  it.each([
    'status',
    'identity',
    'doctor',
    'networks',
    NETWORK,
    `${NETWORK}/devices`,
    `${NETWORK}/devices/bob`,
    `${NETWORK}/revocations`,
    `${NETWORK}/joins`,
    `${NETWORK}/invites`,
    `${NETWORK}/connections`,
    `${NETWORK}/connections?device=bob`,
    `${NETWORK}/topology`,
    `${NETWORK}/paths/dan`,
    'events',
    'logs',
    'config',
    'config/api.port',
  ])('answers GET %s', async (path) => {
    const reply = await ask(path)
    expect(reply.status).toBe(200)
    expect(reply.headers['cache-control']).toBe('no-store')
    const head = await ask(path, { method: 'HEAD' })
    expect(head).toMatchObject({ status: 200, text: '' })
  })

  it('pages through a list, and takes no cursor of its own making', async () => {
    const first = await json(`${NETWORK}/devices?limit=3`)
    expect(first.items.map((item: { name: string }) => item.name)).toEqual(['ana', 'bob', 'cleo'])
    const second = await json(`${NETWORK}/devices?limit=3&cursor=${first.nextCursor}`)
    expect(second.items.map((item: { name: string }) => item.name)).toEqual(['dan', 'eve'])
    expect(second.nextCursor).toBeNull()
    expect((await ask(`${NETWORK}/devices?cursor=MTIz`)).status).toBe(400)
  })

  it('filters devices', async () => {
    const names = async (query: string) =>
      (await json(`${NETWORK}/devices?${query}`)).items.map((item: { name: string }) => item.name)
    expect(await names('role=guest')).toEqual(['eve'])
    expect(await names('health=suspect')).toEqual(['dan'])
    expect(await names('tag=cloud')).toEqual(['cleo'])
    expect(await names('kind=server&tag=home')).toEqual(['bob'])
    expect(await names('capability=action:backup')).toEqual(['bob'])
    expect((await ask(`${NETWORK}/devices?role=king`)).status).toBe(400)
    expect((await ask(`${NETWORK}/devices?role=guest&role=owner`)).status).toBe(400)
  })

  it('makes, shows and cancels an invite', async () => {
    const reply = await ask(`${NETWORK}/invites`, {
      method: 'POST',
      body: { role: 'guest', uses: 2, approve: true },
    })
    expect(reply.status).toBe(201)
    const invite = JSON.parse(reply.text)
    expect(invite).toMatchObject({ role: 'guest', uses: 2, approve: true, ticket: STUB_TICKET })
    // The secret was in that one reply and is nowhere else.
    expect((await ask(`${NETWORK}/invites`)).text).not.toContain(STUB_TICKET)
    expect(await json(`${NETWORK}/invites/${invite.id}`, { method: 'DELETE' })).toMatchObject({
      status: 'cancelled',
    })
  })

  it('approves and denies who waits', async () => {
    const wait = backend.current.joins[0]
    if (wait === undefined) throw new TypeError('nobody waits')
    backend.current.joins = [
      wait,
      { ...wait, id: 'join-2', device: `${wait.device}2`, name: 'gus' },
    ]
    expect((await ask(`${NETWORK}/joins/join-2/deny`, { method: 'POST' })).status).toBe(204)
    expect((await ask(`${NETWORK}/joins/join-2/deny`, { method: 'POST' })).status).toBe(404)
    expect(await json(`${NETWORK}/joins/fay/approve`, { method: 'POST' })).toMatchObject({
      name: 'fay',
    })
    backend.current.joins = [wait]
    backend.current.items = backend.current.items.filter((item) => item.name !== 'fay')
  })

  it('changes, revokes and forgets a device', async () => {
    const kept = backend.current.items
    const path = `${NETWORK}/devices/cleo`
    const note = 'two\nlines'
    expect(await json(path, { method: 'PATCH', body: { tags: ['a', 'b'], note } })).toMatchObject({
      tags: ['a', 'b'],
      note,
    })
    expect(await json(`${path}/role`, { method: 'PUT', body: { role: 'admin' } })).toMatchObject({
      role: 'admin',
    })
    expect(await json(`${path}/revoke`, { method: 'POST', body: {} })).toMatchObject({
      name: 'cleo',
      reason: '',
    })
    expect((await ask(path)).status).toBe(404)
    expect((await ask(`${NETWORK}/devices/eve`, { method: 'DELETE' })).status).toBe(204)
    backend.current.items = kept
  })

  it.each([
    ['PATCH', `${NETWORK}/devices/bob`, { name: 'evil\u202Egnp' }],
    ['PATCH', `${NETWORK}/devices/bob`, { name: '\u001b[31mred' }],
    ['PATCH', `${NETWORK}/devices/bob`, { name: 'x'.repeat(64) }],
    ['PATCH', `${NETWORK}/devices/bob`, { tags: ['Not A Tag'] }],
    ['PATCH', `${NETWORK}/devices/bob`, { owner: true }],
    ['PUT', `${NETWORK}/devices/bob/role`, { role: 'king' }],
    ['POST', 'networks', { name: '' }],
    ['POST', `${NETWORK}/invites`, { expiresInS: 1e12 }],
    ['POST', 'joins', { ticket: 'x'.repeat(1_025) }],
    ['PUT', 'config/../../etc', { value: 1 }],
    ['PUT', 'config/api.port', { value: 'seven' }],
  ])('refuses %s %s %j and says what is wrong', async (method, path, body) => {
    const reply = await ask(path, { method, body })
    expect([400, 404]).toContain(reply.status)
    expect(reply.headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(reply.text)).toMatchObject({
      status: reply.status,
      code: expect.any(String),
      detail: expect.any(String),
    })
  })

  it('names the field that is wrong', async () => {
    const problem = await json('networks', { method: 'POST', body: { name: 7, king: 1 } })
    expect(problem.errors.map((error: { path: string }) => error.path)).toEqual([
      'body.name',
      'body',
    ])
  })

  it('pings, and says before the first line that there is no such device', async () => {
    const answers = await lines(`${NETWORK}/ping`, {
      method: 'POST',
      body: { device: 'bob', count: 2 },
    })
    expect(answers.map((line) => line.kind)).toEqual(['reply', 'reply', 'summary'])
    expect((await ask(`${NETWORK}/ping`, { method: 'POST', body: { device: 'zoe' } })).status).toBe(
      404,
    )
  })

  it('joins with progress', async () => {
    const steps = await lines('joins', { method: 'POST', body: { ticket: STUB_TICKET } })
    expect(steps.map((line) => line.step)).toEqual([
      'ticket',
      'dialling',
      'reached',
      'pending',
      'joined',
    ])
    expect((await ask('networks/home/use', { method: 'POST' })).status).toBe(200)
    backend.all = backend.all.filter((item) => item.name === 'home')
  })

  it('lists events from a number on, and what is kept when that is gone', async () => {
    const { lastSeq } = backend.events
    backend.current.change(backend.current.items[1]?.id ?? '', 'device:health', { health: 'alive' })
    const frames = await lines(`events?since=${lastSeq}`)
    expect(frames).toMatchObject([
      { kind: 'event', event: { seq: lastSeq + 1, type: 'device:health' } },
    ])
    const older = await lines(`events?since=${lastSeq}&boot=another`)
    expect(older[0]).toMatchObject({ kind: 'resync' })
    expect(older.length).toBeGreaterThan(frames.length)
  })

  it('gives log lines of a level and above', async () => {
    backend.logs.lines.length = 0
    backend.logs.add('debug', 'chatter')
    backend.logs.add('warn', 'careful')
    expect((await lines('logs')).map((line) => line.message)).toEqual(['careful'])
    expect((await lines('logs?level=debug')).map((line) => line.message)).toEqual([
      'chatter',
      'careful',
    ])
  })

  it('stops the node', async () => {
    const before = backend.stopped
    expect((await ask('daemon/stop', { method: 'POST' })).status).toBe(202)
    expect(backend.stopped).toBe(before + 1)
  })

  it('knows nothing else', async () => {
    expect((await ask('nothing')).status).toBe(404)
    expect((await ask('networks/')).status).toBe(404)
    const reply = await ask('identity', { method: 'DELETE' })
    expect(reply.status).toBe(405)
    expect(reply.headers['allow']).toBe('GET, HEAD')
    expect((await ask('identity', { method: 'OPTIONS' })).status).toBe(405)
    expect((await ask('networks/zoe/devices')).status).toBe(404)
  })
})

describe('a request body', () => {
  const post = (headers: readonly string[], body: string | Uint8Array) =>
    fixture.local({ method: 'POST', path: '/api/v1/networks', headers, body })

  it.each([
    'text/plain',
    'application/json; charset=utf-8',
    'application/json\ta',
    'application/x-www-form-urlencoded',
    '',
  ])('of type "%s" is not read', async (type) => {
    expect((await post(['Content-Type', type], '{"name":"x"}')).status).toBe(415)
  })

  it('without a type is not read', async () => {
    expect((await post([], '{"name":"x"}')).status).toBe(415)
  })

  it('of more than 256 KiB is refused, announced or not', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(256 * 1_024) })
    expect((await post(['Content-Type', 'application/json'], large)).status).toBe(413)
    // A stream has no length to announce; it is counted as it comes.
    const streamed: RequestInit & { readonly duplex: 'half' } = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([large, ' '.repeat(1_024 * 1_024)]).stream(),
      duplex: 'half',
    }
    const request = new Request('http://localhost/api/v1/networks', streamed)
    expect((await fixture.api.fetch(request, { kind: 'unix' })).status).toBe(413)
  })

  it('that is not JSON, not UTF-8, or nested without end is refused', async () => {
    const type = ['Content-Type', 'application/json']
    expect((await post(type, '{')).status).toBe(400)
    expect((await post(type, new Uint8Array([0x22, 0xff, 0x22]))).status).toBe(400)
    expect((await post(type, '['.repeat(100_000))).status).toBe(400)
    expect((await post(type, '{"name":"x","__proto__":{"role":"owner"}}')).status).toBe(400)
  })
})
