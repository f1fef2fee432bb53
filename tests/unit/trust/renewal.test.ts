import { describe, expect, it } from 'vitest'
import { renewalsDue } from '../../../src/trust/renewal.ts'
import { DAY_MS, idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

function household() {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin', { timeMs: SCENE_MS })
  scene.admit('ana', 'cleo', 'member', { timeMs: SCENE_MS })
  scene.admit('ana', 'dan', 'member', { timeMs: SCENE_MS + 10 * DAY_MS })
  scene.admit('ana', 'eve', 'guest', { timeMs: SCENE_MS })
  return scene.state()
}
const everybody = ['ana', 'bob', 'cleo', 'dan', 'eve', 'mallory'].map(idOf)
const due = (self: string, seen: readonly string[], day: number) =>
  renewalsDue(household(), idOf(self), seen, SCENE_MS + day * DAY_MS)

describe('renewals', () => {
  it('are due when less than a third of the time is left', () => {
    expect(due('ana', everybody, 60)).toEqual([])
    expect(due('ana', everybody, 60.1)).toContain(idOf('cleo'))
  })

  it('take along those that would be due soon', () => {
    expect(due('ana', everybody, 60.1)).toEqual([idOf('bob'), idOf('cleo'), idOf('dan')].sort())
  })

  it('are for devices that were seen', () => {
    expect(due('ana', [idOf('cleo')], 61)).toEqual([idOf('cleo')])
    expect(due('ana', [], 61)).toEqual([])
  })

  it('leave out guests, owners and strangers', () => {
    for (const name of ['ana', 'eve', 'mallory'])
      expect(due('ana', everybody, 61)).not.toContain(idOf(name))
  })

  it('leave out a device whose admission has ended: that takes a person', () => {
    expect(due('ana', everybody, 91)).toEqual([idOf('dan')])
  })

  it('are an admin’s business, who keeps itself in the network', () => {
    expect(due('bob', [], 61)).toEqual([idOf('bob')])
    expect(due('cleo', everybody, 61)).toEqual([])
    expect(due('bob', everybody, 90)).toEqual([])
  })

  it('are taken by the log as they are', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'admin', { timeMs: SCENE_MS })
    const nowMs = SCENE_MS + 61 * DAY_MS
    const devices = renewalsDue(scene.state(), idOf('ana'), [idOf('bob')], nowMs)
    scene.act('ana', { kind: 'renew', devices, until: nowMs + 90 * DAY_MS }, { timeMs: nowMs })
    expect(scene.refusal()).toBeUndefined()
    expect(renewalsDue(scene.state(), idOf('ana'), [idOf('bob')], nowMs)).toEqual([])
  })
})
