import { describe, expect, it } from 'vitest'
import { can, PERMISSIONS, type Permission } from '../../../src/trust/permission.ts'
import { DAY_MS, idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

function household() {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  scene.admit('bob', 'cleo', 'operator')
  scene.admit('bob', 'dan', 'member')
  scene.admit('bob', 'eve', 'guest')
  return scene
}

describe('a permission', () => {
  it.each([
    ['device:view', ['ana', 'bob', 'cleo', 'dan', 'eve']],
    ['service:use', ['ana', 'bob', 'cleo', 'dan']],
    ['action:run', ['ana', 'bob', 'cleo']],
    ['device:annotate', ['ana', 'bob']],
    ['device:admit', ['ana', 'bob']],
    ['device:revoke', ['ana', 'bob']],
    ['invite:create', ['ana', 'bob']],
    ['owner:act', ['ana']],
  ] as const)('%s is for %s', (permission, names) => {
    const state = household().state()
    const allowed = ['ana', 'bob', 'cleo', 'dan', 'eve', 'mallory'].filter((name) =>
      can(state, idOf(name), permission, SCENE_MS),
    )
    expect(allowed).toEqual(names)
  })

  it('is kept by every higher role', () => {
    const order = ['guest', 'member', 'operator', 'admin', 'owner'] as const
    for (const [at, role] of order.entries()) {
      for (const higher of order.slice(at))
        expect([...PERMISSIONS[role]].filter((p) => !PERMISSIONS[higher].has(p))).toEqual([])
    }
  })

  it('ends with the admission', () => {
    const state = household().state()
    expect(can(state, idOf('dan'), 'device:view', SCENE_MS + 90 * DAY_MS - 1)).toBe(true)
    expect(can(state, idOf('dan'), 'device:view', SCENE_MS + 90 * DAY_MS)).toBe(false)
    expect(can(state, idOf('ana'), 'device:view', SCENE_MS + 9_000 * DAY_MS)).toBe(true)
  })

  it.each([
    ['revoked', (scene: TrustScene) => scene.revoke('bob', 'dan')],
    ['gone', (scene: TrustScene) => scene.leave('dan')],
  ])('is not for a device that is %s', (_, remove) => {
    const scene = household()
    remove(scene)
    const every: Permission[] = [...PERMISSIONS.owner]
    expect(
      every.filter((permission) => can(scene.state(), idOf('dan'), permission, SCENE_MS)),
    ).toEqual([])
  })

  it('is not for a device in review', () => {
    const scene = household()
    const invite = scene.invite('bob', 'party', 'member')
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.admit('ana', 'finn', 'member', {
      invite,
      sees,
      prev: scene.records.find((r) => r.author === idOf('ana'))!,
    })
    expect(scene.state().reviews.has(idOf('finn'))).toBe(true)
    expect(can(scene.state(), idOf('finn'), 'device:view', SCENE_MS)).toBe(false)
  })
})
