import { resolve } from 'node:path'
import { ProcessError, run as runProgram } from '../../tests/support/processes.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'

/** From the command to three connected devices, as `npm run demo` runs it once the program is built. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const ready: number[] = []
  for (let round = 0; round < numberOption(options, 'rounds', 5); round++) {
    const startedAt = performance.now()
    const command = [
      process.execPath,
      resolve('dist/asgard.js'),
      'demo',
      '--no-open',
      '--json',
      '--exit-after',
      'ready',
    ]
    const { code, stdout, stderr } = await runProgram(command)
    const wholeMs = performance.now() - startedAt
    const last = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
      ready?: boolean
      elapsedMs?: number
    }
    if (code !== 0 || last.ready !== true)
      throw new ProcessError(`the demo ended with ${code}: ${stdout}${stderr}`)
    // The demo's own figure leaves out its start and its tidy end; a person waits for the start too.
    ready.push(last.elapsedMs ?? wholeMs)
    report({ name: `round ${round + 1}, start to exit`, value: wholeMs, unit: 'ms' })
  }
  report({ name: 'ready p50', value: percentile(ready, 0.5), unit: 'ms', goal: 5_000 })
  report({ name: 'ready max', value: percentile(ready, 1), unit: 'ms', goal: 5_000 })
}
