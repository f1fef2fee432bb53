/**
 * Everything, in the order in which a failure is cheapest to learn of: `npm test`, or `npm test -- SUITE…`.
 * What a machine lacks is named loudly and skipped; the last line counts.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { missingForBrowser, missingForNetwork } from '../tests/support/machine.ts'

interface Suite {
  readonly name: string
  readonly paths: readonly string[]
  /** What this machine lacks for it, in words that say how to get it. */
  readonly missing?: () => string | undefined
  /** One file at a time: what is timed or owns the machine's network must not share the cores. */
  readonly isSerial?: boolean
}

const named: readonly Suite[] = [
  { name: 'simulation', paths: ['tests/simulation'] },
  { name: 'hostile', paths: ['tests/hostile'] },
  { name: 'integration', paths: ['tests/integration'] },
  { name: 'crash', paths: ['tests/crash'] },
  { name: 'program', paths: ['tests/docs.test.ts', 'tests/package.test.ts'], isSerial: true },
  { name: 'network', paths: ['tests/network'], missing: missingForNetwork, isSerial: true },
  { name: 'browser', paths: ['tests/browser'], missing: missingForBrowser, isSerial: true },
]
/** Whatever is not named above, so that no folder is ever forgotten. */
const others = readdirSync('tests')
  .map((name) => `tests/${name}`)
  .filter((path) => !['tests/support', 'tests/fixtures'].includes(path))
  .filter((path) => !named.some(({ paths }) => paths.includes(path)))
const suites: readonly Suite[] = [{ name: 'unit', paths: others }, ...named]

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly name: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

let passed = 0
let failed = 0
const skipped: string[] = []
/** Named once more at the end: of a long run, only that may be kept. */
const broken: string[] = []
const wanted = process.argv.slice(2)
const results = '.cache/test'
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

if (wanted.length === 0) {
  countStep('check', ['node', 'scripts/check.ts'])
}
countStep('build', ['node', 'scripts/build.ts', '--if-stale'])
for (const suite of suites) if (wanted.length === 0 || wanted.includes(suite.name)) runSuite(suite)

for (const line of broken) console.log(`\n!!! FAILED ${line}`)
for (const line of skipped) console.log(`\n!!! SKIPPED ${line}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function runSuite({ name, paths, missing, isSerial }: Suite): void {
  const present = paths.filter((path) => existsSync(path))
  if (present.length === 0) return
  const lack = missing?.()
  if (lack !== undefined) {
    skipped.push(`${name}: ${lack}`)
    return
  }
  const file = `${results}/${name}.json`
  const ok = step(name, [
    'vitest',
    'run',
    '--config=tests/vitest.config.ts',
    ...present,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...(isSerial === true ? ['--no-file-parallelism'] : []),
  ])
  if (!existsSync(file)) {
    broken.push(`${name}: it ended without a report`)
    return count(0, 1)
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  // A file that does not load has no tests to fail; neither has an error outside of any test.
  const unread = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  )
  for (const result of unread) broken.push(`${name}: ${result.name} does not load`)
  for (const result of report.testResults.flatMap(({ assertionResults }) => assertionResults))
    if (result.status === 'failed') broken.push(`${name}: ${result.fullName}`)
  const failures = report.numFailedTests + unread.length
  if (!ok && failures === 0) broken.push(`${name}: an error outside of any test`)
  const total = report.numPassedTests + (ok ? failures : Math.max(failures, 1))
  count(report.numPassedTests, total)
  if (report.numPendingTests > 0)
    skipped.push(`${name}: ${report.numPendingTests} tests skip themselves`)
}

function countStep(name: string, command: readonly string[]): void {
  const ok = step(name, command)
  if (!ok) broken.push(name)
  count(ok ? 1 : 0, 1)
}

function step(name: string, [program = '', ...args]: readonly string[]): boolean {
  const startedAt = performance.now()
  console.log(`\n=== ${name}`)
  const { status } = spawnSync(program, args, {
    stdio: 'inherit',
    env: { ...process.env, CI: 'true' },
  })
  console.log(
    `=== ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${Math.round((performance.now() - startedAt) / 1_000)} s`,
  )
  return status === 0
}

function count(passes: number, total: number): void {
  passed += passes
  failed += total - passes
}
