import { describe, expect, it } from 'vitest'
import { Gate, standingOf } from '../../../src/network/gate.ts'
import type { TrustState } from '../../../src/trust/trust-state.ts'
import { DAY_MS, idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

const NOW_MS = SCENE_MS + 1_000
const UNTIL_MS = SCENE_MS + 90 * DAY_MS

describe('the standing of a device', () => {
  it('is that of a member while its admission lasts', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'guest')
    expect(standingOf(scene.state(), idOf('bob'), UNTIL_MS - 1)).toEqual({ accepts: true })
  })

  it('is expired from the moment at which the admission ends', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'member')
    const expired = { accepts: false, refusal: 'expired' }
    expect(standingOf(scene.state(), idOf('bob'), UNTIL_MS)).toEqual(expired)
    expect(standingOf(scene.state(), idOf('bob'), UNTIL_MS + 1)).toEqual(expired)
  })

  it('of an owner never expires', () => {
    const state = new TrustScene('ana').state()
    expect(standingOf(state, idOf('ana'), Number.MAX_SAFE_INTEGER)).toEqual({ accepts: true })
  })

  it('is revoked after a removal, whatever the time', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'member')
    scene.revoke('ana', 'bob')
    const revoked = { accepts: false, refusal: 'revoked' }
    expect(standingOf(scene.state(), idOf('bob'), NOW_MS)).toEqual(revoked)
    expect(standingOf(scene.state(), idOf('bob'), 0)).toEqual(revoked)
  })

  it('is revoked also where something else is known of the device', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'member')
    const member = scene.state()
    scene.revoke('ana', 'bob')
    const both: TrustState = { ...scene.state(), members: member.members }
    expect(standingOf(both, idOf('bob'), NOW_MS)).toEqual({ accepts: false, refusal: 'revoked' })
  })

  it('is left for a device that left', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'member')
    scene.leave('bob')
    expect(standingOf(scene.state(), idOf('bob'), NOW_MS)).toEqual({
      accepts: false,
      refusal: 'left',
    })
  })

  it('is review for the one too many that two admins let in with one ticket', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'admin')
    const invite = scene.invite('ana', 'one', 'member')
    const sees = scene.heads()
    scene.admit('ana', 'cleo', 'member', { invite, sees })
    scene.admit('bob', 'dan', 'member', { invite, sees })
    const state = scene.state()
    const standings = ['cleo', 'dan'].map((name) => standingOf(state, idOf(name), NOW_MS))
    expect(standings).toContainEqual({ accepts: true })
    expect(standings).toContainEqual({ accepts: false, refusal: 'review' })
  })

  it('is stranger for everybody else', () => {
    const state = new TrustScene('ana').state()
    expect(standingOf(state, idOf('eve'), NOW_MS)).toEqual({ accepts: false, refusal: 'stranger' })
    expect(standingOf(state, '', NOW_MS)).toEqual({ accepts: false, refusal: 'stranger' })
  })
})

/** A gate over a trust log that the test may exchange, with what it reported. */
function gateOver(scene = new TrustScene('ana')) {
  const reports: (readonly [peer: string, what: string, refusal: string, count: number])[] = []
  const gate = new Gate({
    state: () => scene.state(),
    nowMs: () => NOW_MS,
    onRefused: (...report) => reports.push(report),
  })
  return { gate, scene, reports }
}

/** A hello that the test ends. */
function hello(): { ended: Promise<void>; end: () => void; fail: () => void } {
  let end = () => {}
  let fail = () => {}
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve
    fail = () => reject(new TypeError('cut'))
  })
  return { ended, end, fail }
}

