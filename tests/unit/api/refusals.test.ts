import { describe, expect, it } from 'vitest'
import { FailureLimiter } from '../../../node/api/failure-limiter.ts'
import { type ApiLogEntry, Refusals } from '../../../node/api/refusals.ts'
import { HandClock } from '../../support/hand-clock.ts'

describe('Refusals', () => {
  it('counts each and logs each kind once a minute, with how many there were', () => {
    const clock = new HandClock()
    const log: ApiLogEntry[] = []
    const refusals = new Refusals(clock, (entry) => log.push(entry))
    for (let at = 0; at < 100; at++) refusals.count('foreign-host')
    refusals.count('bad-ticket')
    clock.advance(60_000)
    refusals.count('foreign-host')
    expect(refusals.counts.get('foreign-host')).toBe(101)
    expect(log.map((entry) => [entry.message, entry.fields['total']])).toEqual([
      ['refused: foreign-host', 1],
      ['refused: bad-ticket', 1],
      ['refused: foreign-host', 101],
    ])
  })
})

describe('FailureLimiter', () => {
  it('hears five failures, then one every twelve seconds', () => {
    const clock = new HandClock()
    const limiter = new FailureLimiter(clock)
    for (let at = 0; at < 5; at++) expect(limiter.fail('::1')).toBe(0)
    expect(limiter.fail('::1')).toBe(12)
    clock.advance(6_000)
    expect(limiter.fail('::1')).toBe(6)
    clock.advance(6_000)
    expect(limiter.fail('::1')).toBe(0)
  })

  it('keeps sources apart, and few of them', () => {
    const limiter = new FailureLimiter(new HandClock())
    for (let at = 0; at < 6; at++) limiter.fail('one')
    expect(limiter.fail('one')).toBeGreaterThan(0)
    expect(limiter.fail('two')).toBe(0)
    for (let at = 0; at < 1_000; at++) limiter.fail(`source ${at}`)
    // Forgotten, as the least recent of too many; a forgotten source begins anew.
    expect(limiter.fail('one')).toBe(0)
  })
})
