import { DeviceProcess } from '../../tests/support/device-process.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { invite, join, onLoopback } from './support/mesh.ts'

/** One device after another joins by a one-time ticket; their nodes run already. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const rounds = numberOption(options, 'rounds', 10)
  const devices: DeviceProcess[] = []
  const times: number[] = []
  try {
    for (let at = 0; at <= rounds; at++)
      devices.push(await DeviceProcess.start({ name: `d${at}`, env: onLoopback }))
    const [founder, ...joiners] = devices
    await founder?.client.send('POST', '/api/v1/networks', { name: 'bench' })
    for (const joiner of joiners)
      if (founder !== undefined) times.push(await join(joiner, await invite(founder, 1)))
  } finally {
    for (const device of devices) await device[Symbol.asyncDispose]()
  }
  report({ name: 'loopback p50', value: percentile(times, 0.5), unit: 'ms', goal: 1_000 })
  report({ name: 'loopback max', value: percentile(times, 1), unit: 'ms', goal: 1_000 })
}
