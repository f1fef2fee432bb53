/** Types, lint, format and dead code: everything that judges the tree without running it. */
import { spawn } from 'node:child_process'

const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ['types', 'tsc', '-p', '.'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'oxfmt', '--check', '.'],
  ['dead code', 'knip', '--no-progress'],
]

const results = await Promise.all(
  checks.map(async ([name, ...command]) => ({ name, ...(await run(command)) })),
)
for (const { name, code, output, elapsedMs } of results) {
  if (code !== 0) console.log(output.trim())
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${(elapsedMs / 1_000).toFixed(1)} s)`)
}
process.exitCode = results.some(({ code }) => code !== 0) ? 1 : 0

function run(
  command: readonly string[],
): Promise<{ code: number | null; output: string; elapsedMs: number }> {
  const startedAt = performance.now()
  const [program = '', ...args] = command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message, elapsedMs: 0 }))
    child.on('close', (code) => resolve({ code, output, elapsedMs: performance.now() - startedAt }))
  })
}
