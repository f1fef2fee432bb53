import { describe, expect, it } from 'vitest'
import type { PingLine } from '../../../node/api/contract/device.ts'
import type { NetworkView } from '../../../node/device/network-view.ts'
import { ping, type PingRequest } from '../../../node/device/ping.ts'
import type { Mesh } from '../../../node/mesh/mesh.ts'
import type { PingOutcome } from '../../../src/health/health-service.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { stubHousehold } from '../../support/stub-mesh.ts'

const path = stubHousehold()[1]?.path ?? null
const request: PingRequest = { count: 3, intervalMs: 1_000, timeoutMs: 500 }

/** A ping to bob over a mesh of which only what a ping touches exists. */
function pinging(
  outcomes: readonly PingOutcome[],
  options: { isUp?: boolean; change?: Partial<PingRequest> } = {},
) {
  const clock = new ManualClock()
  const dials: string[] = []
  const waiting = [...outcomes]
  const mesh = {
    clock,
    links: { isUp: () => options.isUp ?? true },
    dials: {
      request: (device: string) => dials.push(`request ${device}`),
      release: (device: string) => dials.push(`release ${device}`),
    },
    health: { ping: () => Promise.resolve(waiting.shift() ?? { kind: 'lost', reason: 'timeout' }) },
  }
  const view = { path: () => path }
  const controller = new AbortController()
  const lines = ping(
    mesh as unknown as Mesh,
    view as unknown as NetworkView,
    'bob',
    { ...request, ...options.change },
    controller.signal,
  )[Symbol.asyncIterator]()
  return { clock, dials, lines, stop: () => controller.abort() }
}

type Lines = AsyncIterator<PingLine>

async function next(lines: Lines): Promise<PingLine> {
  const { value, done } = await lines.next()
  if (done === true) throw new RangeError('no more lines')
  return value
}

/** The rest, time passing as it is asked for. */
async function rest(lines: Lines, clock: ManualClock): Promise<PingLine[]> {
  const all: PingLine[] = []
  for (;;) {
    const line = lines.next()
    clock.advance(0)
    for (let turn = 0; turn < 5; turn++) await Promise.resolve()
    clock.advance(request.intervalMs)
    const { value, done } = await line
    if (done === true) return all
    all.push(value)
  }
}

const reply = (rttMs: number): PingOutcome => ({ kind: 'reply', rttMs })

describe('a ping', () => {
  it('says each round trip with its path, then the least, the mean and the most', async () => {
    const { lines, clock } = pinging([reply(10), reply(20), reply(60)])
    const all = await rest(lines, clock)
    expect(all.slice(0, 3)).toEqual(
      [1, 2, 3].map((seq, at) => ({ kind: 'reply', seq, rttMs: [10, 20, 60][at], path })),
    )
    expect(all[3]).toEqual({
      kind: 'summary',
      sent: 3,
      received: 3,
      minMs: 10,
      avgMs: 30,
      maxMs: 60,
    })
  })

  it.each([
    ['not-connected', 'not connected'],
    ['timeout', 'no reply in time'],
    ['aborted', 'interrupted'],
  ] as const)('that is lost by %s says: %s', async (reason, text) => {
    const { lines, clock } = pinging([{ kind: 'lost', reason }], { change: { count: 1 } })
    const none = { received: 0, minMs: null, avgMs: null, maxMs: null }
    expect(await rest(lines, clock)).toEqual([
      { kind: 'lost', seq: 1, reason: text },
      { kind: 'summary', sent: 1, ...none },
    ])
  })

  it('counts in the mean only what came back', async () => {
    const { lines, clock } = pinging([reply(10), { kind: 'lost', reason: 'timeout' }, reply(30)])
    const all = await rest(lines, clock)
    expect(all.at(-1)).toMatchObject({ sent: 3, received: 2, avgMs: 20 })
  })

  it('waits its interval between two probes, and not after the last', async () => {
    const { lines, clock } = pinging([reply(1), reply(1)], { change: { count: 2 } })
    await next(lines)
    let hasCome = false
    const second = lines.next().then(() => (hasCome = true))
    clock.advance(request.intervalMs - 1)
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    expect(hasCome).toBe(false)
    clock.advance(1)
    await second
    expect(clock.timers).toBe(0)
    expect((await next(lines)).kind).toBe('summary')
  })

  it('ends at once with what it has when it is interrupted, also while it waits', async () => {
    const { lines, clock, stop, dials } = pinging([reply(7)])
    await next(lines)
    const last = next(lines)
    stop()
    expect(await last).toMatchObject({ kind: 'summary', sent: 1, received: 1, avgMs: 7 })
    expect((await lines.next()).done).toBe(true)
    expect(clock.timers).toBe(0)
    expect(dials).toEqual(['release bob'])
  })

  it('has a device dialled that is not connected, and lets go of it when it ends', async () => {
    const { lines, clock, dials } = pinging([], { isUp: false })
    await rest(lines, clock)
    expect(dials).toEqual(['request bob', 'release bob'])
  })

  it('lets go of the device also when nobody reads on', async () => {
    const { lines, dials } = pinging([reply(1)], { isUp: false })
    await next(lines)
    await lines.return?.()
    expect(dials).toEqual(['request bob', 'release bob'])
  })
})
