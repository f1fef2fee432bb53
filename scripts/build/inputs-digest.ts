import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

const inputs = [
  'proto',
  'protocols',
  'src',
  'node',
  'web-ui',
  'scripts/build',
  'scripts/build.ts',
  'scripts/build-ui.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** One hash over everything a build reads. By content: a checkout changes times without changing files. */
export function inputsDigest(): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap(filesUnder).sort()) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
