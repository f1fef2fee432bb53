import { describe, expect, it } from 'vitest'
import type { Clock } from '../../../src/clock/clock.ts'
import { TrustTime } from '../../../src/clock/trust-time.ts'

const YEAR_MS = 365 * 86_400_000

class SteppedClock implements Clock {
  wallMs = 2_000_000_000_000
  monotonicMs = 0
  now = () => this.wallMs
  monotonic = () => this.monotonicMs
  after = () => () => {}
  every = () => () => {}
  random = () => 0.5

  pass(ms: number): void {
    this.wallMs += ms
    this.monotonicMs += ms
  }
}

describe('trust time', () => {
  it('is the own clock while nobody contradicts it', () => {
    const clock = new SteppedClock()
    expect(new TrustTime(clock).now()).toBe(clock.wallMs)
  })

  it('is the own clock while admins differ by less than a minute', () => {
    const clock = new SteppedClock()
    const time = new TrustTime(clock)
    time.witness('ana', clock.wallMs + 59_000)
    expect(time.now()).toBe(clock.wallMs)
    expect(time.errorMs).toBe(0)
  })

  it('follows the admins when the own clock is a year ahead, and goes on by itself', () => {
    const clock = new SteppedClock()
    const time = new TrustTime(clock)
    const truth = clock.wallMs - YEAR_MS
    time.witness('ana', truth)
    clock.pass(5_000)
    expect(time.now()).toBe(truth + 5_000)
    expect(time.errorMs).toBe(YEAR_MS)
  })

  it('is not moved by one admin against two', () => {
    const clock = new SteppedClock()
    const time = new TrustTime(clock)
    time.witness('ana', clock.wallMs)
    time.witness('bob', clock.wallMs + 10)
    time.witness('mallory', clock.wallMs - YEAR_MS)
    expect(time.now()).toBe(clock.wallMs)
  })

  it('starts afresh when the own clock is set right or the machine slept', () => {
    const clock = new SteppedClock()
    const time = new TrustTime(clock)
    time.witness('ana', clock.wallMs - YEAR_MS)
    expect(time.errorMs).toBe(YEAR_MS)
    clock.wallMs -= YEAR_MS
    expect(time.now()).toBe(clock.wallMs)
    expect(time.errorMs).toBe(0)
  })

  it('keeps the newest word of a bounded number of admins', () => {
    const clock = new SteppedClock()
    const time = new TrustTime(clock)
    for (let i = 0; i < 1_000; i++) time.witness(`admin ${i}`, clock.wallMs - YEAR_MS)
    for (let i = 0; i < 16; i++) time.witness(`late ${i}`, clock.wallMs)
    expect(time.errorMs).toBe(0)
  })
})
