import { ProcessError } from '../../tests/support/processes.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { isHealth, Mesh } from './support/mesh.ts'
import { hasSerf, SerfCluster } from './support/serf.ts'

const goals = { SIGKILL: 1_000, SIGSTOP: 5_000 } as const
const words = { SIGKILL: 'killed', SIGSTOP: 'frozen' } as const
const PEER = 'serf, lan profile'

/** One device of ten dies or hangs; how long until each of the others calls it failed. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const count = numberOption(options, 'devices', 10)
  const rounds = numberOption(options, 'rounds', 10)
  const peerRounds = numberOption(options, 'peer-rounds', 3)
  await using mesh = await Mesh.start(count)
  const cluster = hasSerf() ? await SerfCluster.start(count) : undefined
  try {
    for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
      const ours: number[] = []
      for (let round = 0; round < rounds; round++)
        ours.push(...(await failure(mesh, signal, 1 + (round % (count - 1)))))
      const theirs: number[] = []
      for (let round = 0; cluster !== undefined && round < peerRounds; round++)
        theirs.push(...(await cluster.failure(signal, 60_000)))
      for (const share of [0.5, 0.99]) {
        report({
          name: `${words[signal]}, seen by all of ${count}, p${share * 100}`,
          value: percentile(ours, share),
          unit: 'ms',
          ...(share === 0.99 ? { goal: goals[signal] } : {}),
          ...(theirs.length === 0
            ? {}
            : { peer: PEER, peerValue: percentile(theirs, share), peerRatioMax: 1 }),
        })
      }
    }
  } finally {
    cluster?.stop()
  }
}

async function failure(mesh: Mesh, signal: 'SIGKILL' | 'SIGSTOP', at: number): Promise<number[]> {
  const victim = mesh.devices[at]
  const id = mesh.ids[at]
  if (victim === undefined || id === undefined) throw new ProcessError(`no device ${at}`)
  const others = mesh.devices.filter((device) => device !== victim)
  const seen = mesh.announced(others, performance.now(), isHealth(id, 'failed'), 60_000)
  if (signal === 'SIGKILL') await victim.down('SIGKILL')
  else victim.freeze()
  const times = await seen
  if (signal === 'SIGKILL') await victim.up()
  else victim.thaw()
  await mesh.untilAllAlive()
  return times
}
