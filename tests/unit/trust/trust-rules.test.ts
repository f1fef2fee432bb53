import { describe, expect, it } from 'vitest'
import { DAY_MS, idOf, membersOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

/** ana owner, bob admin, cleo operator, dan member, eve guest. */
function household(): TrustScene {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  scene.admit('bob', 'cleo', 'operator')
  scene.admit('bob', 'dan', 'member')
  scene.admit('bob', 'eve', 'guest')
  return scene
}

describe('the founder', () => {
  it('is the only owner of a new network', () => {
    expect(membersOf(new TrustScene('ana').state())).toBe('ana owner')
  })

  it('has an admission without an end', () => {
    expect(new TrustScene('ana').state().members.get(idOf('ana'))).toMatchObject({
      until: null,
      admittedBy: idOf('ana'),
    })
  })
})

describe('admission', () => {
  it('makes a member with role, name and end', () => {
    const scene = household()
    expect(membersOf(scene.state())).toBe(
      'ana owner, bob admin, cleo operator, dan member, eve guest',
    )
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({
      admittedBy: idOf('bob'),
      until: SCENE_MS + 90 * DAY_MS,
      invite: null,
    })
  })

  it.each(['operator', 'member', 'guest'] as const)(
    'below admin is an admin’s to give (%s)',
    (role) => {
      const scene = household()
      scene.admit('bob', 'finn', role)
      expect(scene.refusal()).toBeUndefined()
    },
  )

  it.each(['owner', 'admin'] as const)('as %s is an owner’s alone to give', (role) => {
    const scene = household()
    const byAdmin = scene.admit('bob', 'finn', role)
    const byOwner = scene.admit('ana', 'finn', role, {
      sees: byAdmin.heads.map((id) => scene.records.find((r) => r.id === id)!),
    })
    expect(scene.refusal(byAdmin)).toBe('NOT_PERMITTED')
    expect(scene.refusal(byOwner)).toBeUndefined()
  })

  it.each(['cleo', 'dan', 'eve', 'mallory'])('is not for %s to give', (author) => {
    const scene = household()
    scene.admit(author, 'finn', 'guest')
    expect(scene.refusal()).toBe(author === 'mallory' ? 'NOT_MEMBER' : 'NOT_PERMITTED')
    expect(scene.state().members.has(idOf('finn'))).toBe(false)
  })

  it('of a member is refused', () => {
    const scene = household()
    scene.admit('bob', 'dan', 'operator')
    expect(scene.refusal()).toBe('ALREADY_MEMBER')
  })

  it('that has ended can be given again', () => {
    const scene = household()
    scene.admit('bob', 'dan', 'member', { timeMs: SCENE_MS + 91 * DAY_MS })
    expect(scene.refusal()).toBe('EXPIRED') // bob's own has ended too
    scene.admit('ana', 'dan', 'operator', {
      timeMs: SCENE_MS + 91 * DAY_MS,
      sees: [scene.records.at(-2)!],
    })
    expect(scene.refusal()).toBeUndefined()
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({
      role: 'operator',
      until: SCENE_MS + 181 * DAY_MS,
    })
  })

  it.each([
    ['in the past', SCENE_MS - 1],
    ['more than 100 days ahead', SCENE_MS + 101 * DAY_MS],
    ['at the end of time', 4_102_444_800_000],
  ])('with an end %s is refused', (_, until) => {
    const scene = household()
    scene.act(
      'ana',
      { kind: 'admit', device: idOf('finn'), role: 'member', until, name: 'finn' },
      { timeMs: SCENE_MS },
    )
    expect(scene.refusal()).toBe('BAD_OPERATION')
  })

  it('of a guest may last a year', () => {
    const scene = household()
    const until = SCENE_MS + 365 * DAY_MS
    scene.act(
      'ana',
      { kind: 'admit', device: idOf('finn'), role: 'guest', until, name: 'finn' },
      { timeMs: SCENE_MS },
    )
    expect(scene.state().members.get(idOf('finn'))).toMatchObject({ role: 'guest', until })
  })

  it('of the network’s own key is refused: it would be a second founder', () => {
    const scene = household()
    scene.admit('ana', 'network', 'owner')
    expect(scene.refusal()).toBe('BAD_OPERATION')
  })
})

describe('an admin whose admission has ended', () => {
  it('can do nothing', () => {
    const scene = household()
    scene.admit('bob', 'finn', 'guest', { timeMs: SCENE_MS + 90 * DAY_MS })
    expect(scene.refusal()).toBe('EXPIRED')
  })

  it('can still leave', () => {
    const scene = household()
    scene.leave('bob', { timeMs: SCENE_MS + 90 * DAY_MS })
    expect(scene.refusal()).toBeUndefined()
  })
})

describe('revocation', () => {
  it('removes the device, and says who, when and why', () => {
    const scene = household()
    const record = scene.revoke('bob', 'dan')
    const state = scene.state()
    expect(state.members.has(idOf('dan'))).toBe(false)
    expect(state.revocations.get(idOf('dan'))).toEqual({
      device: idOf('dan'),
      recordId: record.id,
      by: idOf('bob'),
      at: record.timeMs,
      reason: 'lost',
      name: 'dan',
    })
  })

  it.each([
    ['bob', 'ana', 'NOT_PERMITTED'],
    ['cleo', 'eve', 'NOT_PERMITTED'],
    ['dan', 'dan', 'NOT_PERMITTED'],
    ['bob', 'mallory', 'UNKNOWN_DEVICE'],
    ['ana', 'ana', 'BAD_OPERATION'],
  ])('by %s of %s is refused', (author, subject, code) => {
    const scene = household()
    scene.revoke(author, subject)
    expect(scene.refusal()).toBe(code)
  })

  it('of an admin takes an owner', () => {
    const scene = household()
    scene.admit('ana', 'finn', 'admin')
    scene.revoke('finn', 'bob')
    expect(scene.refusal()).toBe('NOT_PERMITTED')
    scene.revoke('ana', 'bob', { sees: [scene.records.at(-2)!] })
    expect(scene.refusal()).toBeUndefined()
  })

  it('ends what the device may do from then on', () => {
    const scene = household()
    scene.revoke('ana', 'bob')
    scene.admit('bob', 'finn', 'guest')
    expect(scene.refusal()).toBe('NOT_MEMBER')
  })

  it('leaves what the device did before', () => {
    const scene = household()
    scene.revoke('ana', 'bob')
    expect(membersOf(scene.state())).toBe('ana owner, cleo operator, dan member, eve guest')
  })

  it('is pardoned by an owner only', () => {
    const scene = household()
    const revocation = scene.revoke('bob', 'dan')
    scene.admit('bob', 'dan', 'guest')
    expect(scene.refusal()).toBe('NOT_PERMITTED')
    scene.admit('ana', 'dan', 'guest', { sees: [revocation] })
    expect(scene.refusal()).toBeUndefined()
    expect(scene.state().revocations.size).toBe(0)
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({ role: 'guest' })
  })

  it('twice is refused', () => {
    const scene = household()
    scene.revoke('bob', 'dan')
    scene.revoke('ana', 'dan')
    expect(scene.refusal()).toBe('REVOKED')
  })
})

describe('leaving', () => {
  it.each(['bob', 'cleo', 'dan', 'eve'])('is up to each device (%s)', (device) => {
    const scene = household()
    scene.leave(device)
    expect(scene.refusal()).toBeUndefined()
    expect(scene.state().left.get(idOf(device))).toMatchObject({ name: device })
    expect(scene.state().members.has(idOf(device))).toBe(false)
  })

  it('is not for the last owner', () => {
    const scene = household()
    scene.leave('ana')
    expect(scene.refusal()).toBe('LAST_OWNER')
  })

  it('is for an owner who leaves another one behind', () => {
    const scene = household()
    scene.admit('ana', 'finn', 'owner')
    scene.leave('ana')
    expect(membersOf(scene.state())).toBe(
      'bob admin, cleo operator, dan member, eve guest, finn owner',
    )
  })

  it('is ended by any admin', () => {
    const scene = household()
    scene.leave('dan')
    scene.admit('bob', 'dan', 'guest')
    expect(scene.state().left.size).toBe(0)
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({ role: 'guest' })
  })
})

describe('a role', () => {
  it.each([
    ['ana', 'dan', 'owner', undefined],
    ['ana', 'bob', 'member', undefined],
    ['bob', 'dan', 'operator', undefined],
    ['bob', 'dan', 'admin', 'NOT_PERMITTED'],
    ['bob', 'bob', 'member', 'NOT_PERMITTED'],
    ['bob', 'ana', 'member', 'NOT_PERMITTED'],
    ['cleo', 'eve', 'member', 'NOT_PERMITTED'],
    ['ana', 'ana', 'admin', 'LAST_OWNER'],
    ['ana', 'mallory', 'member', 'UNKNOWN_DEVICE'],
  ] as const)('set by %s for %s to %s: %s', (author, subject, role, refusal) => {
    const scene = household()
    scene.role(author, subject, role)
    expect(scene.refusal()).toBe(refusal)
    if (refusal === undefined) expect(scene.state().members.get(idOf(subject))?.role).toBe(role)
  })

  it('of a guest needs an end date', () => {
    const scene = household()
    scene.act('bob', { kind: 'role', device: idOf('dan'), role: 'guest' })
    expect(scene.refusal()).toBe('BAD_OPERATION')
  })

  it('of a former owner has an end again', () => {
    const scene = household()
    scene.admit('ana', 'finn', 'owner')
    scene.role('finn', 'ana', 'admin', { timeMs: SCENE_MS })
    expect(scene.state().members.get(idOf('ana'))).toMatchObject({
      role: 'admin',
      until: SCENE_MS + 90 * DAY_MS,
    })
  })

  it('of a guest who became a member is no longer bound to the guest’s end', () => {
    const scene = household()
    scene.role('bob', 'eve', 'member', { timeMs: SCENE_MS + DAY_MS })
    expect(scene.state().members.get(idOf('eve'))).toMatchObject({ until: SCENE_MS + 91 * DAY_MS })
  })

  it('set twice at the same time is the lower one', () => {
    const scene = household()
    const before = scene.heads()
    scene.role('ana', 'dan', 'admin', { sees: before })
    scene.role('bob', 'dan', 'guest', { sees: before, timeMs: SCENE_MS })
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({
      role: 'guest',
      until: SCENE_MS + DAY_MS,
    })
  })

  it('set after seeing both is the new one', () => {
    const scene = household()
    const before = scene.heads()
    scene.role('ana', 'dan', 'admin', { sees: before })
    scene.role('bob', 'dan', 'guest', { sees: before })
    scene.role('ana', 'dan', 'operator')
    expect(scene.state().members.get(idOf('dan'))?.role).toBe('operator')
  })
})

describe('renewal', () => {
  const renewal = (devices: readonly string[], until: number) =>
    ({ kind: 'renew', devices: devices.map(idOf), until }) as const

  it('moves the end of those it names', () => {
    const scene = household()
    scene.act('bob', renewal(['cleo', 'dan'], SCENE_MS + 99 * DAY_MS), {
      timeMs: SCENE_MS + 60 * DAY_MS,
    })
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({ until: SCENE_MS + 99 * DAY_MS })
    expect(scene.state().members.get(idOf('cleo'))).toMatchObject({ until: SCENE_MS + 99 * DAY_MS })
  })

  it('never shortens an admission', () => {
    const scene = household()
    scene.act('bob', renewal(['dan'], SCENE_MS + DAY_MS), { timeMs: SCENE_MS })
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({ until: SCENE_MS + 90 * DAY_MS })
  })

  it('does not touch guests, owners and strangers', () => {
    const scene = household()
    const before = scene.state()
    scene.act('bob', renewal(['ana', 'eve', 'mallory'], SCENE_MS + 100 * DAY_MS), {
      timeMs: SCENE_MS,
    })
    expect(scene.refusal()).toBeUndefined()
    expect(scene.state().members).toEqual(before.members)
  })

  it('of a revoked device does not bring it back', () => {
    const scene = household()
    const before = scene.heads()
    scene.revoke('ana', 'dan', { sees: before })
    scene.act('bob', renewal(['dan'], SCENE_MS + 100 * DAY_MS), { sees: before, timeMs: SCENE_MS })
    expect(scene.state().members.has(idOf('dan'))).toBe(false)
  })

  it('reaches at most 100 days ahead', () => {
    const scene = household()
    scene.act('bob', renewal(['dan'], SCENE_MS + 100 * DAY_MS + 1), { timeMs: SCENE_MS })
    expect(scene.refusal()).toBe('BAD_OPERATION')
  })

  it('is not for operators and below', () => {
    const scene = household()
    scene.act('cleo', renewal(['cleo'], SCENE_MS + 91 * DAY_MS), { timeMs: SCENE_MS })
    expect(scene.refusal()).toBe('NOT_PERMITTED')
  })
})

describe('names and group keys', () => {
  it('follow the newest rename', () => {
    const scene = household()
    scene.act('bob', { kind: 'rename', name: 'castle' })
    expect(scene.state().name).toBe('castle')
  })

  it('of concurrent renames take the same one everywhere', () => {
    const scene = household()
    const before = scene.heads()
    scene.act('ana', { kind: 'rename', name: 'castle' }, { sees: before })
    scene.act('bob', { kind: 'rename', name: 'fort' }, { sees: before })
    expect(scene.state(scene.records.toReversed()).name).toBe(scene.state().name)
  })

  it('list epochs oldest first, whatever their authors’ clocks say, and keep sixteen', () => {
    const scene = household()
    for (let n = 1; n <= 20; n++) {
      const commitment = new Uint8Array(32).fill(n)
      scene.act('bob', { kind: 'rekey', commitment }, { timeMs: SCENE_MS - n * 1_000 })
    }
    expect(scene.state().epochs.map(({ commitment }) => commitment[0])).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    ])
  })
})

