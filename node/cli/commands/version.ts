import type { Status } from '../../api/contract/mesh.ts'
import type { CliContext } from '../cli-context.ts'
import { isNotRunning } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { programVersion } from '../program-version.ts'
import { renderPairs } from '../table.ts'
import { safeText } from '../safe-text.ts'

export const version = (context: CliContext) =>
  defineCommand({
    name: 'version',
    summary: 'Versions of the program and of the running node',
    examples: ['asgard version', 'asgard version --json', 'asgard --version'],
  }).action(async () => {
    const { output } = context
    const node = await nodeVersion(context)
    const data = {
      program: programVersion,
      node,
      runtime: process.versions.node,
      platform: `${process.platform}/${process.arch}`,
    }
    const warnings =
      node === null || node === programVersion
        ? []
        : [
            {
              code: 'VERSION_SKEW',
              text: 'The running node has another version than this program. Restart it: asgard daemon restart',
            },
          ]
    output.result(
      'version',
      data,
      () =>
        output.raw(
          renderPairs([
            ['asgard', data.program],
            ['node', data.node === null ? 'not running' : safeText(data.node, 80)],
            ['Node.js', data.runtime],
            ['platform', data.platform],
          ]),
        ),
      warnings,
    )
  })

async function nodeVersion(context: CliContext): Promise<string | null> {
  try {
    return (await context.client.get<Status>(apiPath`status`)).version
  } catch (error) {
    if (isNotRunning(error)) return null
    throw error
  }
}
