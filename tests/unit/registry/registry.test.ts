import { describe, expect, it } from 'vitest'
import type { DeviceId } from '../../../src/identity/device-id.ts'
import { shortDeviceId } from '../../../src/identity/device-id.ts'
import type { MeshDevice } from '../../support/replica-mesh.ts'
import { RegistryScene } from '../../support/registry-scene.ts'

const SECOND_MS = 1_000

interface House {
  readonly scene: RegistryScene
  readonly ana: MeshDevice
  readonly bob: MeshDevice
  readonly cleo: MeshDevice
}

/** Ana owns, bob administers, cleo is a member; all are connected. */
async function house(): Promise<House> {
  const scene = new RegistryScene()
  const ana = await scene.add('ana', 'owner')
  const bob = await scene.add('bob', 'admin')
  const cleo = await scene.add('cleo')
  scene.mesh.linkAll()
  await scene.mesh.settle()
  return { scene, ana, bob, cleo }
}

const PROFILE = {
  ownName: 'laptop',
  platform: 'linux x64',
  version: '0.1.0',
  kind: 'computer',
  hardware: { cpu: 'A CPU', cores: 8, memoryBytes: 16_000_000_000 },
  capabilities: ['relay', 'dht'],
  addresses: ['/ip4/10.0.0.1/tcp/4001'],
}

describe('registry', () => {
  it('shows on every device what a device says of itself', async () => {
    const { scene, cleo } = await house()
    await scene.registry('cleo').setProfile(PROFILE)
    await scene.mesh.settle()
    expect(scene.registry('ana').get(cleo.id)).toMatchObject({
      ...PROFILE,
      capabilities: ['dht', 'relay'],
      id: cleo.id,
      name: 'laptop',
      role: 'member',
      state: 'member',
      registeredAt: scene.mesh.clock.now(),
    })
  })

  it('names a device by an admin, else by itself, else by its admission, else by its id', async () => {
    const { scene, cleo } = await house()
    const name = (): string | undefined => scene.registry('ana').get(cleo.id)?.name
    expect(name()).toBe('cleo')
    await scene.registry('cleo').setProfile({ ownName: 'laptop' })
    await scene.mesh.settle()
    expect(name()).toBe('laptop')
    await scene.registry('bob').annotate(cleo.id, { name: 'kitchen' })
    await scene.mesh.settle()
    expect(name()).toBe('kitchen')
    await scene.registry('bob').annotate(cleo.id, { name: '' })
    await scene.mesh.settle()
    expect(name()).toBe('laptop')
    await scene.registry('cleo').setProfile({ ownName: '' })
    scene.admit(cleo.id, 'member', '')
    await scene.mesh.settle()
    expect(name()).toBe(shortDeviceId(cleo.id))
  })

  it('tells which devices changed, and of nothing else', async () => {
    const { scene, cleo } = await house()
    const told: DeviceId[][] = []
    scene.registry('ana').onChange((devices) => told.push([...devices]))
    await scene.registry('cleo').setProfile(PROFILE)
    await scene.mesh.settle()
    await scene.registry('bob').annotate(cleo.id, { tags: ['home'] })
    await scene.mesh.settle()
    await scene.registry('bob').annotate(cleo.id, { tags: ['home'] })
    await scene.mesh.settle()
    expect(told).toEqual([[cleo.id], [cleo.id]])
  })

  it('writes nothing when a profile stays the same', async () => {
    const { scene, cleo } = await house()
    await scene.registry('cleo').setProfile(PROFILE)
    const { commits } = cleo.store
    await scene.registry('cleo').setProfile({ ...PROFILE, capabilities: ['dht', 'relay', 'dht'] })
    expect(cleo.store.commits).toBe(commits)
  })

  it('lists by name in pages that stay good while devices come and go', async () => {
    const { scene, ana, bob, cleo } = await house()
    const registry = scene.registry('ana')
    const first = registry.list({}, { cursor: null, limit: 2 })
    expect(first.devices.map(({ id }) => id)).toEqual([ana.id, bob.id])
    scene.revoke(bob.id)
    const second = registry.list({}, { cursor: first.nextCursor, limit: 2 })
    expect(second).toEqual({ devices: [registry.get(cleo.id)], nextCursor: null })
    expect(() => registry.list({}, { cursor: 'junk', limit: 2 })).toThrow(
      expect.objectContaining({ code: 'BAD_CURSOR' }),
    )
  })

  it('filters by role, state, tag, capability and kind', async () => {
    const { scene, ana, bob, cleo } = await house()
    await scene.registry('cleo').setProfile(PROFILE)
    await scene.registry('ana').annotate(bob.id, { tags: ['home'] })
    await scene.mesh.settle()
    const ids = (filter: Parameters<ReturnType<RegistryScene['registry']>['filter']>[0]) =>
      scene
        .registry('bob')
        .filter(filter)
        .map(({ id }) => id)
    expect(ids({ role: 'owner' })).toEqual([ana.id])
    expect(ids({ tag: 'home' })).toEqual([bob.id])
    expect(ids({ capability: 'relay' })).toEqual([cleo.id])
    expect(ids({ kind: 'computer', tag: 'home' })).toEqual([])
    scene.revoke(cleo.id)
    expect(ids({})).toEqual([ana.id, bob.id])
    expect(ids({ state: 'revoked' })).toEqual([cleo.id])
    expect(ids({ state: 'any' })).toHaveLength(3)
  })

  it('shows nothing of what a revoked device said of itself', async () => {
    const { scene, cleo } = await house()
    await scene.registry('cleo').setProfile(PROFILE)
    await scene.mesh.settle()
    scene.revoke(cleo.id)
    expect(scene.registry('ana').get(cleo.id)).toMatchObject({
      name: 'cleo',
      ownName: '',
      addresses: [],
      role: null,
    })
  })
})

