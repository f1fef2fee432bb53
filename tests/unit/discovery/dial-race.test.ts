import { describe, expect, it } from 'vitest'
import type { DialAttempt, DialOutcome, DialResult } from '../../../src/discovery/dial-outcome.ts'
import { dialRace } from '../../../src/discovery/dial-race.ts'
import { seededRandom, virtualClock, VirtualTime } from '../../property/health/virtual-time.ts'

type Script = Record<string, readonly [afterMs: number, outcome: DialResult]>

function race(script: Script, deadlineMs = 4_000) {
  const time = new VirtualTime()
  const began: (readonly [string, number])[] = []
  const told: DialAttempt[] = []
  const abort = new AbortController()
  const addresses = Object.keys(script).map((address) => ({
    address,
    source: 'mdns' as const,
    lastSuccessAt: null,
    addedAt: 0,
    failures: 0,
  }))
  const dial = (_device: string, address: string, signal: AbortSignal): Promise<DialOutcome> => {
    began.push([address, time.nowMs])
    const [afterMs, outcome] = script[address] ?? [0, 'failed']
    return new Promise((resolve) => {
      time.at(time.nowMs + afterMs, () => resolve({ outcome, detail: '' }))
      signal.addEventListener('abort', () => resolve({ outcome: 'timeout', detail: 'aborted' }))
    })
  }
  const clock = virtualClock(time, seededRandom(1))
  const result = dialRace(
    { clock, dial, attempted: (attempt) => told.push(attempt) },
    'bob',
    addresses,
    { deadlineMs, signal: abort.signal },
  )
  return { time, began, told, abort, result }
}

async function outcomes(script: Script): Promise<string[]> {
  const { time, result } = race(script)
  await time.advance(10_000)
  return (await result).map(
    ({ address, outcome, durationMs }) => `${address} ${outcome} ${durationMs}`,
  )
}

describe('dialRace', () => {
  it('ends with the first connection, and says nothing of who was merely overtaken', async () => {
    expect(await outcomes({ slow: [3_000, 'connected'], fast: [10, 'connected'] })).toEqual([
      'fast connected 10',
    ])
  })

  it('starts the next address a quarter of a second later, or at once after a failure', async () => {
    const { time, began, result } = race({
      a: [9_000, 'timeout'],
      b: [20, 'refused'],
      c: [9_000, 'timeout'],
      d: [1, 'connected'],
    })
    await time.advance(10_000)
    expect(began).toEqual([
      ['a', 0],
      ['b', 250],
      ['c', 270],
      ['d', 520],
    ])
    expect((await result).map(({ outcome }) => outcome)).toEqual(['refused', 'connected'])
  })

  it('tells each failure as it comes', async () => {
    const { time, told } = race({ a: [3, 'refused'], b: [60_000, 'connected'] })
    await time.advance(5)
    expect(told).toMatchObject([{ address: 'a', outcome: 'refused', durationMs: 3 }])
  })

  it('calls what has not answered by the deadline a timeout', async () => {
    expect(await outcomes({ a: [60_000, 'connected'], b: [60_000, 'connected'] })).toEqual([
      'a timeout 4000',
      'b timeout 3750',
    ])
  })

  it('ends at once when all have failed, when there is nothing to dial, and when it is called off', async () => {
    expect(await outcomes({ a: [1, 'refused'], b: [1, 'unreachable'] })).toEqual([
      'a refused 1',
      'b unreachable 1',
    ])
    expect(await outcomes({})).toEqual([])
    const { time, abort, result } = race({ a: [60_000, 'connected'] })
    await time.advance(100)
    abort.abort()
    expect(await result).toEqual([])
  })
})
