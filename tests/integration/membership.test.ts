import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AsgardNode } from '../../node/library.ts'
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

describe('a member', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  const network = (node: AsgardNode) => node.backend.network()

  it('leaves: it is gone everywhere, and its data stay until erased', async () => {
    const ana = await nodes.found('ana')
    const [bob, cleo] = [await nodes.admitted(ana, 'bob'), await nodes.admitted(ana, 'cleo')]
    await until(cleo, () => isLinked(cleo, bob))
    await network(bob).leave({ erase: false, force: false })
    for (const node of [ana, cleo]) {
      await eventOf(node, 'device:left', (event) => event.device === idOf(bob))
      expect(await shown(node, bob)).toMatchObject({
        role: null,
        membership: 'left',
        health: 'left',
      })
      await until(node, () => !meshOf(node).links.isUp(idOf(bob)))
    }
    expect(await bob.backend.networks()).toMatchObject([{ status: 'left', role: null }])
  })

  it('leaves right after it joined, and that is not lost', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.start('bob')
    expect(await joinEnd(bob, await inviteBy(ana))).toMatchObject({ step: 'joined' })
    await network(bob).leave({ erase: true, force: false })
    await eventOf(ana, 'device:left', (event) => event.device === idOf(bob))
  })

  it('cannot leave as the last owner, unless it is made to', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob', 'admin')
    await expect(network(ana).leave({ erase: false, force: false })).rejects.toMatchObject({
      code: 'LAST_OWNER',
    })
    await expect(network(ana).setRole('ana', { role: 'member' })).rejects.toMatchObject({
      code: 'LAST_OWNER',
    })
    expect((await shown(bob, ana))?.role).toBe('owner')
    await network(ana).setRole('bob', { role: 'owner' })
    await until(bob, async () => (await shown(bob, bob))?.role === 'owner')
    await network(ana).leave({ erase: false, force: false })
    await until(bob, () => meshOf(bob).trust.state.left.has(idOf(ana)))
  })

  it('has the new role on every device at once, and the rights that go with it', async () => {
    const ana = await nodes.found('ana')
    const [bob, cleo] = [await nodes.admitted(ana, 'bob'), await nodes.admitted(ana, 'cleo')]
    await until(cleo, () => isLinked(cleo, bob))
    await network(ana).setRole('bob', { role: 'admin' })
    await until(bob, async () => (await shown(bob, bob))?.role === 'admin')
    await network(bob).patchDevice('cleo', { note: 'hers' })
    for (const node of [ana, cleo])
      await until(node, async () => (await shown(node, cleo))?.note === 'hers')
    await network(ana).setRole('bob', { role: 'guest', until: Date.now() + 86_400_000 })
    for (const node of [bob, cleo])
      await until(node, async () => (await shown(node, bob))?.role === 'guest')
    await expect(inviteBy(bob)).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
    // What it said as an admin counts no more.
    for (const node of [ana, cleo])
      await until(node, async () => (await shown(node, cleo))?.note === '')
  })

  it('neither names nor tags nor annotates others, removes nobody, and renames nothing', async () => {
    const ana = await nodes.found('ana')
    const [bob, cleo] = [await nodes.admitted(ana, 'bob'), await nodes.admitted(ana, 'cleo')]
    await until(bob, async () => (await shown(bob, cleo)) !== undefined)
    const acts = [
      () => network(bob).patchDevice('cleo', { name: 'mine' }),
      () => network(bob).patchDevice('cleo', { tags: ['mine'] }),
      () => network(bob).patchDevice('ana', { note: 'mine' }),
      () => network(bob).patchDevice('bob', { tags: ['mine'] }),
      () => network(bob).setRole('bob', { role: 'admin' }),
      () => network(bob).setRole('cleo', { role: 'guest', until: Date.now() + 1_000_000 }),
      () => network(bob).revoke('cleo', ''),
      () => network(bob).rename('bobs'),
      () => inviteBy(bob),
    ]
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
    for (const node of [ana, cleo]) expect(meshOf(node).trust.state.name).toBe('home')
  })

  it('names itself, until an admin names it', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob')
    await network(bob).patchDevice('bob', { name: 'robert' })
    await until(ana, async () => (await shown(ana, bob))?.name === 'robert')
    await network(ana).patchDevice('robert', {
      name: 'kitchen',
      tags: ['b', 'a'],
      note: 'by the window',
    })
    await until(bob, async () => (await shown(bob, bob))?.name === 'kitchen')
    expect(await shown(bob, bob)).toMatchObject({
      ownName: 'robert',
      tags: ['a', 'b'],
      note: 'by the window',
    })
  })

  it('sees the network renamed by an admin', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob')
    await network(ana).rename('villa')
    await eventOf(bob, 'network:renamed')
    expect((await network(bob).show()).name).toBe('villa')
  })

  it('is what it was after all devices restart: roles, annotations, invites, removals, receipts', async () => {
    const ana = await nodes.found('ana')
    const [bob, cleo] = [
      await nodes.admitted(ana, 'bob', 'admin'),
      await nodes.admitted(ana, 'cleo'),
    ]
    await nodes.admitted(ana, 'dan')
    await network(bob).patchDevice('cleo', { name: 'attic', tags: ['up'], note: 'cold' })
    await network(ana).revoke('dan', 'sold')
    await inviteBy(bob)
    const isSettled = async (node: AsgardNode) => {
      const [removal] = await network(node).revocations()
      return (
        removal?.waiting.length === 0 &&
        (await shown(node, cleo))?.note === 'cold' &&
        (await network(node).invites()).length === 4
      )
    }
    for (const node of [ana, bob, cleo]) await until(node, () => isSettled(node))
    const picture = async (node: AsgardNode) => ({
      devices: (await network(node).devices())
        .map(({ id, name, role, membership, tags, note, platform }) => ({
          id,
          name,
          role,
          membership,
          tags,
          note,
          platform,
        }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      invites: await network(node).invites(),
      removals: (await network(node).revocations()).map(({ id, receipts }) => ({
        id,
        receipts: receipts.map((r) => r.device).sort(),
      })),
      network: (await network(node).show()).name,
    })
    const before = await picture(ana)
    await Promise.all([ana, bob, cleo].map((node) => nodes.stop(node)))
    const again = await Promise.all(['ana', 'bob', 'cleo'].map((name) => nodes.start(name)))
    for (const node of again) {
      await until(node, () => isSettled(node))
      expect(await picture(node)).toEqual(before)
    }
    const [ann, bobby] = again as [AsgardNode, AsgardNode]
    await until(ann, () => isLinked(ann, bobby))
  })
})