describe('annotations', () => {
  it('of the last admin who wrote count, on all devices', async () => {
    const { scene, cleo } = await house()
    const dan = await scene.add('dan', 'admin')
    scene.mesh.linkAll()
    await scene.registry('bob').annotate(cleo.id, { tags: ['one'], note: 'first' })
    await scene.mesh.settle()
    await scene.registry('dan').annotate(cleo.id, { tags: ['two'] })
    await scene.mesh.settle()
    for (const name of ['ana', 'bob', 'cleo', 'dan']) {
      expect(scene.registry(name).get(cleo.id)).toMatchObject({ tags: ['two'], note: 'first' })
    }
    expect(dan.replica.quarantined()).toEqual([])
  })

  it('made at the same time are decided alike everywhere', async () => {
    const { scene, cleo } = await house()
    await scene.add('dan', 'admin')
    scene.mesh.linkAll()
    await scene.mesh.settle()
    scene.mesh.unlink('bob', 'dan')
    scene.mesh.unlink('ana', 'dan')
    scene.mesh.unlink('cleo', 'dan')
    await scene.registry('bob').annotate(cleo.id, { name: 'by bob' })
    await scene.registry('dan').annotate(cleo.id, { name: 'by dan' })
    await scene.mesh.settle()
    scene.mesh.linkAll()
    await scene.mesh.settle()
    const names = ['ana', 'bob', 'cleo', 'dan'].map(
      (name) => scene.registry(name).get(cleo.id)?.name,
    )
    expect(new Set(names).size).toBe(1)
  })

  it('of an owner stand against an admin, who is told so', async () => {
    const { scene, cleo } = await house()
    await scene.registry('ana').annotate(cleo.id, { name: 'hall' })
    await scene.mesh.settle()
    await expect(scene.registry('bob').annotate(cleo.id, { name: 'attic' })).rejects.toMatchObject({
      code: 'OUTRANKED',
    })
    await scene.registry('bob').annotate(cleo.id, { note: 'dusty' })
    await scene.mesh.settle()
    expect(scene.registry('cleo').get(cleo.id)).toMatchObject({ name: 'hall', note: 'dusty' })
  })

  it('of a former admin count no more, and again once it is one', async () => {
    const { scene, bob, cleo } = await house()
    await scene.registry('bob').annotate(cleo.id, { name: 'kitchen' })
    await scene.mesh.settle()
    scene.admit(bob.id, 'member', 'bob')
    expect(scene.registry('ana').get(cleo.id)?.name).toBe('cleo')
    scene.admit(bob.id, 'admin', 'bob')
    expect(scene.registry('ana').get(cleo.id)?.name).toBe('kitchen')
  })

  it('are refused to members, and about devices that are not there', async () => {
    const { scene, bob } = await house()
    await expect(scene.registry('cleo').annotate(bob.id, { name: 'x' })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    })
    await expect(scene.registry('ana').annotate('nobody', { name: 'x' })).rejects.toMatchObject({
      code: 'DEVICE_UNKNOWN',
    })
  })

  it('keep what a newer version adds to them', async () => {
    const { scene, bob, cleo } = await house()
    await scene.registry('bob').annotate(cleo.id, { name: 'kitchen' })
    const [document] = [...bob.replica.documents()]
      .map(({ id }) => id.document)
      .filter((name) => name !== 'device')
    await bob.replica.write(document ?? '', (root) => {
      const annotation = root.get(cleo.id) as { set(key: string, value: unknown): void }
      annotation.set('colour', { value: 'red', version: 1 })
    })
    await scene.registry('bob').annotate(cleo.id, { name: 'hall' })
    expect(bob.replica.read(bob.id, document ?? '')).toMatchObject({
      [cleo.id]: { colour: { value: 'red' } },
    })
  })
})

