import { describe, expect, it } from 'vitest'
import { NO_HASH } from '../../../src/replica/envelope.ts'
import { ForeignAuthor } from '../../support/foreign-author.ts'
import { type MeshDevice, ReplicaMesh } from '../../support/replica-mesh.ts'
import { MemoryStore } from '../../support/memory-store.ts'

const MINUTE_MS = 60_000

async function pair(): Promise<{ mesh: ReplicaMesh; ana: MeshDevice; bob: MeshDevice }> {
  const mesh = new ReplicaMesh()
  const ana = await mesh.add('ana', 'owner')
  const bob = await mesh.add('bob')
  mesh.link('ana', 'bob')
  await mesh.settle()
  return { mesh, ana, bob }
}

async function set(device: MeshDevice, n: number, document = 'device'): Promise<void> {
  await device.replica.write(document, (root) => root.set('n', n))
}

function incarnationOf(
  device: MeshDevice,
  author: MeshDevice,
  document = 'device',
): number | undefined {
  return device.replica.head({ author: author.id, document })?.incarnation
}

describe('incarnations', () => {
  it('stay the same over restarts', async () => {
    const { mesh, ana } = await pair()
    await set(ana, 1)
    const first = incarnationOf(ana, ana)
    const again = await mesh.restart('ana')
    await set(again, 2)
    expect(incarnationOf(again, ana)).toBe(first)
  })

  it('change when the store was lost, and peers follow', async () => {
    const { mesh, ana, bob } = await pair()
    await set(ana, 1)
    await mesh.settle()
    const first = incarnationOf(bob, ana) ?? 0
    await mesh.pass(MINUTE_MS)
    const reborn = await mesh.restart('ana', new MemoryStore())
    await set(reborn, 2)
    await mesh.pass(2 * MINUTE_MS)
    expect(incarnationOf(bob, ana)).toBeGreaterThan(first)
    expect(bob.replica.read(ana.id, 'device')).toEqual({ n: 2 })
    expect(bob.replica.forks()).toEqual([])
  })

  it('bring back from peers what a lost store held, and carry it on', async () => {
    const { mesh, ana, bob } = await pair()
    await ana.replica.write('annotations.0', (root) => root.set('kept', true))
    await mesh.settle()
    await mesh.pass(MINUTE_MS)
    const reborn = await mesh.restart('ana', new MemoryStore())
    await mesh.settle()
    expect(reborn.replica.read(ana.id, 'annotations.0')).toEqual({ kept: true })
    await set(reborn, 3, 'annotations.0')
    await mesh.settle()
    expect(bob.replica.read(ana.id, 'annotations.0')).toEqual({ kept: true, n: 3 })
    expect(bob.replica.forks()).toEqual([])
  })

  it('go on without a fork when a restored backup hears from a peer before it writes', async () => {
    const { mesh, ana, bob } = await pair()
    await set(ana, 1)
    const backup = ana.store.copy()
    await set(ana, 2)
    await mesh.settle()
    const restored = await mesh.restart('ana', backup)
    await mesh.settle()
    await set(restored, 3)
    await mesh.settle()
    expect(bob.replica.read(ana.id, 'device')).toEqual({ n: 3 })
    expect(bob.replica.forks()).toEqual([])
  })

  it('change by themselves when a restored backup wrote before it heard from anybody', async () => {
    const { mesh, ana, bob } = await pair()
    await set(ana, 1)
    const backup = ana.store.copy()
    await set(ana, 2)
    await mesh.settle()
    mesh.unlink('ana', 'bob')
    const restored = await mesh.restart('ana', backup)
    await set(restored, 30)
    mesh.link('ana', 'bob')
    await mesh.pass(2 * MINUTE_MS)
    expect(bob.replica.forks()).toHaveLength(1)
    expect(bob.replica.read(ana.id, 'device')).toEqual({ n: 30 })
    await set(restored, 31)
    await mesh.settle()
    expect(bob.replica.read(ana.id, 'device')).toEqual({ n: 31 })
  })

  it('change when a restored backup wrote less than it had forgotten', async () => {
    const { mesh, ana, bob } = await pair()
    await set(ana, 1)
    const backup = ana.store.copy()
    for (let n = 2; n < 40; n += 1) await set(ana, n)
    await mesh.settle()
    mesh.unlink('ana', 'bob')
    const restored = await mesh.restart('ana', backup)
    await set(restored, 300)
    mesh.link('ana', 'bob')
    await mesh.pass(3 * MINUTE_MS)
    expect(bob.replica.read(ana.id, 'device')).toEqual({ n: 300 })
    expect(restored.replica.read(ana.id, 'device')).toEqual({ n: 300 })
  })

  it('do not change for ever when two machines write with one key', async () => {
    const { mesh, ana, bob } = await pair()
    await set(ana, 1)
    const clone = new ReplicaMesh(2)
    const twin = await clone.add('ana', 'owner', ana.store.copy())
    const exchange = async (): Promise<void> => {
      for (const [from, to] of [
        [twin, bob],
        [ana, twin],
      ] as const) {
        const { envelopes } = await from.replica.range({ author: ana.id, document: 'device' }, 0, {
          envelopes: 100,
          bytes: 1e6,
        })
        await to.replica.ingest(envelopes, { from: bob.id, isSolicited: true })
        for (const { first, second } of bob.replica.forks())
          await to.replica.ingestFork(first, second, bob.id)
      }
      await mesh.pass(2 * MINUTE_MS)
    }
    let failures = 0
    for (let n = 0; n < 12; n += 1) {
      await set(ana, n).catch(() => (failures += 1))
      await set(twin, -n).catch(() => (failures += 1))
      await exchange()
    }
    const seconds = Math.floor(mesh.clock.now() / 1_000)
    expect(incarnationOf(bob, ana)).toBeLessThanOrEqual(seconds + 10)
    expect(bob.replica.forks().length).toBeLessThanOrEqual(1)
  })
})

