import { DeviceProcess } from '../../tests/support/device-process.ts'
import { run as runProgram } from '../../tests/support/processes.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { onLoopback } from './support/mesh.ts'

/** What a person waits for: `asgard status`, the whole process, beside a Node that does nothing. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const rounds = numberOption(options, 'rounds', 40)
  await using device = await DeviceProcess.start({ name: 'solo', env: onLoopback })
  await device.client.send('POST', '/api/v1/networks', { name: 'bench' })
  const status: number[] = []
  const bare: number[] = []
  // In turn, so that both meet the same load.
  for (let round = 0; round < rounds; round++) {
    bare.push(await timed(() => runProgram([process.execPath, '-e', '0'])))
    status.push(await timed(() => device.asgard('status')))
  }
  const node = percentile(bare, 0.5)
  const peer = { peer: 'node -e 0', peerValue: node }
  report({
    name: 'status p50',
    value: percentile(status, 0.5),
    unit: 'ms',
    goal: Math.min(100, 1.5 * node + 40),
    ...peer,
  })
  report({ name: 'status p99', value: percentile(status, 0.99), unit: 'ms' })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
