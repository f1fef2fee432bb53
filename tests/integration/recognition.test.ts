import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AsgardNode } from '../../node/library.ts'
import { GroupKeys } from '../../src/network/group-keys.ts'
import { parseTicket, ticketText } from '../../src/network/ticket.ts'
import {
  Nodes,
  eventOf,
  idOf,
  inviteBy,
  isLinked,
  joinEnd,
  meshOf,
  shown,
  until,
} from '../support/nodes.ts'
import { Partition } from '../support/partition.ts'

/** Lets `node` see an Asgard device on its LAN, as mDNS would. */
async function sight(node: AsgardNode, other: AsgardNode): Promise<void> {
  for (const address of meshOf(other).addresses())
    await meshOf(node).dialler.introduce(idOf(other), address)
}

describe('members that meet', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  it('accept one who was admitted while they were off, by its proof, with no admin about', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob')
    await until(ana, async () => ((await shown(ana, bob))?.addresses.length ?? 0) > 0)
    await nodes.stop(bob)
    const cleo = await nodes.admitted(ana, 'cleo')
    await until(cleo, async () => ((await shown(cleo, bob))?.addresses.length ?? 0) > 0)
    await nodes.stop(ana)
    const again = await nodes.start('bob')
    expect(meshOf(again).trust.state.members.has(idOf(cleo))).toBe(false)
    // Cleo has dialled in vain meanwhile, and waits some seconds between her tries.
    await until(again, () => isLinked(again, cleo), 20_000)
    expect((await shown(again, cleo))?.role).toBe('member')
  })

  /** Ana's half admits bob, dora's half admits cleo; then both admins are off. */
  async function strangersWithOneKey() {
    const ana = await nodes.found('ana')
    const dora = await nodes.admitted(ana, 'dora', 'admin')
    const ticket = await inviteBy(ana, { uses: 2 })
    const hers = ticketText({
      ...parseTicket(ticket),
      addresses: [...meshOf(dora).addresses()],
      inviter: idOf(dora),
    })
    await until(dora, () => meshOf(dora).trust.state.invites.size === 2)
    await until(
      dora,
      () =>
        meshOf(dora).groupKeys.lacking(meshOf(dora).trust.state.epochs.map((e) => e.commitment))
          .length === 0,
    )
    const [bob, cleo] = await Promise.all([nodes.start('bob'), nodes.start('cleo')])
    void new Partition([ana, [dora, cleo]], [dora, [ana, bob]])
    await until(ana, () => !isLinked(ana, dora))
    expect(await joinEnd(bob, ticket)).toMatchObject({ step: 'joined' })
    expect(await joinEnd(cleo, hers)).toMatchObject({ step: 'joined' })
    await Promise.all([nodes.stop(ana), nodes.stop(dora)])
    expect(meshOf(bob).trust.state.members.has(idOf(cleo))).toBe(false)
    expect(meshOf(cleo).trust.state.members.has(idOf(bob))).toBe(false)
    return { bob, cleo }
  }

  it('recognise each other by the group key though neither has heard of the other', async () => {
    const { bob, cleo } = await strangersWithOneKey()
    await sight(bob, cleo)
    await until(bob, () => isLinked(bob, cleo))
    for (const node of [bob, cleo])
      await until(node, () => meshOf(node).trust.state.members.size === 4)
  })

  it('learn nothing of each other when the group key is a foreign one', async () => {
    const { bob, cleo } = await strangersWithOneKey()
    const { groupKeys } = meshOf(cleo)
    await groupKeys.keepOnly([])
    await groupKeys.add(GroupKeys.generate())
    await sight(bob, cleo)
    // Each has turned the other away; until then nothing is decided.
    await eventOf(bob, 'gate:refused', (event) => event.device === idOf(cleo))
    await eventOf(cleo, 'gate:refused', (event) => event.device === idOf(bob))
    expect(meshOf(bob).trust.state.members.has(idOf(cleo))).toBe(false)
    expect(meshOf(cleo).trust.state.members.has(idOf(bob))).toBe(false)
    expect(isLinked(bob, cleo)).toBe(false)
  })

  it('of two networks stay apart, also when they share a device', async () => {
    const [ana, eve, bob] = await Promise.all([
      nodes.found('ana'),
      nodes.found('eve'),
      nodes.start('bob'),
    ])
    expect(await joinEnd(bob, await inviteBy(ana))).toMatchObject({ step: 'joined' })
    expect(await joinEnd(bob, await inviteBy(eve))).toMatchObject({ step: 'joined' })
    const inHers = bob.device.mesh(meshOf(eve).id)
    const inAnas = bob.device.mesh(meshOf(ana).id)
    await until(bob, () => inHers.links.isUp(idOf(eve)) && inAnas.links.isUp(idOf(ana)))
    expect(inHers.trust.state.members.has(idOf(ana))).toBe(false)
    expect(inAnas.trust.state.members.has(idOf(eve))).toBe(false)
    expect((await ana.backend.network().devices()).map(({ name }) => name).sort()).toEqual([
      'ana',
      'bob',
    ])
  })
})
