import { afterEach, describe, expect, it } from 'vitest'
import type { AsgardNode } from '../../node/library.ts'
import { Nodes, eventOf, joinWith, meshOf, until } from '../support/nodes.ts'

const invite = { role: 'member', expiresInS: 900, uses: 1, approve: false } as const

async function aliveCount(node: AsgardNode): Promise<number> {
  const devices = await node.backend.network().devices()
  return devices.filter((device) => device.health === 'alive' || device.health === 'self').length
}

describe('three devices on loopback', () => {
  let nodes = new Nodes()
  afterEach(async () => {
    await nodes.end()
    nodes = new Nodes()
  })

  async function three(): Promise<{ ana: AsgardNode; bob: AsgardNode; cleo: AsgardNode }> {
    const [ana, bob, cleo] = await Promise.all(
      ['ana', 'bob', 'cleo'].map((name) => nodes.start(name)),
    )
    if (ana === undefined || bob === undefined || cleo === undefined)
      throw new TypeError('three nodes')
    await ana.backend.createNetwork({ name: 'home' })
    for (const node of [bob, cleo]) {
      const { ticket } = await ana.backend.network().createInvite(invite)
      const steps = await joinWith(node, ticket)
      expect(steps.at(-1)).toMatchObject({ step: 'joined' })
    }
    for (const node of [ana, bob, cleo])
      await until(node, async () => (await aliveCount(node)) === 3)
    return { ana, bob, cleo }
  }

  it('show the same three devices on each', async () => {
    const { ana, bob, cleo } = await three()
    for (const node of [ana, bob, cleo]) {
      await until(node, async () => {
        const names = (await node.backend.network().devices()).map((device) => device.name).sort()
        return names.join() === 'ana,bob,cleo'
      })
    }
  })

  it('notice within a second that one has stopped', async () => {
    const { ana, bob, cleo } = await three()
    const id = meshOf(cleo).key.id
    await nodes.stop(cleo)
    const isGone = (event: { device: string | null; data: Record<string, unknown> }) =>
      event.device === id && event.data['after'] === 'failed'
    await Promise.all([ana, bob].map((node) => eventOf(node, 'device:health', isGone, 1_000)))
  })

  it('remove one everywhere, with receipts, and it learns so', async () => {
    const { ana, bob, cleo } = await three()
    const revocation = await ana.backend.network().revoke('cleo', 'lost')
    await until(bob, async () =>
      (await bob.backend.network().devices()).some((d) => d.name === 'cleo' && d.role === null),
    )
    await until(ana, async () => {
      const [found] = await ana.backend.network().revocations()
      return (
        found?.id === revocation.id && found.receipts.length === 2 && found.waiting.length === 0
      )
    })
    await eventOf(cleo, 'network:removed')
    expect(meshOf(ana).links.isUp(meshOf(bob).key.id)).toBe(true)
    expect(meshOf(ana).host.libp2p.getConnections().length).toBeGreaterThan(0)
  })

  it('come back after a restart with the same state', async () => {
    const { ana, bob, cleo } = await three()
    await ana.backend
      .network()
      .patchDevice('bob', { name: 'robert', tags: ['kitchen'], note: 'old laptop' })
    for (const node of [ana, bob, cleo]) {
      await until(node, async () =>
        (await node.backend.network().devices()).some((d) => d.note === 'old laptop'),
      )
    }
    await Promise.all([nodes.stop(ana), nodes.stop(bob), nodes.stop(cleo)])
    const again = await Promise.all(['ana', 'bob', 'cleo'].map((name) => nodes.start(name)))
    for (const node of again) {
      await until(node, async () => (await aliveCount(node)) === 3)
      const robert = await node.backend.network().device('robert')
      expect(robert).toMatchObject({ tags: ['kitchen'], note: 'old laptop', ownName: 'bob' })
    }
  })
})
