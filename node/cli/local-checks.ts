import { lstatSync, statfsSync } from 'node:fs'
import type { z } from 'zod'
import type { check } from '../api/contract/mesh.ts'
import { SettingsError } from '../settings/settings-error.ts'
import type { CliContext } from './cli-context.ts'
import { bytesText } from './format.ts'
import { openSettings } from './settings-access.ts'

type Check = z.infer<typeof check>

const NODE_MIN = [22, 15] as const
const DISK_MIN_BYTES = 200 * 1_000 * 1_000

/** What can be looked at without a running node. */
export async function localChecks(context: CliContext): Promise<readonly Check[]> {
  return [
    runtimeCheck(),
    ...(await settingsChecks(context)),
    ...privacyChecks(context),
    ...diskChecks(context),
  ]
}

function runtimeCheck(): Check {
  const { node } = process.versions
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const isNewEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1])
  return isNewEnough
    ? { id: 'runtime', outcome: 'ok', text: `Node.js ${node}` }
    : {
        id: 'runtime',
        outcome: 'failed',
        text: `Node.js ${node} is too old`,
        fix: `install Node.js ${NODE_MIN.join('.')} or newer`,
      }
}

async function settingsChecks(context: CliContext): Promise<readonly Check[]> {
  try {
    const store = await openSettings(context)
    return [{ id: 'settings', outcome: 'ok', text: `${store.file}, profile ${store.profile}` }]
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return error.problems.map((problem) => ({
      id: 'settings',
      outcome: 'failed',
      text: `${problem.where}: ${problem.message}`,
      fix:
        problem.suggestion === undefined ? 'asgard config check' : `write "${problem.suggestion}"`,
    }))
  }
}

/** Keys are in these directories: nobody else may look in. */
function privacyChecks({ paths }: CliContext): readonly Check[] {
  return [paths.data, paths.state].flatMap((directory): Check[] => {
    const stat = lstatSync(directory, { throwIfNoEntry: false })
    if (stat === undefined) return []
    const isPrivate = (stat.mode & 0o077) === 0
    return isPrivate
      ? [{ id: 'privacy', outcome: 'ok', text: `${directory} is yours only` }]
      : [
          {
            id: 'privacy',
            outcome: 'failed',
            text: `others may read ${directory}`,
            fix: `chmod 700 ${directory}`,
          },
        ]
  })
}

function diskChecks({ paths }: CliContext): readonly Check[] {
  if (lstatSync(paths.data, { throwIfNoEntry: false }) === undefined) return []
  const { bavail, bsize } = statfsSync(paths.data)
  const free = bavail * bsize
  return free >= DISK_MIN_BYTES
    ? [{ id: 'disk', outcome: 'ok', text: `${bytesText(free)}B free` }]
    : [
        {
          id: 'disk',
          outcome: 'warning',
          text: `only ${bytesText(free)}B free`,
          fix: `make room on the disk of ${paths.data}`,
        },
      ]
}
