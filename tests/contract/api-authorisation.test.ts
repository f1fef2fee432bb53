import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiContext } from '../../node/api/api-context.ts'
import { FailureLimiter } from '../../node/api/failure-limiter.ts'
import type { Route } from '../../node/api/route.ts'
import { allRoutes } from '../../node/api/routes/routes.ts'
import { type ApiFixture, startApi } from '../support/api-fixture.ts'
import { HandClock } from '../support/hand-clock.ts'
import { httpCall } from '../support/http-call.ts'
import { StubBackend } from '../support/stub-backend.ts'

const clock = new HandClock()
const backend = new StubBackend(clock)
let fixture: ApiFixture
let routes: readonly Route[]
const tokens: Record<string, string> = {}

beforeAll(async () => {
  fixture = await startApi({ backend, clock })
  const { api, credentials } = fixture
  const failures = new FailureLimiter(clock)
  const context: ApiContext = {
    backend,
    credentials,
    clock,
    refusals: api.refusals,
    failures,
    pageUrl: () => null,
  }
  routes = allRoutes(context)
  tokens['expired'] = await fixture.signIn()
  clock.advance(12 * 3_600_000)
  tokens['revoked'] = await fixture.signIn()
  await fixture.loopback({
    method: 'DELETE',
    path: '/api/v1/session',
    headers: ['Authorization', `Bearer ${tokens['revoked']}`],
  })
  tokens['used launch code'] = credentials.issueLaunch().secret
  credentials.exchange(tokens['used launch code'])
  tokens['unused launch code'] = credentials.issueLaunch().secret
  tokens['invented'] = 'A'.repeat(43)
  tokens['too short'] = 'A'
  tokens['good'] = await fixture.signIn()
})
afterAll(() => fixture.stop())

const CREDENTIALS = [
  'none',
  'invented',
  'too short',
  'expired',
  'revoked',
  'used launch code',
  'unused launch code',
  'good',
] as const
const HOSTS = [
  '127.0.0.1',
  'localhost',
  '[::1]',
  'foreign',
  'foreign port',
  'rebound',
  'two',
  'missing',
] as const
const ORIGINS = ['none', 'good', 'foreign', 'null', 'other port', 'two'] as const

type Credential = (typeof CREDENTIALS)[number]
type HostKind = (typeof HOSTS)[number]
type OriginKind = (typeof ORIGINS)[number]

function hostHeaders(kind: HostKind): string[] {
  const { port } = fixture
  switch (kind) {
    case 'foreign':
      return ['Host', 'evil.example']
    case 'foreign port':
      return ['Host', '127.0.0.1:1']
    case 'rebound':
      return ['Host', `evil.example:${port}`]
    case 'two':
      return ['Host', `127.0.0.1:${port}`, 'Host', 'evil.example']
    case 'missing':
      return []
    default:
      return ['Host', `${kind}:${port}`]
  }
}

function originHeaders(kind: OriginKind, host: HostKind): string[] {
  const own = `http://${host}:${fixture.port}`
  switch (kind) {
    case 'none':
      return []
    case 'good':
      return ['Origin', own]
    case 'foreign':
      return ['Origin', 'https://evil.example']
    case 'null':
      return ['Origin', 'null']
    case 'other port':
      return ['Origin', 'http://127.0.0.1:1']
    case 'two':
      return ['Origin', own, 'Origin', 'https://evil.example']
  }
}

/** Every request carries a parameter that no route knows: whoever is let in is told so, and nothing is done. */
const REFUSED_LAST = 400

function expected(
  route: Route,
  credential: Credential,
  host: HostKind,
  origin: OriginKind,
): readonly number[] {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) return [421]
  if (origin !== 'none' && origin !== 'good') return [403]
  if (credential === 'none') return route.permission === 'public' ? [REFUSED_LAST] : [401]
  // Beyond five in a minute a bad credential is told to wait instead.
  if (credential !== 'good') return [401, 429]
  return route.doors === undefined || route.doors.includes('loopback') ? [REFUSED_LAST] : [403]
}

function pathOf(route: Route): string {
  return `/api/v1${route.path.replaceAll(/:\w+/g, 'nobody')}?unknown=1`
}

describe('every route on the loopback door', () => {
  it('is in the committed table, with who may use it', async () => {
    const rows = routes.map(({ method, path, permission, doors = ['all'], operation }) =>
      [
        method.padEnd(6),
        path.padEnd(46),
        permission.padEnd(8),
        doors.join(',').padEnd(8),
        operation,
      ].join(' '),
    )
    const committed = await readFile(new URL('./api-routes.txt', import.meta.url), 'utf8')
    expect(`${rows.join('\n')}\n`).toBe(committed)
  })

  it.each(CREDENTIALS)(
    'answers as it should to each Host and Origin with the credential: %s',
    async (credential) => {
      const token = tokens[credential]
      const cases = routes.flatMap((route) =>
        HOSTS.flatMap((host) => ORIGINS.map((origin) => ({ route, host, origin }))),
      )
      const wrong: string[] = []
      const ask = async ({ route, host, origin }: (typeof cases)[number]) => {
        const reply = await httpCall(
          { port: fixture.port },
          {
            method: route.method,
            path: pathOf(route),
            headers: [
              ...hostHeaders(host),
              ...originHeaders(origin, host),
              ...(token === undefined ? [] : ['Authorization', `Bearer ${token}`]),
              'Content-Type',
              'application/json',
            ],
            ...(route.method === 'GET' ? {} : { body: '{}' }),
          },
        )
        const isProblem = reply.headers['content-type'] === 'application/problem+json'
        const isBare = reply.headers['access-control-allow-origin'] === undefined
        const isGuarded = String(reply.headers['content-security-policy']).includes(
          "default-src 'none'",
        )
        if (
          expected(route, credential, host, origin).includes(reply.status) &&
          isProblem &&
          isBare &&
          isGuarded
        )
          return
        wrong.push(
          `${route.method} ${route.path} host=${host} origin=${origin}: ${reply.status} ${reply.text}`,
        )
      }
      for (let at = 0; at < cases.length; at += 8)
        await Promise.all(cases.slice(at, at + 8).map(ask))
      expect(cases.length).toBeGreaterThan(1_500)
      expect(wrong).toEqual([])
      expect(backend.stopped).toBe(0)
    },
    60_000,
  )

  it('counts what it refused and logs each kind once a minute', () => {
    const { api, log } = fixture
    expect(api.refusals.counts.get('foreign-host')).toBeGreaterThan(1_000)
    expect(log.filter((entry) => entry.message === 'refused: foreign-host')).toHaveLength(1)
  })
})
