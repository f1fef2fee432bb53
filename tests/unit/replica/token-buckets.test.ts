import { describe, expect, it } from 'vitest'
import { TokenBuckets } from '../../../src/replica/token-buckets.ts'

describe('token buckets', () => {
  it('allow a burst, then the rate', () => {
    const buckets = new TokenBuckets({ perMs: 0.01, burst: 3 })
    expect([1, 2, 3, 4].map(() => buckets.take('ana', 1, 0))).toEqual([true, true, true, false])
    expect(buckets.take('ana', 1, 99)).toBe(false)
    expect(buckets.take('ana', 1, 100)).toBe(true)
    expect(buckets.take('ana', 1, 100)).toBe(false)
  })

  it('are one per key', () => {
    const buckets = new TokenBuckets({ perMs: 1, burst: 1 })
    expect(buckets.take('ana', 1, 0)).toBe(true)
    expect(buckets.take('bob', 1, 0)).toBe(true)
  })

  it('never hold more than the burst, and take nothing when there is too little', () => {
    const buckets = new TokenBuckets({ perMs: 1, burst: 10 })
    expect(buckets.take('ana', 11, 1_000_000)).toBe(false)
    expect(buckets.take('ana', 10, 1_000_000)).toBe(true)
  })

  it('do not fill up when the clock steps back', () => {
    const buckets = new TokenBuckets({ perMs: 1, burst: 1 })
    expect(buckets.take('ana', 1, 100)).toBe(true)
    expect(buckets.take('ana', 1, 50)).toBe(false)
  })

  it('of many names do not pile up', () => {
    const buckets = new TokenBuckets({ perMs: 1, burst: 1 })
    for (let n = 0; n < 100_000; n += 1) buckets.take(`stranger${n}`, 1, n)
    expect(buckets.size).toBeLessThanOrEqual(4_096)
  })
})
