/**
 * Compiles every `proto/*.proto` to `proto/gen/*.js` and `*.d.ts`.
 * Protons emits enums and namespaces, which Node's type stripping refuses, hence the second step through tsc.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'

const output = 'proto/gen'

mkdirSync('.cache', { recursive: true })
const work = mkdtempSync('.cache/proto-')
const schemas = readdirSync('proto')
  .filter((name) => name.endsWith('.proto'))
  .sort()
execFileSync('protons', ['--output', work, ...schemas.map((name) => `proto/${name}`)], {
  stdio: 'inherit',
})
const sources = schemas.map((name) => `${work}/${name.replace(/\.proto$/, '.ts')}`)
execFileSync(
  'tsc',
  [
    '--ignoreConfig',
    '--target',
    'es2024',
    '--module',
    'nodenext',
    '--strict',
    '--skipLibCheck',
    '--declaration',
    '--types',
    'node',
    '--rootDir',
    work,
    '--outDir',
    output,
    ...sources,
  ],
  { stdio: 'inherit' },
)
rmSync(work, { recursive: true })
