import { describe, expect, it } from 'vitest'
import { idOf, membersOf, TrustScene } from '../../support/trust-scene.ts'

/** ana and bob owners, cleo and dan admins, eve member. */
function team(): TrustScene {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'owner')
  scene.admit('ana', 'cleo', 'admin')
  scene.admit('ana', 'dan', 'admin')
  scene.admit('ana', 'eve', 'member')
  return scene
}

describe('what a device does while it is being removed', () => {
  it('has no effect', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'cleo', { sees })
    scene.admit('cleo', 'mallory', 'operator', { sees })
    scene.role('cleo', 'eve', 'operator', { sees })
    expect(scene.refusal()).toBeUndefined() // it was legal for who had not seen the removal
    expect(membersOf(scene.state())).toBe('ana owner, bob owner, dan admin, eve member')
  })

  it('has no effect when it is written later and backdated', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'cleo', { sees })
    scene.act('ana', { kind: 'rename', name: 'castle' })
    scene.act('cleo', { kind: 'rename', name: 'mine' }, { sees })
    scene.revoke('cleo', 'eve', { sees: [...sees, scene.last] })
    expect(scene.state().name).toBe('castle')
    expect(membersOf(scene.state())).toBe('ana owner, bob owner, dan admin, eve member')
  })

  it('keeps its effect as far as the remover had seen it', () => {
    const scene = team()
    scene.admit('cleo', 'finn', 'operator')
    scene.revoke('ana', 'cleo')
    expect(membersOf(scene.state())).toBe(
      'ana owner, bob owner, dan admin, eve member, finn operator',
    )
  })

  it('takes with it what rests on it: those it admitted, and whom those admitted', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    const admission = scene.admit('bob', 'mallory', 'owner', { sees })
    scene.admit('mallory', 'nick', 'admin', { sees: [admission] })
    scene.admit('nick', 'olaf', 'member', { sees: [scene.last] })
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan admin, eve member')
  })

  it('does not take those whom somebody else admitted as well', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'cleo', { sees })
    scene.admit('cleo', 'finn', 'member', { sees })
    scene.admit('dan', 'finn', 'member', { sees })
    expect(membersOf(scene.state())).toContain('finn member')
  })

  it('does not shield a device that it admitted again: the later removal of that device counts', () => {
    const scene = team()
    scene.leave('eve')
    const sees = scene.heads()
    scene.admit('cleo', 'eve', 'member', { sees })
    const admitted = scene.last
    scene.revoke('dan', 'eve', { sees: [admitted] })
    scene.admit('cleo', 'finn', 'member', { sees: [admitted] })
    expect(membersOf(scene.state())).toBe(
      'ana owner, bob owner, cleo admin, dan admin, finn member',
    )
  })
})

/** ana, bob, olga and pat owners; olga removes bob, and pat removes olga before having seen it: bob stays. */
function reprieve(): TrustScene {
  const scene = new TrustScene('ana')
  for (const owner of ['bob', 'olga', 'pat']) scene.admit('ana', owner, 'owner')
  const sees = scene.heads()
  scene.revoke('olga', 'bob', { sees })
  scene.revoke('pat', 'olga', { sees })
  return scene
}

describe('what a device does after a removal of it that had no effect', () => {
  it('counts', () => {
    const scene = reprieve()
    scene.admit('bob', 'finn', 'member')
    expect(scene.refusal()).toBeUndefined()
    expect(membersOf(scene.state())).toBe('ana owner, bob owner, finn member, pat owner')
  })

  it('has no effect once the removal has: when who prevented it turns out to have been removed', () => {
    const scene = new TrustScene('ana')
    for (const owner of ['bob', 'olga', 'pat']) scene.admit('ana', owner, 'owner')
    const sees = scene.heads()
    const removal = scene.revoke('olga', 'bob', { sees })
    const prevention = scene.revoke('pat', 'olga', { sees })
    const admission = scene.admit('bob', 'finn', 'member', { sees: [removal, prevention] })
    scene.act('bob', { kind: 'rename', name: 'mine' }, { sees: [admission] })
    const late = scene.revoke('ana', 'pat', { sees })
    const others = scene.records.filter((record) => record !== late)
    for (let at = 4; at <= others.length; at++) {
      const state = scene.state([...others.slice(0, at), late, ...others.slice(at)])
      expect(membersOf(state)).toBe('ana owner, olga owner')
      expect(state.name).toBe('home')
    }
  })

  it.each(['admits first', 'admits second'])(
    'shares its invite’s uses with others: it %s',
    (turn) => {
      const scene = reprieve()
      const invite = scene.invite('bob', 'ticket', 'member')
      const sees = scene.heads()
      const admitters = turn === 'admits first' ? ['bob', 'ana'] : ['ana', 'bob']
      admitters.forEach((admin, at) => scene.admit(admin, `guest${at}`, 'member', { sees, invite }))
      const { members, reviews } = scene.state()
      const came = [idOf('guest0'), idOf('guest1')]
      expect(came.filter((device) => members.has(device))).toHaveLength(1)
      expect(came.filter((device) => reviews.has(device))).toHaveLength(1)
    },
  )
})

