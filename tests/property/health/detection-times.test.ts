import { describe, expect, it } from 'vitest'
import { VirtualMesh, type Seen } from './virtual-mesh.ts'

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed)

interface Times {
  readonly count: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number =>
    Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN)
  return { count: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

function print(what: string, values: readonly number[]): Times {
  const times = timesOf(values)
  console.info(`${what}: ${JSON.stringify(times)}`)
  return times
}

/** First time each observer said that `device` is in `state`, counted from `sinceMs`. */
function firstSeen(
  mesh: VirtualMesh,
  device: number,
  state: string,
  sinceMs: number,
): Map<number, number> {
  const first = new Map<number, number>()
  for (const { observer, change, trueMs } of mesh.seen) {
    if (trueMs < sinceMs || change.device !== mesh.members[device] || change.after.state !== state)
      continue
    if (!first.has(observer)) first.set(observer, trueMs - sinceMs)
  }
  return first
}

function failures(seen: readonly Seen[]): readonly Seen[] {
  return seen.filter(({ change }) => change.after.state === 'failed')
}

async function settled(count: number, seed: number): Promise<VirtualMesh> {
  const mesh = await VirtualMesh.of(count, seed)
  await mesh.time.advance(8_000)
  for (const node of mesh.nodes) expect(node.health.linked()).toHaveLength(count - 1)
  return mesh
}

describe('ten devices on a virtual clock', () => {
  it('all see a killed process within a second', async () => {
    const times: number[] = []
    for (const seed of SEEDS) {
      const mesh = await settled(10, seed)
      const atMs = mesh.time.nowMs
      mesh.kill(seed % 10)
      await mesh.time.advance(10_000)
      const first = firstSeen(mesh, seed % 10, 'failed', atMs)
      expect(first.size).toBe(9)
      times.push(...first.values())
    }
    expect(print('kill -9 to failed', times).maxMs).toBeLessThan(1_000)
  })

  it('all see a frozen process within five seconds', async () => {
    const times: number[] = []
    for (const seed of SEEDS) {
      const mesh = await settled(10, seed)
      const atMs = mesh.time.nowMs
      mesh.node(seed % 10).process.freeze(60_000)
      await mesh.time.advance(10_000)
      const first = firstSeen(mesh, seed % 10, 'failed', atMs)
      expect(first.size).toBe(9)
      times.push(...first.values())
    }
    expect(print('SIGSTOP to failed', times).maxMs).toBeLessThan(5_000)
  })

  it('see a pulled cable as suspect, then failed, and the device back soon after it is plugged in', async () => {
    const [failed, back]: [number[], number[]] = [[], []]
    for (const seed of SEEDS) {
      const mesh = await settled(10, seed)
      const device = seed % 10
      const pulledMs = mesh.time.nowMs
      mesh.cutOff(device)
      await mesh.time.advance(10_000 + seed * 3_000)
      const suspected = firstSeen(mesh, device, 'suspect', pulledMs)
      const lost = firstSeen(mesh, device, 'failed', pulledMs)
      expect(suspected.size).toBe(9)
      expect(lost.size).toBe(9)
      for (const [observer, atMs] of lost) expect(suspected.get(observer)).toBeLessThan(atMs)
      failed.push(...lost.values())
      const pluggedMs = mesh.time.nowMs
      mesh.plugIn(device)
      await mesh.time.advance(10_000)
      const alive = firstSeen(mesh, device, 'alive', pluggedMs)
      expect(alive.size).toBe(9)
      back.push(...alive.values())
      for (const node of mesh.nodes) expect(node.health.linked()).toHaveLength(9)
    }
    expect(print('pulled cable to failed', failed).maxMs).toBeLessThan(5_000)
    expect(print('plugged in to alive', back).p99Ms).toBeLessThan(2_000)
  })

  it('see an orderly stop at once, and say so', async () => {
    const mesh = await settled(10, 3)
    const atMs = mesh.time.nowMs
    mesh.stop(6)
    await mesh.time.advance(20_000)
    const told = mesh.seen.filter(({ trueMs }) => trueMs >= atMs)
    expect(told.map(({ change }) => change.after.cause)).toEqual(
      Array.from({ length: 9 }, () => 'stopped'),
    )
    expect(Math.max(...told.map(({ trueMs }) => trueMs - atMs))).toBeLessThan(100)
  })

  it('see a restarted device alive again within two seconds', async () => {
    const mesh = await settled(10, 4)
    mesh.kill(2)
    await mesh.time.advance(60_000)
    const atMs = mesh.time.nowMs
    await mesh.restart(2)
    await mesh.time.advance(5_000)
    const alive = firstSeen(mesh, 2, 'alive', atMs)
    expect(alive.size).toBe(9)
    expect(Math.max(...alive.values())).toBeLessThan(2_000)
  })

  it('keep a device alive by the word of others when one link of it breaks', async () => {
    const mesh = await settled(10, 5)
    const mark = mesh.seen.length
    mesh.cut(1, 2)
    await mesh.time.advance(120_000)
    expect(failures(mesh.seen.slice(mark))).toEqual([])
    const health = mesh.node(1).health.health(mesh.node(2).id)
    expect(health).toMatchObject({ state: 'alive', cause: 'seen-by-others' })
    expect(health?.via.length).toBeGreaterThan(0)
    mesh.mend(1, 2)
    await mesh.time.advance(310_000)
    expect(mesh.node(1).health.health(mesh.node(2).id)).toMatchObject({ cause: 'heard', via: [] })
  })

  it('notice that the one who vouched for a device has lost it too', async () => {
    const mesh = await settled(3, 6)
    mesh.cut(0, 1)
    await mesh.time.advance(60_000)
    expect(mesh.node(0).health.health(mesh.node(1).id)).toMatchObject({ cause: 'seen-by-others' })
    const atMs = mesh.time.nowMs
    mesh.cut(1, 2)
    await mesh.time.advance(15_000)
    expect(firstSeen(mesh, 1, 'failed', atMs).get(0)).toBeLessThan(10_000)
  })
})

describe('starved devices', () => {
  it.each([
    { everyMs: 10_000, seed: 1 },
    { everyMs: 5_000, seed: 2 },
    { everyMs: 2_000, seed: 3 },
    { everyMs: 500, seed: 4 },
    { everyMs: 100, seed: 5 },
  ])(
    'raise no false alarm in ten minutes, off the CPU about every $everyMs ms',
    async ({ everyMs, seed }) => {
      const mesh = await settled(10, seed)
      const mark = mesh.seen.length
      mesh.starve(600_000, 1_500, everyMs)
      await mesh.time.advance(605_000)
      expect(failures(mesh.seen.slice(mark))).toEqual([])
      const suspicions = mesh.seen
        .slice(mark)
        .filter(({ change }) => change.after.state === 'suspect')
      console.info(
        `stalls every ${everyMs} ms: ${suspicions.length} suspicions, 0 failures in 900 peer-minutes`,
      )
      expect(suspicions.length).toBeLessThanOrEqual(10)
    },
  )

  it('one starved observer with 5 % loss sees no failure that is not there, and a true one within 15 s', async () => {
    const mesh = await settled(10, 7)
    mesh.loss = 0.05
    const mark = mesh.seen.length
    const stall = (): void => {
      mesh.node(0).process.freeze(200 + mesh.random() * 2_800)
      mesh.time.at(mesh.time.nowMs + 1_000 + mesh.random() * 3_000, stall)
    }
    stall()
    await mesh.time.advance(1_200_000)
    const false_ = failures(mesh.seen.slice(mark)).filter(({ observer }) => observer === 0)
    console.info(`starved observer: ${false_.length} false failures in 3 peer-hours`)
    expect(false_).toEqual([])
    const atMs = mesh.time.nowMs
    mesh.cutOff(4)
    await mesh.time.advance(20_000)
    expect(firstSeen(mesh, 4, 'failed', atMs).get(0)).toBeLessThan(15_000)
  })

  it('a process stopped for a minute blames nobody when it wakes', async () => {
    const mesh = await settled(10, 8)
    const mark = mesh.seen.length
    mesh.node(0).process.freeze(60_000)
    await mesh.time.advance(80_000)
    expect(failures(mesh.seen.slice(mark)).filter(({ observer }) => observer === 0)).toEqual([])
    for (const node of mesh.nodes) expect(node.health.linked()).toHaveLength(9)
  })
})

describe('cost', () => {
  it('is small on ten devices and bounded on twenty-four', async () => {
    for (const [count, framesMax] of [
      [10, 16],
      [24, 32],
    ] as const) {
      const mesh = await VirtualMesh.of(count, 9)
      await mesh.time.advance(20_000)
      const before = mesh.nodes.map(({ framesSent, bytesSent }) => ({ framesSent, bytesSent }))
      await mesh.time.advance(30_000)
      const frames = mesh.nodes.map((node, i) => (node.framesSent - before[i]!.framesSent) / 30)
      const bytes = mesh.nodes.map(
        (node, i) => (node.bytesSent - before[i]!.bytesSent) / 30 / (count - 1),
      )
      console.info(
        `${count} devices: at most ${Math.max(...frames).toFixed(1)} frames/s and ${Math.max(...bytes).toFixed(0)} B/s per peer sent by a device`,
      )
      expect(Math.max(...frames)).toBeLessThan(framesMax)
      expect(Math.max(...bytes)).toBeLessThan(500)
    }
  })
})

it('the same seed gives the same history', async () => {
  const runs: string[] = []
  for (let run = 0; run < 2; run++) {
    const mesh = await VirtualMesh.of(6, 11)
    mesh.starve(30_000, 1_500, 1_000)
    await mesh.time.advance(20_000)
    mesh.kill(1)
    await mesh.time.advance(20_000)
    runs.push(JSON.stringify(mesh.seen))
  }
  expect(runs[0]).toBe(runs[1])
})
