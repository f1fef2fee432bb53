import { describe, expect, it } from 'vitest'
import { AttentiveClock } from '../../../src/health/attentive-clock.ts'

function ticked(clock: AttentiveClock, fromMs: number, toMs: number, everyMs: number): void {
  for (let nowMs = fromMs; nowMs <= toMs; nowMs += everyMs) clock.tick(nowMs)
}

describe('AttentiveClock', () => {
  it('follows the clock of a punctual process', () => {
    const clock = new AttentiveClock(250)
    ticked(clock, 0, 10_000, 250)
    expect(clock.at(10_000)).toBe(10_000)
    expect(clock.at(10_100)).toBe(10_100)
    expect(clock.strain).toBe(0)
  })

  it('does not count the time of a nap', () => {
    const clock = new AttentiveClock(250)
    ticked(clock, 0, 1_000, 250)
    expect(clock.tick(61_000)).toBe(59_750)
    expect(clock.at(61_000)).toBe(1_350)
  })

  it('never runs backwards when a late tick is read before it is counted', () => {
    const clock = new AttentiveClock(250)
    clock.tick(0)
    const before = clock.at(5_000)
    clock.tick(5_000)
    expect(clock.at(5_000)).toBe(before)
  })

  it('remembers lateness as strain, at most 8, and forgives it with punctuality', () => {
    const clock = new AttentiveClock(250)
    ticked(clock, 0, 40_000, 2_000)
    expect(clock.strain).toBe(8)
    ticked(clock, 40_250, 48_250, 250)
    expect(clock.strain).toBe(0)
  })

  it('forgives little lateness', () => {
    const clock = new AttentiveClock(250)
    ticked(clock, 0, 30_000, 300)
    expect(clock.strain).toBe(0)
  })
})