describe('the gate', () => {
  it('lets a member in and a stranger not, at once', () => {
    const { gate } = gateOver()
    expect(gate.admits(idOf('ana'), 'c1')).toBe(true)
    expect(gate.admits(idOf('eve'), 'c1')).toBe(false)
  })

  it('sees each change of the trust log', () => {
    const { gate, scene } = gateOver()
    scene.admit('ana', 'bob', 'member')
    expect(gate.isMember(idOf('bob'))).toBe(true)
    scene.revoke('ana', 'bob')
    expect(gate.isMember(idOf('bob'))).toBe(false)
  })

  it('has no answer for a stranger while its hello is under way', () => {
    const { gate } = gateOver()
    gate.greeting('c1', hello().ended)
    expect(gate.admits(idOf('eve'), 'c1')).toBeUndefined()
  })

  it('makes a stranger wait for the hello of its own connection only', () => {
    const { gate } = gateOver()
    gate.greeting('c1', hello().ended)
    expect(gate.admits(idOf('eve'), 'c2')).toBe(false)
  })

  it('lets in who became a member by its hello', async () => {
    const { gate, scene } = gateOver()
    const { ended, end } = hello()
    gate.greeting('c1', ended)
    const answer = gate.whenGreeted(idOf('bob'), 'c1')
    scene.admit('ana', 'bob', 'member')
    end()
    expect(await answer).toBe(true)
  })

  it('does not let in who only said hello', async () => {
    const { gate } = gateOver()
    const { ended, end } = hello()
    gate.greeting('c1', ended)
    const answer = gate.whenGreeted(idOf('eve'), 'c1')
    end()
    expect(await answer).toBe(false)
  })

  it('does not answer before the hello has ended', async () => {
    const { gate } = gateOver()
    const { ended, end } = hello()
    gate.greeting('c1', ended)
    const order: string[] = []
    const answer = gate.whenGreeted(idOf('ana'), 'c1').then(() => order.push('answer'))
    await Promise.resolve()
    order.push('end')
    end()
    await answer
    expect(order).toEqual(['end', 'answer'])
  })

  it.each(['end', 'fail'] as const)('answers at once again when a hello did %s', async (how) => {
    const { gate } = gateOver()
    const talk = hello()
    gate.greeting('c1', talk.ended)
    const answer = gate.whenGreeted(idOf('eve'), 'c1')
    talk[how]()
    expect(await answer).toBe(false)
    expect(gate.admits(idOf('eve'), 'c1')).toBe(false)
  })

  it('goes on waiting for a second hello when the first of a connection ends', async () => {
    const { gate } = gateOver()
    const [first, second] = [hello(), hello()]
    gate.greeting('c1', first.ended)
    const answer = gate.whenGreeted(idOf('eve'), 'c1')
    gate.greeting('c1', second.ended)
    first.end()
    await answer
    expect(gate.admits(idOf('eve'), 'c1')).toBeUndefined()
  })

  it('lets few streams wait for one hello: a stranger holds back no more', () => {
    const { gate } = gateOver()
    gate.greeting('c1', hello().ended)
    let waiting = 0
    while (gate.admits(idOf('eve'), 'c1') === undefined && waiting < 1_000) {
      void gate.whenGreeted(idOf('eve'), 'c1')
      waiting += 1
    }
    expect(waiting).toBeGreaterThan(0)
    expect(waiting).toBeLessThan(100)
    expect(gate.admits(idOf('ana'), 'c1')).toBe(true)
  })

  it('reports the first refusal of each peer and door, and then each thousandth', () => {
    const { gate, reports } = gateOver()
    for (let i = 0; i < 2_001; i++) gate.refused(idOf('eve'), 'ping')
    gate.refused(idOf('eve'), 'identify')
    gate.refused(idOf('mallory'), 'ping')
    expect(reports).toEqual([
      [idOf('eve'), 'ping', 'stranger', 1],
      [idOf('eve'), 'ping', 'stranger', 1_000],
      [idOf('eve'), 'ping', 'stranger', 2_000],
      [idOf('eve'), 'identify', 'stranger', 1],
      [idOf('mallory'), 'ping', 'stranger', 1],
    ])
  })

  it('reports why', () => {
    const { gate, scene, reports } = gateOver()
    scene.admit('ana', 'bob', 'member')
    scene.revoke('ana', 'bob')
    gate.refused(idOf('bob'), 'hello')
    expect(reports).toEqual([[idOf('bob'), 'hello', 'revoked', 1]])
  })

  it('forgets the peer that was refused longest ago when a crowd comes', () => {
    const { gate, reports } = gateOver()
    gate.refused('early', 'ping')
    gate.refused('busy', 'ping')
    for (let i = 0; i < 255; i++) {
      gate.refused(`peer ${i}`, 'ping')
      gate.refused('busy', 'ping')
    }
    reports.length = 0
    gate.refused('busy', 'ping')
    expect(reports).toEqual([])
    gate.refused('early', 'ping')
    expect(reports).toEqual([['early', 'ping', 'stranger', 1]])
  })
})