describe('a removal by a device that is being removed', () => {
  it('has no effect when the threat goes one way', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'cleo', { sees }) // an admin cannot strike back at an owner
    scene.revoke('cleo', 'eve', { sees })
    expect(membersOf(scene.state())).toBe('ana owner, bob owner, dan admin, eve member')
  })

  it('that struck an admission gives it back: the chain of removals is followed from its free end', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.revoke('bob', 'cleo', { sees })
    scene.admit('cleo', 'finn', 'member', { sees })
    expect(membersOf(scene.state())).toBe(
      'ana owner, cleo admin, dan admin, eve member, finn member',
    )
  })

  it('and that removes its remover: both are out', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.revoke('bob', 'ana', { sees })
    expect(membersOf(scene.state())).toBe('cleo admin, dan admin, eve member')
    expect([...scene.state().revocations.keys()].sort()).toEqual([idOf('ana'), idOf('bob')].sort())
  })

  it('in a ring of three: all three are out', () => {
    const scene = team()
    scene.admit('ana', 'olga', 'owner')
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.revoke('bob', 'olga', { sees })
    scene.revoke('olga', 'ana', { sees })
    expect(membersOf(scene.state())).toBe('cleo admin, dan admin, eve member')
  })

  it('in a ring that somebody outside breaks: only those that stand count', () => {
    const scene = team()
    scene.admit('ana', 'olga', 'owner')
    const sees = scene.heads()
    scene.revoke('bob', 'olga', { sees })
    scene.revoke('olga', 'bob', { sees })
    scene.revoke('ana', 'bob', { sees })
    // bob falls to ana, whom nobody threatens; so bob's removal of olga falls, and olga's of bob stands anyway.
    expect(membersOf(scene.state())).toBe(
      'ana owner, cleo admin, dan admin, eve member, olga owner',
    )
  })

  it('through a puppet admitted for it: remover and removed are out, the puppet falls', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    const puppet = scene.admit('bob', 'mallory', 'owner', { sees })
    scene.revoke('mallory', 'ana', { sees: [puppet] })
    expect(membersOf(scene.state())).toBe('cleo admin, dan admin, eve member')
  })

  it('cannot reach an owner whom it does not threaten', () => {
    const scene = team()
    scene.admit('ana', 'olga', 'owner')
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    scene.revoke('bob', 'ana', { sees })
    scene.revoke('bob', 'olga')
    expect(membersOf(scene.state())).toBe('cleo admin, dan admin, eve member, olga owner')
  })

  it('drags nobody else along, however many removals a removed owner backdates', () => {
    const scene = team()
    const names = Array.from({ length: 70 }, (_, n) => `admin ${n}`)
    for (const name of names) scene.admit('ana', name, 'admin')
    const sees = scene.heads()
    // Every admin acts, and ana has seen it when it removes bob.
    for (const name of names) scene.act(name, { kind: 'rename', name })
    scene.revoke('ana', 'bob')
    const strikeBack = scene.revoke('bob', 'ana', { sees })
    let prev = strikeBack
    for (const name of names) prev = scene.revoke('bob', name, { sees, prev })
    const state = scene.state()
    expect(names.filter((name) => !state.members.has(idOf(name)))).toEqual([])
    expect(state.members.has(idOf('ana'))).toBe(false) // the bound: it had not acted since everybody saw it
  })

  it('is not confused by an unrelated act of the removed device that others had seen', () => {
    const scene = team()
    const sees = scene.heads()
    const act = scene.act('cleo', { kind: 'rename', name: 'castle' }, { sees })
    scene.revoke('bob', 'cleo', { sees })
    scene.revoke('ana', 'bob', { sees: [act] })
    // ana's removal does not rest on the rename, so it is not threatened by bob's.
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan admin, eve member')
  })
})

