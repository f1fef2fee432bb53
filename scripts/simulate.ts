/**
 * Seeded simulations of twenty devices: `npm run simulate -- --seeds 2000 [--from 1]` plays many over all cores,
 * `npm run simulate -- --seed 17` plays one with a trace of what happened.
 */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { runSeed, type RunResult } from '../tests/simulation/run-seed.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    /** Internal: play every `jobs`-th seed in this process, from this one on. */
    part: { type: 'string' },
    health: { type: 'boolean' },
    quiet: { type: 'boolean', default: false },
  },
})
const jobs = Number(values.jobs)
const first = Number(values.from)
const last = first + Number(values.seeds) - 1
const options = values.health === undefined ? {} : { hasHealth: values.health }

if (values.seed !== undefined) await playOne(Number(values.seed))
else if (values.part !== undefined) await playPart(Number(values.part))
else await playAll()

async function playOne(seed: number): Promise<void> {
  const onTrace = (line: string): void => console.log(line)
  const result = await runSeed({ seed, ...options, ...(!values.quiet && { onTrace }) })
  console.log(report(result))
  process.exitCode = result.violation === undefined ? 0 : 1
}

async function playPart(part: number): Promise<void> {
  for (let seed = first + part; seed <= last; seed += jobs) {
    const result = await runSeed({ seed, ...options })
    console.log(JSON.stringify({ failed: result.violation !== undefined, text: report(result) }))
  }
}

async function playAll(): Promise<void> {
  const startedAt = performance.now()
  let played = 0
  const failures: string[] = []
  const health = values.health === true ? ['--health'] : []
  const share = ['--from', values.from, '--seeds', values.seeds, '--jobs', values.jobs, ...health]
  const ended = Array.from({ length: jobs }, async (_, part) => {
    const script = process.argv[1] ?? ''
    const worker = spawn(process.execPath, [script, ...share, '--part', String(part)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const code = new Promise<number | null>((resolve) => worker.on('close', resolve))
    for await (const line of createInterface({ input: worker.stdout })) {
      const { failed, text } = JSON.parse(line) as { failed: boolean; text: string }
      played += 1
      if (failed) failures.push(text)
      if (failed || !values.quiet) console.log(text)
    }
    if ((await code) !== 0) failures.push(`worker ${part} died`)
  })
  await Promise.all(ended)
  const minutes = (performance.now() - startedAt) / 60_000
  console.log(
    `\n${played} seeds, ${failures.length} failed, ${Math.round(played / minutes)} seeds a minute`,
  )
  process.exitCode = failures.length === 0 && played > 0 ? 0 : 1
}

function report(result: RunResult): string {
  const { seed, violation, hash, events, frames, virtualMs, convergedMs, records } = result
  const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`
  const facts = `${hash} ${events} events, ${frames} frames, ${records} records, ${seconds(virtualMs)}, agreed after ${seconds(convergedMs)}`
  if (violation === undefined) return `seed ${seed}: ok ${facts}`
  return `seed ${seed}: BROKEN ${violation.rule}: ${violation.detail}\n  ${facts}\n  replay: npm run simulate -- --seed ${seed}`
}
