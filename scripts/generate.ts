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
// protons-runtime 7.1 writes 2^31 to 2^32 - 1 wrongly as uint64; as uint32 the varint is the same, and right.
const writeUint64 = `
function writeUint64(writer, value) {
    return value < 0x100000000n ? writer.uint32(Number(value)) : writer.uint64(value);
}
`
for (const name of readdirSync(output).filter((file) => file.endsWith('.js'))) {
  const code = readFileSync(`${output}/${name}`, 'utf8')
  const cured = code.replaceAll('w.uint64(', 'writeUint64(w, ')
  if (cured !== code) writeFileSync(`${output}/${name}`, cured + writeUint64.slice(1))
}
rmSync(work, { recursive: true })
