import { describe, expect, it } from 'vitest'
import { RenewableDeadline } from '../../../src/clock/renewable-deadline.ts'
import { ManualClock } from '../../support/manual-clock.ts'

describe('a renewable deadline', () => {
  it('passes once so much time has gone by, and says so', () => {
    const clock = new ManualClock()
    const { signal } = new RenewableDeadline(clock, 1_000)
    clock.advance(999)
    expect(signal.aborted).toBe(false)
    clock.advance(1)
    expect(signal.reason).toMatchObject({ name: 'TimeoutError', message: 'not within 1000 ms' })
  })

  it('starts anew each time it is renewed, with one timer', () => {
    const clock = new ManualClock()
    const deadline = new RenewableDeadline(clock, 1_000)
    for (let n = 0; n < 10; n++) {
      clock.advance(999)
      deadline.renew()
    }
    expect(clock.timers).toBe(1)
    expect(deadline.signal.aborted).toBe(false)
    clock.advance(1_000)
    expect(deadline.signal.aborted).toBe(true)
  })
})