describe('an author’s chain', () => {
  it('is refused when it skips', () => {
    const scene = household()
    const skipped = scene.act('ana', { kind: 'rename', name: 'one' })
    scene.act('bob', { kind: 'rename', name: 'two' }, { prev: skipped })
    expect(scene.refusal()).toBe('BAD_CHAIN')
  })

  it('that forks is shown, and both halves count', () => {
    const scene = household()
    const before = scene.heads()
    const first = scene.admit('ana', 'finn', 'member', { sees: before, prev: scene.records[1]! })
    const second = scene.admit('ana', 'gina', 'member', { sees: before, prev: scene.records[1]! })
    expect(scene.state().forks).toEqual([
      { author: idOf('ana'), seq: 2, records: [first.id, second.id].sort() },
    ])
    expect(membersOf(scene.state())).toContain('finn member, gina member')
  })
})

describe('a second beginning', () => {
  it('is refused, although the network’s key signed it', () => {
    const scene = household()
    scene.act(
      'network',
      { kind: 'genesis', name: 'mine', owner: idOf('mallory'), ownerName: 'mallory' },
      { sees: [], prev: null },
    )
    expect(scene.refusal()).toBe('SECOND_GENESIS')
  })

  it('signed by somebody else is no beginning', () => {
    const scene = new TrustScene('ana')
    const fake = scene.act(
      'ana',
      { kind: 'genesis', name: 'mine', owner: idOf('ana'), ownerName: 'ana' },
      { sees: [], prev: null },
    )
    expect(scene.state([fake]).members.size).toBe(0)
  })

  it('cannot be written by the network’s key later on', () => {
    const scene = household()
    scene.admit('network', 'mallory', 'owner', { prev: scene.genesis })
    expect(scene.refusal()).toBe('NOT_MEMBER')
  })
})
