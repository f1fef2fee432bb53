/**
 * Bundles the program into `dist/`, so that it starts fast and installs without its hundred libraries.
 * `--if-stale` does nothing when no input changed since the last build.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { bundleProgram } from './build/bundle.ts'
import { inputsDigest } from './build/inputs-digest.ts'
import { launcherSource } from './build/launcher.ts'
import { emitLibraryTypes } from './build/library-types.ts'
import { thirdPartyLicenses } from './build/third-party-licenses.ts'

const output = 'dist'
const digestFile = '.cache/dist.sha256'

const digest = inputsDigest()
const isFresh =
  existsSync(`${output}/asgard.js`) &&
  existsSync(digestFile) &&
  readFileSync(digestFile, 'utf8') === digest
if (!(process.argv.includes('--if-stale') && isFresh)) await build()

/** Built beside and then swapped in, so that a failed build leaves the last good one. */
async function build(): Promise<void> {
  const startedAt = performance.now()
  const fresh = `.cache/dist-${process.pid}`
  mkdirSync(fresh, { recursive: true })
  try {
    const { packages } = await bundleProgram(fresh)
    writeFileSync(`${fresh}/asgard.js`, launcherSource(), { mode: 0o755 })
    writeFileSync(`${fresh}/THIRD_PARTY_LICENSES.txt`, thirdPartyLicenses(packages))
    emitLibraryTypes(fresh)
    rmSync(output, { recursive: true, force: true })
    renameSync(fresh, output)
    writeFileSync(digestFile, digest)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  // stdout is for data: `npm pack --json` runs this script and must stay readable.
  console.error(`built ${output}/ in ${Math.round(performance.now() - startedAt)} ms`)
}
