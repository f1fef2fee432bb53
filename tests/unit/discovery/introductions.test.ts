import { describe, expect, it } from 'vitest'
import { Introductions } from '../../../src/discovery/introductions.ts'

describe('introductions', () => {
  it('are due at the first sighting, then ever more seldom, once an hour at the end', () => {
    const introductions = new Introductions()
    const times: number[] = []
    for (let nowMs = 0; nowMs <= 10 * 3_600_000; nowMs += 10_000) {
      if (introductions.isDue('neighbour', nowMs)) times.push(nowMs)
    }
    expect(times.slice(0, 4)).toEqual([0, 30_000, 90_000, 210_000])
    const last = times.slice(-2)
    expect((last[1] ?? 0) - (last[0] ?? 0)).toBe(3_600_000)
  })

  it('wait for each stranger by itself', () => {
    const introductions = new Introductions()
    expect(introductions.isDue('one', 0)).toBe(true)
    expect(introductions.isDue('two', 0)).toBe(true)
    expect(introductions.isDue('one', 1)).toBe(false)
  })

  it('remember a bounded number of strangers', () => {
    const introductions = new Introductions()
    for (let i = 0; i < 1_000; i++) introductions.isDue(`stranger ${i}`, 0)
    expect(introductions.isDue('stranger 0', 1)).toBe(true)
    expect(introductions.isDue('stranger 999', 1)).toBe(false)
  })
})
