import type { Device } from '../../node/api/contract/device.ts'
import { ProcessError } from '../../tests/support/processes.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { Mesh } from './support/mesh.ts'
import { hasSerf, SerfCluster } from './support/serf.ts'

const goals = [
  { count: 10, goal: 250 },
  { count: 30, goal: 1_000 },
] as const
const PEER = 'serf event, lan profile'

/** One device's note is changed; how long until every device has announced it. Beside it, `serf event` on as many agents. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const rounds = numberOption(options, 'rounds', 30)
  const only = options['devices']
  for (const { count, goal } of goals) {
    if (only !== undefined && Number(only) !== count) continue
    const serf = hasSerf() ? await serfRounds(count, rounds) : undefined
    const ours = await meshRounds(count, rounds)
    for (const share of [0.5, 0.99]) {
      report({
        name: `visible on all of ${count}, p${share * 100}`,
        value: percentile(ours, share),
        unit: 'ms',
        ...(share === 0.99 ? { goal } : {}),
        ...(serf === undefined
          ? {}
          : { peer: PEER, peerValue: percentile(serf.times, share), peerRatioMax: 1 }),
      })
    }
    if (serf !== undefined)
      report({ name: `events that serf lost, ${count} agents`, value: serf.lost, unit: 'of all' })
  }
}

async function meshRounds(count: number, rounds: number): Promise<number[]> {
  await using mesh = await Mesh.start(count)
  const [writer] = mesh.devices
  const subject = mesh.ids[0]
  if (writer === undefined || subject === undefined) throw new ProcessError('no devices')
  const path = `/api/v1/networks/current/devices/${subject}`
  const times: number[] = []
  // The first rounds warm the compilers up on all sides; a node runs for months.
  for (let round = -3; round < rounds; round++) {
    const startedAt = performance.now()
    const seen = mesh.announced(
      mesh.devices.slice(1),
      startedAt,
      ({ event }) => event.type === 'device:changed' && event.device === subject,
      20_000,
    )
    const note = `note ${round}`
    await writer.client.send('PATCH', path, { note })
    const slowest = Math.max(...(await seen))
    if (round >= 0) times.push(slowest)
    // Announced means there: the register says the same.
    const devices = await Promise.all(mesh.devices.map((device) => device.client.get<Device>(path)))
    const stale = devices.filter((device) => device.note !== note).length
    if (stale > 0)
      throw new ProcessError(`${stale} devices announced a change that they do not show`)
  }
  return times
}

async function serfRounds(
  count: number,
  rounds: number,
): Promise<{ times: number[]; lost: number }> {
  const cluster = await SerfCluster.start(count)
  const times: number[] = []
  let arrived = 0
  try {
    for (let round = 0; round < rounds; round++) {
      const seen = await cluster.event(`bench-${round}`, 5_000)
      arrived += seen.length
      if (seen.length === count) times.push(Math.max(...seen))
    }
  } finally {
    cluster.stop()
  }
  return { times, lost: 1 - arrived / (count * rounds) }
}
