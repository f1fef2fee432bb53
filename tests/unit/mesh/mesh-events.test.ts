import { describe, expect, it } from 'vitest'
import { EventLog } from '../../../node/api/event-log.ts'
import { meshEvents } from '../../../node/mesh/mesh-events.ts'
import { emptyState, type TrustState } from '../../../src/trust/trust-state.ts'
import { LogSpy } from '../../support/log-spy.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { idOf, TrustScene } from '../../support/trust-scene.ts'

const NAMES = ['ana', 'bob', 'cleo', 'dan']
const nameOf = (id: string) => NAMES.find((name) => idOf(name) === id) ?? 'somebody'

/** What bob's node makes of what happens in its network. */
function bobs() {
  const events = new EventLog(new ManualClock())
  const log = new LogSpy()
  let removals = 0
  const listener = meshEvents({
    network: 'bhome',
    self: idOf('bob'),
    events,
    log,
    nameOf,
    onRemoved: () => (removals += 1),
  })
  return {
    listener,
    lines: () => log.entries.map(({ message }) => message),
    removals: () => removals,
    told: () => (events.after(0) ?? []).map(({ type, text }) => `${type}: ${text}`),
  }
}

/** What is told of the step from one state of the trust log to the next. */
function toldOf(before: TrustState, after: TrustState) {
  const bob = bobs()
  bob.listener.trustChanged({ before, after, records: [], origin: undefined })
  return { told: bob.told(), removals: bob.removals() }
}

/** ana owner, bob admin; then what `act` does. */
function step(act: (scene: TrustScene) => void) {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  const before = scene.state()
  act(scene)
  return toldOf(before, scene.state())
}

describe('a change of the trust log', () => {
  it.each<[string, (scene: TrustScene) => void, string[]]>([
    [
      'an admission',
      (s) => s.admit('ana', 'cleo', 'member'),
      ['device:admitted: cleo joined as member'],
    ],
    ['a new role', (s) => s.role('ana', 'bob', 'operator'), ['device:role: bob is operator now']],
    [
      'a new name',
      (s) => s.act('ana', { kind: 'rename', name: 'house' }),
      ['network:renamed: The network is called house now'],
    ],
    ['nothing that concerns people', (s) => s.invite('ana', 'x', 'member'), []],
  ])('is told: %s', (_, act, told) => {
    expect(step(act)).toEqual({ told, removals: 0 })
  })

  it('is told once: somebody left, somebody was removed', () => {
    const scene = new TrustScene('ana')
    for (const name of ['cleo', 'dan']) scene.admit('ana', name, 'member')
    const before = scene.state()
    scene.leave('cleo')
    scene.revoke('ana', 'dan')
    const after = scene.state()
    expect(toldOf(before, after).told).toEqual([
      'device:revoked: dan was removed by ana',
      'device:left: cleo left the network',
    ])
    expect(toldOf(after, after).told).toEqual([])
  })

  it('is told of whom two admins let in by one ticket: it waits for approval', () => {
    const { told } = step((scene) => {
      const invite = scene.invite('ana', 'one', 'member')
      const sees = scene.heads()
      scene.admit('ana', 'cleo', 'member', { invite, sees })
      scene.admit('bob', 'dan', 'member', { invite, sees })
    })
    expect(told.filter((line) => line.startsWith('join:requested'))).toHaveLength(1)
    expect(told.filter((line) => line.startsWith('device:admitted'))).toHaveLength(1)
  })

  it('is no renaming when the network’s first name becomes known', () => {
    const scene = new TrustScene('ana')
    const { told } = toldOf(emptyState(scene.networkId), scene.state())
    expect(told).toEqual(['device:admitted: ana joined as owner'])
  })

  it('ends the network here when it removes this device', () => {
    const { told, removals } = step((scene) => scene.revoke('ana', 'bob'))
    expect(removals).toBe(1)
    expect(told).toContain('network:removed: This device was removed from the network')
  })

  it('does not end it when this device leaves by itself', () => {
    expect(step((scene) => scene.leave('bob')).removals).toBe(0)
  })
})

describe('what happens in the mesh', () => {
  const change = (before: 'alive' | 'suspect', after: 'alive' | 'suspect' | 'failed') =>
    ({
      device: idOf('ana'),
      before: { state: before },
      after: { state: after, cause: 'silence' },
    }) as never

  it('is told when a device’s health changes, and not when only its reason does', () => {
    const bob = bobs()
    bob.listener.healthChanged(change('alive', 'suspect'))
    bob.listener.healthChanged(change('suspect', 'suspect'))
    bob.listener.healthChanged(change('suspect', 'failed'))
    expect(bob.told()).toEqual(['device:health: ana does not answer', 'device:health: ana is gone'])
  })

  it('is told with the words that both screens show when a device wants to join', () => {
    const bob = bobs()
    bob.listener.joinRequested({
      id: 'j',
      device: idOf('cleo'),
      name: 'cleo',
      words: ['red', 'fox'],
    } as never)
    expect(bob.told()).toEqual(['join:requested: cleo wants to join; both screens show red fox'])
  })

  it('is told when a peer takes this device for removed, and only logged when for a stranger', () => {
    const bob = bobs()
    bob.listener.refusedByPeer(idOf('ana'), 'stranger')
    expect(bob.told()).toEqual([])
    bob.listener.refusedByPeer(idOf('ana'), 'revoked')
    expect(bob.told()).toEqual([
      'gate:refused: ana says that this device was removed from the network',
    ])
    expect(bob.lines().filter((line) => line === 'refused by a peer')).toHaveLength(2)
  })

  it('is logged, but not for each of a thousand, when a member breaks a protocol', () => {
    const bob = bobs()
    for (let i = 0; i < 1_000; i++) bob.listener.offence(idOf('ana'), 'trust', 'MALFORMED', '')
    const logged = bob.lines().filter((line) => line === 'offence').length
    expect(logged).toBeGreaterThan(0)
    expect(logged).toBeLessThan(20)
    expect(bob.told()).toEqual([])
  })

  it.each([
    [90_000, 'The clock of this device is 90 s ahead of the admins'],
    [-3_600_000, 'The clock of this device is 3600 s behind the admins'],
  ])('is told when this device’s clock is off by %i ms', (errorMs, text) => {
    const bob = bobs()
    bob.listener.clockSkewed(errorMs)
    expect(bob.told()).toEqual([`clock:skewed: ${text}'`])
  })
})
