import { describe, expect, it } from 'vitest'
import { type JoinFacts, ruleOnJoin } from '../../../src/network/join-rules.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { DAY_MS, idOf, keyOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

const NOW_MS = SCENE_MS + 60_000

/** ana owner, bob admin, cleo member, and a ticket of bob's for one more member. */
function home(uses = 1) {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  scene.admit('ana', 'cleo', 'member')
  const invite = scene.invite('bob', 'ticket', 'member', { uses })
  const facts: JoinFacts = {
    network: scene.networkId,
    invite,
    joiner: idOf('dan'),
    name: 'dan',
    admitter: idOf('ana'),
    nowMs: NOW_MS,
  }
  return {
    scene,
    invite,
    facts,
    rule: (change: Partial<JoinFacts> = {}) => ruleOnJoin(scene.state(), { ...facts, ...change }),
  }
}

const refused = (reason: string) => expect.objectContaining({ kind: 'refused', reason })

describe('a device with a ticket', () => {
  it('is admissible by each admin, not only by the one who made the ticket', () => {
    const { rule, invite } = home()
    for (const name of ['ana', 'bob']) {
      const ruling = rule({ admitter: idOf(name) })
      expect(ruling).toMatchObject({ kind: 'admissible', isRepeat: false, invite: { id: invite } })
    }
  })

  it('is refused by a member who is no admin', () => {
    expect(home().rule({ admitter: idOf('cleo') })).toEqual(refused('not-an-admin'))
  })

  it('is refused by an admin whose own admission has ended', () => {
    const { rule } = home()
    const nowMs = SCENE_MS + 91 * DAY_MS
    expect(rule({ admitter: idOf('bob'), nowMs })).toEqual(refused('not-an-admin'))
  })

  it.each([
    ['no name', ''],
    ['one of 64 characters', 'x'.repeat(64)],
    ['one of 64 UTF-16 units', '🦊'.repeat(32)],
    ['one of too many bytes', 'ẞ'.repeat(85)],
  ])('is told that its name will not do: %s', (_, name) => {
    expect(home().rule({ name })).toEqual(refused('bad-name'))
  })

  it('may have a name of 63 UTF-16 units, and any name once it is in', () => {
    const { rule, scene, invite } = home()
    expect(rule({ name: 'ẞ'.repeat(63) })).toMatchObject({ kind: 'admissible' })
    scene.admit('bob', 'dan', 'member', { invite })
    expect(rule({ name: '' })).toMatchObject({ kind: 'admissible', isRepeat: true })
  })

  it('is refused in another network', () => {
    const network = networkIdOf(keyOf('elsewhere').publicKey)
    expect(home().rule({ network })).toEqual(refused('wrong-network'))
  })

  it('is refused with an invite that nobody made', () => {
    expect(home().rule({ invite: '00'.repeat(32) })).toEqual(refused('unknown-invite'))
  })

  it('learns who is an admin only if its invite is known', () => {
    const ruling = home().rule({ invite: '00'.repeat(32), admitter: idOf('cleo') })
    expect(ruling).toEqual(refused('unknown-invite'))
  })

  it('is admissible until the ticket expires, and told when that was', () => {
    const { rule, scene, invite } = home()
    const expiresAt = scene.state().invites.get(invite)?.expiresAt ?? 0
    expect(rule({ nowMs: expiresAt - 1 })).toMatchObject({ kind: 'admissible' })
    expect(rule({ nowMs: expiresAt })).toEqual({
      ...(rule({ nowMs: expiresAt + 1 }) as object),
      reason: 'expired',
      expiredAtMs: expiresAt,
    })
  })

  it('is refused when the ticket is used up', () => {
    const { rule, scene, invite } = home(2)
    scene.admit('ana', 'eve', 'member', { invite })
    expect(rule()).toMatchObject({ kind: 'admissible' })
    scene.admit('ana', 'finn', 'member', { invite })
    expect(rule()).toMatchObject({
      reason: 'used-up',
      detail: expect.stringContaining('2') as string,
    })
  })

  it('is refused when the invite was cancelled', () => {
    const { rule, scene, invite } = home()
    scene.act('ana', { kind: 'cancel', invite })
    expect(rule()).toEqual(refused('cancelled'))
  })

  it('is refused when the admin who invited it was removed', () => {
    const { rule, scene } = home()
    scene.revoke('ana', 'bob')
    expect(rule()).toEqual(refused('inviter-removed'))
  })

  it('is refused when it was removed, also with a fresh ticket', () => {
    const { rule, scene } = home()
    scene.admit('ana', 'dan', 'member')
    scene.revoke('ana', 'dan')
    expect(rule()).toEqual(refused('revoked'))
    const invite = scene.invite('ana', 'fresh', 'member')
    expect(rule({ invite })).toEqual(refused('revoked'))
  })

  it('is refused when it is a member by other means', () => {
    expect(home().rule({ joiner: idOf('cleo') })).toEqual(refused('already-member'))
  })

  it('is answered once more when this very ticket has let it in', () => {
    const { rule, scene, invite } = home()
    scene.admit('ana', 'dan', 'member', { invite })
    expect(rule()).toMatchObject({ kind: 'admissible', isRepeat: true })
  })

  it('waits for an admin while its admission is under review', () => {
    const { scene, invite, facts } = home()
    const sees = scene.heads()
    for (const [admin, joiner] of [
      ['ana', 'dan'],
      ['bob', 'eve'],
    ] as const) {
      scene.admit(admin, joiner, 'member', { invite, sees })
    }
    const state = scene.state()
    const [joiner] = [...state.reviews.keys()]
    expect(ruleOnJoin(state, { ...facts, joiner: joiner ?? '' })).toEqual(refused('in-review'))
  })

  it('comes back after it left', () => {
    const { rule, scene } = home()
    scene.admit('ana', 'dan', 'member')
    scene.leave('dan')
    expect(rule()).toMatchObject({ kind: 'admissible', isRepeat: false })
  })
})
