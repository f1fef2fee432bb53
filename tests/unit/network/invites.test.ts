import { describe, expect, it } from 'vitest'
import { inviteStatus } from '../../../src/trust/trust-state.ts'
import { DAY_MS, idOf, membersOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

/** ana owner, bob and cleo admins, and an invite by bob for one member. */
function party(uses = 1): { scene: TrustScene; invite: string } {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  scene.admit('ana', 'cleo', 'admin')
  return { scene, invite: scene.invite('bob', 'party', 'member', { uses }) }
}

describe('an invite', () => {
  it('is open until it is used', () => {
    const { scene, invite } = party()
    expect(scene.state().invites.get(invite)).toMatchObject({
      status: 'open',
      used: 0,
      by: idOf('bob'),
    })
    scene.admit('cleo', 'dan', 'member', { invite })
    expect(scene.state().invites.get(invite)).toMatchObject({ status: 'used', used: 1 })
    expect(scene.state().members.get(idOf('dan'))).toMatchObject({
      invite,
      admittedBy: idOf('cleo'),
    })
  })

  it('admits as many as it has uses', () => {
    const { scene, invite } = party(2)
    scene.admit('cleo', 'dan', 'member', { invite })
    scene.admit('bob', 'eve', 'member', { invite })
    expect(scene.refusal()).toBeUndefined()
    scene.admit('ana', 'finn', 'member', { invite })
    expect(scene.refusal()).toBe('INVITE_USED_UP')
  })

  it('stays used when the device that used it has left', () => {
    const { scene, invite } = party()
    scene.admit('cleo', 'dan', 'member', { invite })
    scene.leave('dan')
    scene.admit('cleo', 'eve', 'member', { invite })
    expect(scene.refusal()).toBe('INVITE_USED_UP')
  })

  it('admits to its role at most', () => {
    const { scene, invite } = party()
    scene.admit('ana', 'dan', 'operator', { invite })
    expect(scene.refusal()).toBe('INVITE_ROLE')
  })

  it('does not lend an admin the rank of the owner who made it', () => {
    const { scene } = party()
    const invite = scene.invite('ana', 'for an admin', 'admin')
    const before = scene.heads()
    scene.admit('bob', 'dan', 'admin', { invite, sees: before })
    expect(scene.refusal()).toBe('NOT_PERMITTED')
    scene.admit('ana', 'dan', 'admin', { invite, sees: before })
    expect(scene.refusal()).toBeUndefined()
  })

  it('for admins is not an admin’s to cancel or to use up', () => {
    const { scene } = party()
    const invite = scene.invite('ana', 'for an admin', 'admin')
    const sees = scene.heads()
    scene.act('bob', { kind: 'cancel', invite }, { sees })
    expect(scene.refusal()).toBe('NOT_PERMITTED')
    scene.admit('cleo', 'dan', 'member', { invite, sees })
    expect(scene.refusal()).toBe('NOT_PERMITTED')
  })

  it('for admins takes an owner to make', () => {
    const { scene } = party()
    scene.invite('bob', 'for an admin', 'admin')
    expect(scene.refusal()).toBe('NOT_PERMITTED')
  })

  it('ends at its time, by the admitting device’s clock', () => {
    const { scene, invite } = party()
    scene.admit('cleo', 'dan', 'member', { invite, timeMs: SCENE_MS + DAY_MS })
    expect(scene.refusal()).toBe('INVITE_EXPIRED')
    const state = scene.state()
    expect(inviteStatus(state.invites.get(invite)!, SCENE_MS)).toBe('open')
    expect(inviteStatus(state.invites.get(invite)!, SCENE_MS + DAY_MS)).toBe('expired')
  })

  it.each([
    ['has ended before it begins', SCENE_MS - 1, undefined],
    ['lasts longer than a month', SCENE_MS + 32 * DAY_MS, undefined],
    ['admits guests for more than a year', SCENE_MS + DAY_MS, SCENE_MS + 400 * DAY_MS],
  ])('is refused when it %s', (_, expiresAt, guestUntil) => {
    const { scene } = party()
    const id = 'ab'.repeat(32)
    const guests = guestUntil === undefined ? {} : { guestUntil }
    scene.act(
      'bob',
      { kind: 'invite', id, role: 'guest', expiresAt, uses: 1, approve: false, ...guests },
      { timeMs: SCENE_MS },
    )
    expect(scene.refusal()).toBe('BAD_OPERATION')
  })

  it('for guests bounds their stay', () => {
    const { scene } = party()
    const id = 'ab'.repeat(32)
    const guestUntil = SCENE_MS + 7 * DAY_MS
    scene.act(
      'bob',
      {
        kind: 'invite',
        id,
        role: 'guest',
        expiresAt: SCENE_MS + DAY_MS,
        uses: 2,
        approve: false,
        guestUntil,
      },
      { timeMs: SCENE_MS },
    )
    scene.act(
      'cleo',
      {
        kind: 'admit',
        device: idOf('dan'),
        role: 'guest',
        until: guestUntil + 1,
        name: 'dan',
        invite: id,
      },
      { timeMs: SCENE_MS },
    )
    expect(scene.refusal()).toBe('INVITE_ROLE')
  })

  it('can be cancelled by any admin', () => {
    const { scene, invite } = party()
    scene.act('cleo', { kind: 'cancel', invite })
    scene.admit('bob', 'dan', 'member', { invite })
    expect(scene.refusal()).toBe('INVITE_CANCELLED')
    expect(scene.state().invites.get(invite)?.status).toBe('cancelled')
  })

  it.each([
    ['removed', (scene: TrustScene) => scene.revoke('ana', 'bob')],
    ['demoted', (scene: TrustScene) => scene.role('ana', 'bob', 'operator')],
    ['gone', (scene: TrustScene) => scene.leave('bob')],
  ])('is closed when its author is %s', (_, remove) => {
    const { scene, invite } = party()
    remove(scene)
    expect(scene.state().invites.get(invite)?.status).toBe('closed')
    scene.admit('cleo', 'dan', 'member', { invite })
    expect(scene.refusal()).toBe('INVITE_CLOSED')
  })

  it('cannot be made again with the same key, to reopen it', () => {
    const { scene, invite } = party()
    scene.act(
      'cleo',
      {
        kind: 'invite',
        id: invite,
        role: 'member',
        expiresAt: SCENE_MS + DAY_MS,
        uses: 9,
        approve: false,
      },
      { timeMs: SCENE_MS },
    )
    expect(scene.refusal()).toBe('INVITE_EXISTS')
  })

  it('that nobody made admits nobody', () => {
    const { scene } = party()
    scene.admit('cleo', 'dan', 'member', { invite: 'cd'.repeat(32) })
    expect(scene.refusal()).toBe('INVITE_UNKNOWN')
  })
})

describe('a device that joined in one half of a partition', () => {
  it('waits for review when the invite had one use and the other half used it too', () => {
    const { scene, invite } = party()
    const sees = scene.heads()
    const one = scene.admit('bob', 'dan', 'member', { invite, sees })
    const two = scene.admit('cleo', 'eve', 'member', { invite, sees })
    const [winner, loser] = one.id < two.id ? ['dan', 'eve'] : ['eve', 'dan']
    const state = scene.state()
    expect(state.members.has(idOf(winner))).toBe(true)
    expect(state.members.has(idOf(loser))).toBe(false)
    expect(state.reviews.get(idOf(loser))).toMatchObject({
      reason: 'used',
      invite,
      role: 'member',
      name: loser,
    })
    expect(state.invites.get(invite)).toMatchObject({ status: 'used', used: 2 })
  })

  it('is a member when it used the invite in both halves', () => {
    const { scene, invite } = party()
    const sees = scene.heads()
    scene.admit('bob', 'dan', 'member', { invite, sees })
    scene.admit('cleo', 'dan', 'member', { invite, sees })
    expect(membersOf(scene.state())).toContain('dan member')
    expect(scene.state().reviews.size).toBe(0)
  })

  it('waits for review when the invite’s author was being removed', () => {
    const { scene, invite } = party()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.admit('cleo', 'dan', 'member', { invite, sees })
    expect(scene.state().reviews.get(idOf('dan'))).toMatchObject({
      reason: 'closed',
      admittedBy: idOf('cleo'),
    })
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin')
  })

  it('waits for review when the invite itself was written during the removal', () => {
    const { scene } = party()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    const invite = scene.invite('bob', 'late', 'member', { sees })
    scene.admit('cleo', 'dan', 'member', { invite, sees: [scene.last] })
    expect(scene.state().reviews.get(idOf('dan'))).toMatchObject({ reason: 'closed' })
  })

  it('waits for review when the invite was being cancelled', () => {
    const { scene, invite } = party()
    const sees = scene.heads()
    scene.act('ana', { kind: 'cancel', invite }, { sees })
    scene.admit('cleo', 'dan', 'member', { invite, sees })
    expect(scene.state().reviews.get(idOf('dan'))).toMatchObject({ reason: 'cancelled' })
  })

  it('is a member when the remover had seen it join', () => {
    const { scene, invite } = party()
    scene.admit('cleo', 'dan', 'member', { invite })
    scene.revoke('ana', 'bob')
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan member')
  })
})

describe('a device in review', () => {
  function review() {
    const { scene, invite } = party()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.admit('cleo', 'dan', 'member', { invite, sees })
    return { scene, invite }
  }

  it('can do nothing, not even leave', () => {
    const { scene } = review()
    scene.leave('dan')
    expect(scene.refusal()).toBe('NOT_MEMBER')
  })

  it('becomes a member when an admin admits it by hand', () => {
    const { scene } = review()
    scene.admit('cleo', 'dan', 'member')
    expect(scene.state().reviews.size).toBe(0)
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan member')
  })

  it('does not become one by the same invite', () => {
    const { scene, invite } = review()
    scene.admit('cleo', 'dan', 'member', { invite })
    expect(scene.refusal()).toBe('INVITE_CLOSED')
  })

  it('can be turned away for good', () => {
    const { scene } = review()
    scene.revoke('cleo', 'dan')
    expect(scene.state().reviews.size).toBe(0)
    expect(scene.state().revocations.has(idOf('dan'))).toBe(true)
  })

  it('loses what it did as a member', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'owner')
    const invite = scene.invite('bob', 'admins', 'admin')
    const sees = scene.heads()
    const joined = scene.admit('bob', 'dan', 'admin', { invite, sees })
    scene.act('dan', { kind: 'rename', name: 'mine' }, { sees: [joined] })
    scene.act('ana', { kind: 'cancel', invite }, { sees })
    expect(scene.state().name).toBe('home')
    expect(scene.state().reviews.get(idOf('dan'))).toMatchObject({ reason: 'cancelled' })
  })
})

describe('the last use of an invite', () => {
  it('is not lost to a backdated admission by a removed admin, whatever id that has', () => {
    for (let n = 0; n < 8; n++) {
      const { scene } = party()
      const invite = scene.invite('ana', 'one use', 'member')
      const sees = scene.heads()
      scene.admit('cleo', 'dan', 'member', { invite, sees })
      scene.revoke('ana', 'bob', { sees })
      scene.admit('bob', `sock ${n}`, 'member', { invite, sees })
      expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan member')
      expect(scene.state().reviews.size).toBe(0)
    }
  })

  it('with two uses goes to those who came first and not to the lower id', () => {
    for (let n = 0; n < 8; n++) {
      const { scene, invite } = party(2)
      const sees = scene.heads()
      const first = scene.admit('cleo', 'dan', 'member', { invite, sees })
      scene.admit('cleo', 'eve', 'member', { invite, sees: [first] })
      scene.admit('bob', `guest ${n}`, 'member', { invite, sees })
      const state = scene.state()
      expect([
        state.members.has(idOf('dan')),
        state.members.has(idOf('eve')),
        state.members.has(idOf(`guest ${n}`)),
      ]).toEqual([true, false, true])
    }
  })
})
