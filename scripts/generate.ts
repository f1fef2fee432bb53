/**
 * Compiles every `proto/*.proto` to `proto/gen/*.js` and `*.d.ts`.
 * Protons emits enums and namespaces, which Node's type stripping refuses, hence the second step through tsc.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'

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
// Messages take any bytes; the narrower type that protons writes would force a copy of each field.
for (const name of readdirSync(output).filter((file) => file.endsWith('.d.ts'))) {
  const types = readFileSync(`${output}/${name}`, 'utf8')
  writeFileSync(`${output}/${name}`, types.replaceAll('Uint8Array<ArrayBuffer>', 'Uint8Array'))
}
rmSync(work, { recursive: true })
