/**
 * Breaks one line after another in a copy of the tree and demands that the tests notice: `npm run mutants`, or
 * `npm run mutants -- WORD` for those whose name or file holds WORD. Fails when a mutant survives, when its line is
 * gone, and when the tests fail without any mutant.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { gateMutants } from './mutants/gate-mutants.ts'
import { mutated, type Mutant } from './mutants/mutant.ts'
import { replicaMutants } from './mutants/replica-mutants.ts'
import { joinMutants, trustMutants } from './mutants/trust-mutants.ts'

interface VitestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

const word = process.argv[2] ?? ''
const mutants = [...trustMutants, ...joinMutants, ...gateMutants, ...replicaMutants].filter(
  ({ name, file }) => name.includes(word) || file.includes(word),
)
mkdirSync('.cache', { recursive: true })
const copy = mkdtempSync(resolve('.cache/mutants-'))
let failures = 0
try {
  copyTree()
  const tests = [...new Set(mutants.flatMap((mutant) => mutant.tests))]
  const sound = run(tests, false)
  if (sound.isPassed) for (const mutant of mutants) judge(mutant)
  else
    fail(
      'no mutant',
      `the tests fail anyway: ${sound.failed.slice(0, 3).join('; ') || sound.output}`,
    )
} finally {
  rmSync(copy, { recursive: true })
}
console.log(`\n${mutants.length} mutants, ${failures} failures`)
process.exitCode = failures === 0 && mutants.length > 0 ? 0 : 1

function judge(mutant: Mutant): void {
  const path = join(copy, mutant.file)
  if (!existsSync(path)) return fail(mutant.name, `${mutant.file} is not there any more`)
  const source = readFileSync(path, 'utf8')
  const result = mutated(source, mutant)
  if ('problem' in result) return fail(mutant.name, `${mutant.file}: ${result.problem}`)
  writeFileSync(path, result.text)
  const startedAt = performance.now()
  const { failed, isPassed, output } = run(mutant.tests, true)
  writeFileSync(path, source)
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
  if (isPassed) return fail(mutant.name, `SURVIVED ${mutant.tests.join(' ')} (${seconds} s)`)
  // A break that does not even load proves nothing about the tests.
  if (failed.length === 0) return fail(mutant.name, `no test failed, but the run did: ${output}`)
  console.log(`✓ ${mutant.name} (${seconds} s): ${failed[0]}`)
}

function fail(name: string, reason: string): void {
  failures += 1
  console.log(`✗ ${name}: ${reason}`)
}

function run(
  tests: readonly string[],
  bails: boolean,
): { isPassed: boolean; failed: readonly string[]; output: string } {
  const present = tests.filter((test) => existsSync(join(copy, test)))
  const file = join(copy, 'report.json')
  rmSync(file, { force: true })
  const args = [
    'run',
    '--config=tests/vitest.config.ts',
    ...present,
    '--reporter=json',
    // A slow machine is no caught mutant: only a wrong answer is.
    '--testTimeout=120000',
    `--outputFile=${file}`,
    ...(bails ? ['--bail=1'] : []),
  ]
  const { status, stdout, stderr } = spawnSync('vitest', args, {
    cwd: copy,
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, CI: 'true' },
  })
  const report = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport)
    : { testResults: [] }
  const failed = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter((result) => result.status === 'failed')
    .map(({ fullName }) => fullName)
  return {
    isPassed: status === 0 && present.length > 0,
    failed,
    output: `${stdout}${stderr}`.trim().slice(-400),
  }
}

/** The working tree stays as it is: others may be reading it. */
function copyTree(): void {
  for (const name of [
    'proto',
    'protocols',
    'src',
    'node',
    'tests',
    'package.json',
    'tsconfig.json',
  ]) {
    cpSync(name, join(copy, name), { recursive: true })
  }
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'))
}
