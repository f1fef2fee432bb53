import { readFileSync } from 'node:fs'

const PARENTS_MAX = 5

/** From the package.json above us; how far above depends on whether we are bundled. */
export const programVersion: string = readVersion()

function readVersion(): string {
  let directory = new URL('.', import.meta.url)
  for (let parent = 0; parent < PARENTS_MAX; parent++) {
    try {
      const { name, version } = JSON.parse(
        readFileSync(new URL('package.json', directory), 'utf8'),
      ) as { name?: unknown; version?: unknown }
      if (name === 'asgard' && typeof version === 'string') return version
    } catch {
      // Not here; perhaps further up.
    }
    directory = new URL('..', directory)
  }
  return 'unknown'
}
