import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AsgardNode } from '../../node/library.ts'
import { systemClock } from '../../src/clock/system-clock.ts'
import { type ApiFixture, startApi } from '../support/api-fixture.ts'
import { Nodes } from '../support/nodes.ts'

/** The handler before real nodes, with each reply held to the schema that its route declares. */
const nodes = new Nodes()
let ana: AsgardNode
let api: ApiFixture

beforeAll(async () => {
  ana = await nodes.found('ana')
  await nodes.admitted(ana, 'bob')
  api = await startApi({ backend: ana.backend, clock: systemClock })
})
afterAll(async () => {
  await api.stop()
  await nodes.end()
})

async function ask(method: string, path: string, body?: unknown) {
  const reply = await api.local({
    method,
    path: `/api/v1/${path}`,
    ...(body === undefined
      ? {}
      : { headers: ['Content-Type', 'application/json'], body: JSON.stringify(body) }),
  })
  return { status: reply.status, text: reply.text }
}

const parse = ({ text }: { readonly text: string }) => JSON.parse(text)
const lines = ({ text }: { readonly text: string }) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('the API of a real node', () => {
  it.each([
    'status',
    'identity',
    'networks',
    'networks/current',
    'networks/current/devices',
    'networks/current/devices/bob',
    'networks/current/joins',
    'networks/current/invites',
    'networks/current/revocations',
    'networks/current/connections',
    'networks/current/connections?device=bob',
    'networks/current/topology',
    'networks/current/paths/bob',
    'events',
    'logs',
  ])('answers GET %s by its schema', async (path) => {
    const reply = await ask('GET', path)
    expect({ path, status: reply.status, text: reply.text }).toMatchObject({ path, status: 200 })
    expect(reply.text).not.toContain('"kind":"problem"')
  })

  it.each([
    ['GET', 'networks/nowhere', 404, 'NETWORK_UNKNOWN'],
    ['GET', 'networks/current/devices/nobody', 404, 'DEVICE_UNKNOWN'],
    ['POST', 'networks/current/joins/nobody/approve', 404, 'JOIN_UNKNOWN'],
    ['DELETE', 'networks/current/invites/none', 404, 'INVITE_UNKNOWN'],
  ])('says of %s %s that there is no such thing', async (method, path, status, code) => {
    const reply = await ask(method, path)
    expect(reply.status).toBe(status)
    expect(parse(reply)).toMatchObject({ code })
  })

  it('pings, annotates, gives a role', async () => {
    const pings = lines(
      await ask('POST', 'networks/current/ping', { device: 'bob', count: 2, intervalMs: 50 }),
    )
    expect(pings.map((line) => line.kind)).toEqual(['reply', 'reply', 'summary'])
    const patch = { tags: ['attic'], note: 'under the roof' }
    expect(parse(await ask('PATCH', 'networks/current/devices/bob', patch))).toMatchObject(patch)
    const path = 'networks/current/devices/bob/role'
    expect(parse(await ask('PUT', path, { role: 'operator' }))).toMatchObject({ role: 'operator' })
  })

  it('lets a third one in by a ticket over its own API, and puts it out again', async () => {
    const { ticket } = parse(await ask('POST', 'networks/current/invites', {}))
    const cleo = await nodes.start('cleo')
    const other = await startApi({ backend: cleo.backend, clock: systemClock })
    const joined = await other.local({
      method: 'POST',
      path: '/api/v1/joins',
      headers: ['Content-Type', 'application/json'],
      body: JSON.stringify({ ticket, deviceName: 'cleo' }),
    })
    const steps = lines(joined).map((line) => line.step)
    expect([steps[0], steps.at(-1)]).toEqual(['ticket', 'joined'])
    const revoked = await ask('POST', 'networks/current/devices/cleo/revoke', { reason: 'lost' })
    expect(parse(revoked)).toMatchObject({ name: 'cleo', reason: 'lost' })
    expect((await ask('GET', 'networks/current/revocations')).text).toContain('lost')
    await other.stop()
  })

  it('refuses to leave the network without an owner, and says so', async () => {
    const reply = await ask('POST', 'networks/current/leave', {})
    expect(reply.status).toBe(409)
    expect(parse(reply)).toMatchObject({ code: 'LAST_OWNER', hint: expect.any(String) })
  })
})
