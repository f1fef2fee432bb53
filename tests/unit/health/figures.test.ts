import { describe, expect, it } from 'vitest'
import { ClockOffset } from '../../../src/health/clock-offset.ts'
import { Prober } from '../../../src/health/prober.ts'
import { RoundTrips } from '../../../src/health/round-trips.ts'

describe('RoundTrips', () => {
  it('has no figures before the first answer', () => {
    const trips = new RoundTrips()
    expect(trips.figures()).toBeUndefined()
    expect(trips.smoothedMs).toBeNull()
    expect(trips.loss).toBe(0)
  })

  it('gives smallest, smoothed and 95th percentile of the last 64', () => {
    const trips = new RoundTrips()
    trips.answered(0.1)
    for (let i = 1; i <= 64; i++) trips.answered(i)
    expect(trips.figures()).toMatchObject({ minMs: 1, p95Ms: 61, lastMs: 64 })
    expect(trips.figures()?.smoothedMs).toBeGreaterThan(50)
  })

  it('counts loss over the last 100 probes only', () => {
    const trips = new RoundTrips()
    for (let i = 0; i < 50; i++) trips.lost()
    expect(trips.loss).toBe(1)
    for (let i = 0; i < 75; i++) trips.answered(1)
    expect(trips.loss).toBe(0.25)
    for (let i = 0; i < 25; i++) trips.answered(1)
    expect(trips.loss).toBe(0)
  })
})

describe('ClockOffset', () => {
  it('believes the sample with the shortest round trip', () => {
    const offset = new ClockOffset()
    offset.add(1_000, 4_900, 2_000, 1_000)
    offset.add(3_000, 6_505, 3_010, 10)
    offset.add(5_000, 8_000, 5_400, 400)
    expect(offset.offsetMs).toBe(3_500)
    expect(offset.errorMs).toBe(5)
  })

  it('ignores a sample during which our own clock was set', () => {
    const offset = new ClockOffset()
    offset.add(1_000, 1_000, 3_601_010, 10)
    expect(offset.offsetMs).toBeNull()
  })

  it('forgets samples older than the last eight', () => {
    const offset = new ClockOffset()
    offset.add(0, 100, 1, 1)
    for (let i = 0; i < 8; i++) offset.add(0, 205, 10, 10)
    expect(offset.offsetMs).toBe(200)
  })
})

describe('Prober', () => {
  it('measures a probe once, however often it is answered', () => {
    const prober = new Prober('ana')
    const seq = prober.sent(100, 100)
    expect(prober.ponged(seq, 100, 103, 103)).toBe(true)
    expect(prober.ponged(seq, 100, 104, 104)).toBe(false)
    expect(prober.trips.figures()).toMatchObject({ lastMs: 3, minMs: 3 })
  })

  it('counts an unanswered probe as lost, but not the first of a connection', () => {
    const prober = new Prober('ana')
    prober.sent(0, 0)
    prober.expire(6_000)
    expect(prober.trips.loss).toBe(0)
    prober.sent(6_000, 6_000)
    prober.expire(12_000)
    expect(prober.trips.loss).toBe(1)
  })

  it('keeps a bounded number of probes in flight', () => {
    const prober = new Prober('ana')
    for (let i = 0; i < 1_000; i++) prober.sent(i, i)
    expect(prober.ponged(10, 0, 1_000, 1_000)).toBe(false)
    expect(prober.ponged(999, 0, 1_000, 1_000)).toBe(true)
  })
})
