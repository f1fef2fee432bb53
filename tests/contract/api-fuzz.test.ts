import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createApi } from '../../node/api/app.ts'
import { problem } from '../../node/api/contract/common.ts'
import { Credentials } from '../../node/api/credentials.ts'
import { FailureLimiter } from '../../node/api/failure-limiter.ts'
import { Refusals } from '../../node/api/refusals.ts'
import { allRoutes } from '../../node/api/routes/routes.ts'
import { HandClock } from '../support/hand-clock.ts'
import { StubBackend } from '../support/stub-backend.ts'

const clock = new HandClock()
const credentials = new Credentials(clock)

function freshApi() {
  const backend = new StubBackend(clock)
  const api = createApi({
    backend,
    credentials,
    assets: new Map(),
    clock,
    log: () => undefined,
    pageUrl: () => null,
    areRepliesChecked: true,
  })
  const refusals = new Refusals(clock, () => undefined)
  const context = {
    backend,
    credentials,
    clock,
    refusals,
    failures: new FailureLimiter(clock),
    pageUrl: () => null,
  }
  return { api, routes: allRoutes(context) }
}

const writing = freshApi().routes.filter((route) => route.method !== 'GET')

/** Bodies that are nearly right get further than noise does. */
const nearly = fc.record(
  {
    name: fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.anything()),
    deviceName: fc.string(),
    role: fc.oneof(fc.constantFrom('owner', 'member', 'guest', 'king', '__proto__'), fc.anything()),
    until: fc.oneof(fc.integer(), fc.double(), fc.constantFrom(-1, 1e308, Number.MAX_SAFE_INTEGER)),
    tags: fc.array(fc.oneof(fc.string(), fc.constant('a-tag'))),
    note: fc.string({ maxLength: 5_000 }),
    reason: fc.string({ maxLength: 300 }),
    ticket: fc.oneof(fc.string(), fc.constant('asgard1babc')),
    device: fc.oneof(fc.string(), fc.constantFrom('bob', 'eve')),
    count: fc.oneof(fc.integer({ min: -1, max: 5 }), fc.double()),
    uses: fc.integer(),
    expiresInS: fc.integer(),
    approve: fc.oneof(fc.boolean(), fc.anything()),
    erase: fc.boolean(),
    value: fc.anything(),
    launch: fc.string(),
  },
  { requiredKeys: [] },
)
const body = fc.oneof(
  nearly.map((value) => JSON.stringify(value) ?? ''),
  fc.json({ maxDepth: 6 }),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
)
const segment = fc.oneof(
  fc.constantFrom(
    'current',
    'home',
    'bob',
    'join-1',
    'invite-1',
    'api.port',
    'constructor',
    '%',
    '%00',
    '..',
    '%2e%2e%2f',
  ),
  fc
    .string({ unit: 'binary', minLength: 1, maxLength: 40 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
)
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((text) => `?${text}`),
)

const routeAmong = <Item>(items: readonly Item[]) =>
  fc.nat(items.length - 1).map((at) => items[at] as Item)

async function isHonest(reply: Response): Promise<void> {
  expect(reply.status).not.toBe(500)
  const text = await reply.text()
  expect(text).not.toContain('"kind":"problem"')
  if (reply.status >= 400) expect(problem.safeParse(JSON.parse(text)).success).toBe(true)
}

describe('whatever is sent', () => {
  it('as a body, the answer is a result or a problem, never a failure of ours (10,000 bodies)', async () => {
    let { api } = freshApi()
    let sent = 0
    await fc.assert(
      fc.asyncProperty(
        routeAmong(writing),
        segment,
        segment,
        body,
        async (route, first, second, text) => {
          // A stub that is not replaced fills up with networks and invites.
          sent += 1
          if (sent % 200 === 0) api = freshApi().api
          const path = route.path
            .replace(':network', 'current')
            .replace(/:\w+/, first)
            .replace(/:\w+/, second)
          const init = {
            method: route.method,
            headers: { 'content-type': 'application/json' },
            body: text,
          }
          await isHonest(
            await api.fetch(new Request(`http://localhost/api/v1${path}`, init), { kind: 'unix' }),
          )
        },
      ),
      { numRuns: 10_000 },
    )
  }, 120_000)

  it('as an address, likewise (3,000 addresses)', async () => {
    const { api, routes } = freshApi()
    const reading = routes.filter((route) => route.method === 'GET')
    await fc.assert(
      fc.asyncProperty(
        routeAmong(reading),
        segment,
        segment,
        query,
        async (route, first, second, asked) => {
          const path = route.path.replace(/:\w+/, first).replace(/:\w+/, second)
          const url = `http://localhost/api/v1${path}${asked.replaceAll('follow=true', '')}`
          await isHonest(await api.fetch(new Request(url), { kind: 'unix' }))
        },
      ),
      { numRuns: 3_000 },
    )
  }, 60_000)
})
