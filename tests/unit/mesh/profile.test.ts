import { describe, expect, it } from 'vitest'
import { Profile } from '../../../node/mesh/profile.ts'
import { RegistryScene } from '../../support/registry-scene.ts'

/** ana's profile over a real registry. */
async function ana(options: { readonly name?: string } = {}) {
  const scene = new RegistryScene()
  const { id } = await scene.add('ana', 'owner')
  const registry = scene.registry('ana')
  const state = { addresses: ['/ip4/192.168.1.9/tcp/1'], isMember: true }
  const failures: unknown[] = []
  const profile = new Profile({
    self: id,
    registry,
    clock: scene.mesh.clock,
    addresses: () => state.addresses,
    name: options.name ?? 'ana-laptop',
    kind: 'laptop',
    version: '0.1.0',
    isMember: () => state.isMember,
    onFailure: (err) => failures.push(err),
  })
  return { scene, registry, profile, state, failures, own: () => registry.get(id) }
}

describe('what a device says about itself', () => {
  it('is there once it has started', async () => {
    const { profile, own } = await ana()
    await profile.start()
    expect(own()).toMatchObject({
      ownName: 'ana-laptop',
      kind: 'laptop',
      version: '0.1.0',
      platform: `${process.platform}/${process.arch}`,
      addresses: ['/ip4/192.168.1.9/tcp/1'],
    })
    expect(own()?.hardware?.cores).toBeGreaterThan(0)
    profile.stop()
  })

  it('keeps the name that it was given later: the setting is only the first one', async () => {
    const { profile, registry, own } = await ana()
    await registry.setProfile({ ownName: 'renamed' })
    await profile.start()
    expect(own()?.ownName).toBe('renamed')
    profile.stop()
  })

  it('is not written while it takes itself for no member, and made up for afterwards', async () => {
    const { profile, state, own } = await ana()
    state.isMember = false
    await profile.start()
    expect(own()?.version ?? '').toBe('')
    state.isMember = true
    await profile.refresh()
    expect(own()?.version).toBe('0.1.0')
    profile.stop()
  })

  it('is not written any more once it has stopped, and no timer is left', async () => {
    const { profile, state, own, scene } = await ana()
    const timers = scene.mesh.clock.timers
    await profile.start()
    await profile.start()
    expect(scene.mesh.clock.timers).toBeGreaterThanOrEqual(timers + 1)
    profile.stop()
    profile.stop()
    state.addresses = ['/ip4/10.0.0.1/tcp/1']
    await profile.refresh()
    expect(own()?.addresses).toEqual(['/ip4/192.168.1.9/tcp/1'])
  })
})