describe('a rival with our key', () => {
  it('is told of after four new incarnations in an hour, and writing goes on after it', async () => {
    const mesh = new ReplicaMesh()
    const ana = await mesh.add('ana')
    const bob = await mesh.add('bob')
    await set(ana, 0)
    const rival = new ForeignAuthor(ana.key)
    for (let n = 1; n <= 5; n += 1) {
      rival.incarnation = (incarnationOf(ana, ana) ?? 0) + 1
      rival.seq = 0
      rival.prev = NO_HASH
      rival.clock = 0
      await ana.replica.ingest([rival.next(n).bytes], { from: bob.id, isSolicited: true })
    }
    await expect(set(ana, 7)).rejects.toMatchObject({ code: 'KEY_IN_USE_ELSEWHERE' })
    await mesh.pass(61 * MINUTE_MS)
    await set(ana, 8)
    expect(ana.replica.read(ana.id, 'device')).toEqual({ n: 8 })
  })
})

describe('forks in the mesh', () => {
  it('reach devices that saw only one of the two envelopes', async () => {
    const { mesh, ana } = await pair()
    const cleo = await mesh.add('cleo')
    const backup = ana.store.copy()
    mesh.link('ana', 'cleo')
    mesh.unlink('ana', 'bob')
    await set(ana, 1)
    await mesh.settle()
    mesh.unlink('ana', 'cleo')
    const first = incarnationOf(cleo, ana)
    mesh.clock.wallOffsetMs -= mesh.clock.monotonic() // same second: the restored one picks the same incarnation
    const restored = await mesh.restart('ana', backup)
    await set(restored, 2)
    expect(incarnationOf(restored, ana)).toBe(first)
    mesh.link('ana', 'bob')
    await mesh.settle()
    mesh.unlink('ana', 'bob')
    mesh.link('bob', 'cleo')
    await mesh.pass(2 * MINUTE_MS)
    const [atBob, atCleo] = [mesh.device('bob').replica.forks(), cleo.replica.forks()]
    expect(atBob).toHaveLength(1)
    expect(atCleo).toHaveLength(1)
    expect(cleo.replica.read(ana.id, 'device')).toEqual(
      mesh.device('bob').replica.read(ana.id, 'device'),
    )
    mesh.link('ana', 'cleo')
    await mesh.pass(2 * MINUTE_MS)
    expect(cleo.replica.read(ana.id, 'device')).toEqual({ n: 2 })
    expect(mesh.device('bob').replica.read(ana.id, 'device')).toEqual({ n: 2 })
  })
})