describe('hostile records', () => {
  it('lose the fields of a wrong type, keep the others, and are shown once', async () => {
    const { scene, ana, cleo } = await house()
    await cleo.replica.write('device', (root) => {
      root.set('ownName', ['not', 'a', 'text'])
      root.set('platform', 'x'.repeat(257))
      root.set('version', '1.0')
      root.set('hardware', { cpu: 'x', cores: -1, memoryBytes: 0.5 })
      root.set('capabilities', [1])
      root.set(
        'addresses',
        Array.from({ length: 33 }, () => 'x'),
      )
      root.set('registeredAt', 'long ago')
      root.set('receipts', { r1: 'yes' })
      root.set('constructor', { prototype: 1 })
    })
    await scene.mesh.settle()
    expect(scene.registry('ana').get(cleo.id)).toMatchObject({
      name: 'cleo',
      ownName: '',
      platform: '',
      version: '1.0',
      hardware: null,
      capabilities: [],
      addresses: [],
      registeredAt: 0,
    })
    expect(ana.replica.quarantined()).toMatchObject([
      { code: 'WRONG_TYPE', author: cleo.id, document: 'device' },
    ])
    expect(ana.replica.quarantined()[0]?.detail).toContain('ownName, platform, hardware')
  })

  it('of an admin lose the annotations of a wrong type', async () => {
    const { scene, ana, bob, cleo } = await house()
    await scene.registry('bob').annotate(cleo.id, { note: 'fine' })
    await bob.replica.write([...bob.replica.documents()][0]?.id.document ?? '', (root) => {
      const annotation = root.get(cleo.id) as { set(key: string, value: unknown): void }
      annotation.set('name', { value: 7, version: 1 })
      annotation.set('tags', { value: ['ok'], version: -1 })
      root.set('someone', 3)
    })
    await scene.mesh.settle()
    expect(scene.registry('ana').get(cleo.id)).toMatchObject({
      name: 'cleo',
      tags: [],
      note: 'fine',
    })
    expect(ana.replica.quarantined()).toMatchObject([{ code: 'WRONG_TYPE', author: bob.id }])
  })
})

describe('addresses', () => {
  const a = ['/ip4/10.0.0.1/tcp/1', '/ip4/10.0.0.2/tcp/1']

  it('are published at once when nothing that was known still holds', async () => {
    const { scene, cleo } = await house()
    const registry = scene.registry('cleo')
    await registry.setProfile({ addresses: a })
    await registry.setProfile({ addresses: ['/ip4/192.168.0.9/tcp/1'] })
    expect(registry.get(cleo.id)?.addresses).toEqual(['/ip4/192.168.0.9/tcp/1'])
  })

  it('that come and go are published every 10 s at most, and the last ones are', async () => {
    const { scene, cleo } = await house()
    const registry = scene.registry('cleo')
    await registry.setProfile({ addresses: a })
    const { commits } = cleo.store
    for (let n = 0; n < 50; n += 1)
      await registry.setProfile({ addresses: [...a.slice(0, 1), `/ip4/10.0.0.${n}/tcp/2`] })
    expect(cleo.store.commits).toBe(commits)
    await scene.mesh.pass(11 * SECOND_MS)
    await cleo.replica.write('device', () => undefined)
    expect(cleo.store.commits).toBe(commits + 1)
    expect(registry.get(cleo.id)?.addresses).toEqual([
      '/ip4/10.0.0.1/tcp/1',
      '/ip4/10.0.0.49/tcp/2',
    ])
  })

  it('that are back as they were are not published again', async () => {
    const { scene, cleo } = await house()
    const registry = scene.registry('cleo')
    await registry.setProfile({ addresses: a })
    const { commits } = cleo.store
    await registry.setProfile({ addresses: a.slice(0, 1) })
    await registry.setProfile({ addresses: [...a].reverse() })
    await scene.mesh.pass(20 * SECOND_MS)
    expect(cleo.store.commits).toBe(commits)
  })

  it('leave no timer once the registry is closed', async () => {
    const { scene } = await house()
    const registry = scene.registry('cleo')
    const { timers } = scene.mesh.clock
    await registry.setProfile({ addresses: a })
    await registry.setProfile({ addresses: a.slice(0, 1) })
    expect(scene.mesh.clock.timers).toBe(timers + 1)
    registry.close()
    expect(scene.mesh.clock.timers).toBe(timers)
  })
})

describe('receipts', () => {
  it('say who has applied a revocation, and when', async () => {
    const { scene, ana, cleo } = await house()
    await scene.registry('cleo').recordReceipt('r1')
    await scene.registry('cleo').recordReceipt('r1')
    await scene.registry('ana').recordReceipt('r1')
    await scene.mesh.settle()
    expect([...scene.registry('bob').receipts('r1').keys()].sort()).toEqual(
      [ana.id, cleo.id].sort(),
    )
    expect(cleo.replica.head({ author: cleo.id, document: 'device' })?.seq).toBe(2)
  })

  it('are kept for the newest 64', async () => {
    const { scene, cleo } = await house()
    for (let n = 0; n < 70; n += 1) {
      scene.mesh.clock.advance(1)
      await scene.registry('cleo').recordReceipt(`r${n}`)
    }
    const { receipts } = scene.registry('cleo').get(cleo.id) ?? { receipts: new Map() }
    expect(new Set(receipts.keys())).toEqual(
      new Set(Array.from({ length: 64 }, (_, n) => `r${n + 6}`)),
    )
  })
})
