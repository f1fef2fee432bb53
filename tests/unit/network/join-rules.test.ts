import { describe, expect, it } from 'vitest'
import { ruleOnJoin, type JoinFacts, type JoinRuling } from '../../../src/network/join-rules.ts'
import { DAY_MS, idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

describe('an admin that a device with a ticket comes to', () => {
  it('admits it with an open invite', () => {
    const { scene, invite } = invited()
    expect(rule(scene, { invite })).toMatchObject({ kind: 'admissible', isRepeat: false })
  })

  it('refuses from the moment on at which the ticket ends, and says when that was by its clock', () => {
    const { scene, invite } = invited()
    const ends = SCENE_MS + DAY_MS
    expect(rule(scene, { invite, nowMs: ends - 1 })).toMatchObject({ kind: 'admissible' })
    expect(rule(scene, { invite, nowMs: ends })).toMatchObject({
      kind: 'refused',
      reason: 'expired',
      expiredAtMs: ends,
    })
  })

  it('refuses a ticket of another network', () => {
    const { scene, invite } = invited()
    expect(rule(scene, { invite, network: 'another' })).toMatchObject({ reason: 'wrong-network' })
  })

  it('refuses an invite that it does not know', () => {
    expect(rule(invited().scene, { invite: 'ab'.repeat(32) })).toMatchObject({
      reason: 'unknown-invite',
    })
  })

  it('does not admit when it is no admin itself', () => {
    const { scene, invite } = invited()
    scene.admit('ana', 'cleo', 'member')
    expect(rule(scene, { invite, admitter: idOf('cleo') })).toMatchObject({
      reason: 'not-an-admin',
    })
  })

  it('does not take back a revoked device, even by a good ticket', () => {
    const { scene, invite } = invited()
    scene.admit('ana', 'bob', 'member')
    scene.revoke('ana', 'bob')
    expect(rule(scene, { invite })).toMatchObject({ reason: 'revoked' })
  })

  it('takes a ticket once, but answers the device that it admitted by it again', () => {
    const { scene, invite } = invited()
    scene.admit('ana', 'bob', 'member', { invite })
    expect(rule(scene, { invite, joiner: idOf('cleo') })).toMatchObject({ reason: 'used-up' })
    expect(rule(scene, { invite })).toMatchObject({ kind: 'admissible', isRepeat: true })
  })

  it('has nothing to admit where the device is a member by other means', () => {
    const { scene, invite } = invited()
    scene.admit('ana', 'bob', 'member')
    expect(rule(scene, { invite })).toMatchObject({ reason: 'already-member' })
  })

  it('refuses a cancelled ticket', () => {
    const { scene, invite } = invited()
    scene.act('ana', { kind: 'cancel', invite })
    expect(rule(scene, { invite })).toMatchObject({ reason: 'cancelled' })
  })

  it('refuses a ticket whose author was removed', () => {
    const { scene } = invited()
    scene.admit('ana', 'cleo', 'admin')
    const invite = scene.invite('cleo', 'second', 'member')
    scene.revoke('ana', 'cleo')
    expect(rule(scene, { invite })).toMatchObject({ reason: 'inviter-removed' })
  })
})

/** Ana's network with an invite for one member. */
function invited(): { scene: TrustScene; invite: string } {
  const scene = new TrustScene('ana')
  return { scene, invite: scene.invite('ana', 'first', 'member') }
}

function rule(scene: TrustScene, facts: Partial<JoinFacts>): JoinRuling {
  const usual = {
    network: scene.networkId,
    invite: '',
    joiner: idOf('bob'),
    admitter: idOf('ana'),
    nowMs: SCENE_MS + 1_000,
  }
  return ruleOnJoin(scene.state(), { ...usual, ...facts })
}