describe('a stolen owner that rewrites its past', () => {
  /** bob has acted, everybody has seen it, and ana has removed bob. */
  function stolen() {
    const scene = team()
    const early = scene.heads()
    const act = scene.act('bob', { kind: 'rename', name: 'castle' })
    scene.admit('ana', 'finn', 'member')
    const sees = scene.heads()
    scene.revoke('ana', 'bob')
    return { scene, early, act, sees }
  }

  it('cannot remove its remover by a second history: that contradicts what the remover had seen', () => {
    const { scene, early } = stolen()
    const before = membersOf(scene.state())
    scene.revoke('bob', 'ana', { sees: early, prev: null })
    expect(scene.refusal()).toBeUndefined()
    expect(membersOf(scene.state())).toBe(before)
    expect(scene.state().forks).toHaveLength(1)
  })

  it('cannot do it through a puppet either', () => {
    const { scene, early } = stolen()
    const before = membersOf(scene.state())
    const puppet = scene.admit('bob', 'mallory', 'owner', { sees: early, prev: null })
    scene.revoke('mallory', 'ana', { sees: [puppet] })
    expect(membersOf(scene.state())).toBe(before)
  })

  it('can remove its remover from where everybody saw it last, and undo no more than what came since', () => {
    const { scene, act } = stolen()
    scene.revoke('bob', 'ana', { sees: [act], prev: act })
    expect(membersOf(scene.state())).toBe('cleo admin, dan admin, eve member') // finn was admitted after that
  })
})

describe('a demotion', () => {
  it('takes the effect of concurrent acts that needed the lost rank', () => {
    const scene = team()
    const sees = scene.heads()
    scene.role('ana', 'cleo', 'member', { sees })
    scene.admit('cleo', 'mallory', 'operator', { sees })
    expect(membersOf(scene.state())).toBe(
      'ana owner, bob owner, cleo member, dan admin, eve member',
    )
  })

  it('leaves acts that the new rank allows', () => {
    const scene = team()
    const sees = scene.heads()
    scene.role('ana', 'bob', 'admin', { sees })
    scene.admit('bob', 'finn', 'operator', { sees })
    scene.admit('bob', 'gina', 'admin', { sees })
    expect(membersOf(scene.state())).toBe(
      'ana owner, bob admin, cleo admin, dan admin, eve member, finn operator',
    )
  })

  it('lets the device leave', () => {
    const scene = team()
    const sees = scene.heads()
    scene.role('ana', 'cleo', 'member', { sees })
    scene.leave('cleo', { sees })
    expect(scene.state().left.has(idOf('cleo'))).toBe(true)
  })

  it('that is mutual demotes both', () => {
    const scene = team()
    const sees = scene.heads()
    scene.role('ana', 'bob', 'member', { sees })
    scene.role('bob', 'ana', 'member', { sees })
    expect(membersOf(scene.state())).toBe(
      'ana member, bob member, cleo admin, dan admin, eve member',
    )
  })

  it('does not let the demoted device’s rank be used against a third one', () => {
    const scene = team()
    const sees = scene.heads()
    // bob, being removed, demotes dan; cleo, who saw only that, removes "the member" dan.
    scene.revoke('ana', 'bob', { sees })
    const demotion = scene.role('bob', 'dan', 'member', { sees })
    scene.revoke('cleo', 'dan', { sees: [demotion] })
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan admin, eve member')
    // Also when dan was busy meanwhile, so that there is something to strike.
    scene.act('dan', { kind: 'rename', name: 'castle' }, { sees })
    expect(membersOf(scene.state())).toBe('ana owner, cleo admin, dan admin, eve member')
    expect(scene.state().name).toBe('castle')
  })
})

describe('the last owner', () => {
  it('may be two who leave at the same time: then nobody is owner, and the admins go on', () => {
    const scene = team()
    const sees = scene.heads()
    scene.leave('ana', { sees })
    scene.leave('bob', { sees })
    expect(membersOf(scene.state())).toBe('cleo admin, dan admin, eve member')
    scene.admit('cleo', 'finn', 'member')
    expect(scene.refusal()).toBeUndefined()
  })

  it('stays when the successor turns out never to have been one', () => {
    const scene = team()
    const sees = scene.heads()
    scene.revoke('ana', 'bob', { sees })
    const successor = scene.admit('bob', 'mallory', 'owner', { sees })
    scene.leave('ana', { sees: [successor, scene.records.at(-2)!] })
    expect(membersOf(scene.state())).toContain('ana owner')
  })
})
