import { describe, expect, it } from 'vitest'
import { DialSchedule } from '../../../src/discovery/dial-schedule.ts'
import { dialTargets } from '../../../src/discovery/dial-targets.ts'
import { seededRandom } from '../../property/health/virtual-time.ts'

function schedule(members: readonly string[], self = 'a', random = () => 0.5): DialSchedule {
  const result = new DialSchedule({ self, random })
  result.setMembers(members, 0)
  return result
}

/** Fails every dial until `untilMs`; returns when each began. */
function failAll(dials: DialSchedule, untilMs: number, durationMs = 0): number[] {
  const began: number[] = []
  for (let next = dials.nextMs(); next !== undefined && next <= untilMs; next = dials.nextMs()) {
    for (const device of dials.due(next)) {
      began.push(next)
      dials.finished(device, false, next + durationMs)
    }
  }
  return began
}

describe('dialTargets', () => {
  it('are all members of a small network', () => {
    const members = Array.from({ length: 48 }, (_, i) => `d${String(i).padStart(4, '0')}`)
    expect(dialTargets('d0007', members).size).toBe(47)
  })

  it.each([49, 50, 64, 100, 1_000])(
    'of %i members are few, mutual, and connect everybody within few hops',
    (count) => {
      const members = Array.from({ length: count }, (_, i) => `d${String(i).padStart(4, '0')}`)
      const targets = new Map(members.map((member) => [member, dialTargets(member, members)]))
      for (const [member, wanted] of targets) {
        expect(wanted.size).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(count)))
        for (const target of wanted) expect(targets.get(target)?.has(member)).toBe(true)
      }
      const hops = new Map([['d0000', 0]])
      for (const [member, hop] of hops) {
        for (const next of targets.get(member) ?? []) if (!hops.has(next)) hops.set(next, hop + 1)
      }
      expect(hops.size).toBe(count)
      expect(Math.max(...hops.values())).toBeLessThanOrEqual(Math.ceil(Math.log2(count)))
    },
  )
})

describe('DialSchedule', () => {
  it('dials a new member at once; the end with the higher id yields a moment', () => {
    expect(schedule(['b'], 'a').nextAtMs('b')).toBe(0)
    const yielded = schedule(['a'], 'b').nextAtMs('a') ?? 0
    expect(yielded).toBeGreaterThan(0)
    expect(yielded).toBeLessThanOrEqual(150)
  })

  it('retries for ever, at most every five minutes on average, cheaply', () => {
    const dials = schedule(['b'], 'a', seededRandom(4))
    const monthMs = 30 * 86_400_000
    const began = failAll(dials, monthMs, 4_000)
    const lastDay = began.filter((atMs) => atMs > monthMs - 86_400_000)
    expect(lastDay.length).toBeGreaterThan(86_400 / 310)
    expect(lastDay.length).toBeLessThan(86_400 / 100)
    const gaps = began.slice(1).map((atMs, i) => atMs - (began[i] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(304_000)
  })

  it('waits longer from failure to failure, with full jitter', () => {
    const began = failAll(
      schedule(['b'], 'a', () => 0.999),
      40_000,
    )
    expect(began.map((atMs) => Math.round(atMs / 1_000))).toEqual([0, 1, 3, 7, 15, 31])
  })

  it('retries quickly after a loss, then about once a second for two minutes', () => {
    const dials = schedule(['b'])
    dials.due(0)
    dials.finished('b', true, 5)
    dials.lost('b', 1_000)
    const began = failAll(dials, 121_000).map((atMs) => atMs - 1_000)
    expect(began.slice(0, 5)).toEqual([0, 100, 300, 700, 1_700])
    expect(began.length).toBeGreaterThan(100)
    expect(began.length).toBeLessThan(140)
  })

  it('does not dial who is connected', () => {
    const dials = schedule(['b', 'c'])
    dials.connected('b')
    expect(dials.due(1_000)).toEqual(['c'])
    expect(dials.nextAtMs('b')).toBeUndefined()
  })

  it('dials at once after a nudge, whatever the back-off, but not in a storm', () => {
    const dials = schedule(['b'])
    failAll(dials, 600_000)
    dials.nudge('b', 600_000)
    expect(dials.due(600_000)).toEqual(['b'])
    for (let i = 0; i < 100; i++) dials.nudge('b', 600_001)
    dials.finished('b', false, 600_002)
    expect(dials.nextAtMs('b')).toBe(600_002)
    expect(dials.due(600_002)).toEqual(['b'])
    dials.finished('b', false, 600_003)
    for (let i = 0; i < 100; i++) dials.nudge('b', 600_004)
    expect(dials.nextAtMs('b')).toBeGreaterThanOrEqual(600_502)
  })

  it('dials everybody at once when our own network changed', () => {
    const dials = schedule(['b', 'c', 'd'])
    failAll(dials, 600_000)
    dials.nudgeAll(700_000)
    expect(dials.due(700_000).toSorted()).toEqual(['b', 'c', 'd'])
    expect(dials.isBrisk('b', 700_000)).toBe(true)
  })

  it('dials eight at a time, and who was just lost beside them', () => {
    const members = Array.from({ length: 30 }, (_, i) => `m${String(i).padStart(2, '0')}`)
    const dials = schedule(members)
    dials.connected('m29')
    expect(dials.due(0)).toHaveLength(8)
    expect(dials.due(1_000)).toEqual([])
    expect(dials.nextMs()).toBeUndefined()
    dials.lost('m29', 1_000)
    expect(dials.nextMs()).toBe(1_000)
    expect(dials.due(1_000)).toEqual(['m29'])
    dials.finished('m00', false, 2_000)
    dials.finished('m01', false, 2_000)
    expect(dials.due(2_000)).toHaveLength(1)
  })

  it('forgets who is no member, also in the middle of a dial', () => {
    const dials = schedule(['b', 'c'])
    dials.due(0)
    dials.setMembers(['c'], 10)
    dials.finished('b', false, 20)
    expect(dials.isTarget('b')).toBe(false)
    expect(dials.nextAtMs('b')).toBeUndefined()
    dials.finished('c', false, 20)
    expect(dials.nextAtMs('c')).toBeGreaterThan(20)
  })

  it('keeps a link to whom it was asked for in a large network', () => {
    const members = Array.from({ length: 100 }, (_, i) => `d${String(i).padStart(4, '0')}`)
    const dials = schedule(members, 'd0000')
    expect(dials.isTarget('d0003')).toBe(false)
    dials.request('d0003', 0)
    dials.request('stranger', 0)
    expect(dials.isTarget('d0003')).toBe(true)
    expect(dials.isTarget('stranger')).toBe(false)
    dials.release('d0003', 0)
    expect(dials.isTarget('d0003')).toBe(false)
  })
})
