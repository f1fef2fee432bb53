import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseTicket, ticketText } from '../../src/network/ticket.ts'
import { admitKey } from '../support/hostile-member.ts'
import { Nodes, idOf, inviteBy, joinWith, meshOf } from '../support/nodes.ts'
import { Stranger } from '../support/stranger.ts'

/** What relays of libp2p give by default, and public ones do. */
const LIMIT = { duration: 120_000, data: 131_072n }

describe('joining over a relay that limits time and bytes', () => {
  let nodes: Nodes
  let relay: Stranger
  beforeEach(async () => {
    nodes = new Nodes()
    relay = await Stranger.start({ listen: ['/ip4/127.0.0.1/tcp/0'], relays: true })
  })
  afterEach(async () => {
    await relay.stop()
    await nodes.end()
  })

  it('works where the ticket has no other way', async () => {
    const [ana, bob] = await Promise.all([
      nodes.found('ana', { settings: { reach: { relay: true } } }),
      nodes.start('bob', { settings: { reach: { relay: true } } }),
    ])
    await admitKey(ana, relay.id, 'rita')
    const connection = await relay.dial(
      meshOf(ana).host.libp2p.getMultiaddrs().map(String)[0] ?? '',
    )
    expect((await relay.hello(connection)).isMutual).toBe(true)
    relay.reserveFor(connection, LIMIT)
    const ticket = ticketText({
      ...parseTicket(await inviteBy(ana)),
      addresses: [`${relay.address}/p2p-circuit/p2p/${idOf(ana)}`],
    })
    const limits: unknown[] = []
    meshOf(ana).host.libp2p.addEventListener('connection:open', ({ detail }) => {
      if (detail.remotePeer.toString() === idOf(bob)) limits.push(detail.limits)
    })
    const steps = await joinWith(bob, ticket)
    expect(steps.at(-1)).toMatchObject({ step: 'joined', device: idOf(bob) })
    expect(limits[0]).toMatchObject({ seconds: expect.any(Number) as number })
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(true)
  })
})
