import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { renderPairs } from '../../table.ts'
import { safeText } from '../../safe-text.ts'

export const path = (context: CliContext) =>
  defineCommand({
    name: 'path',
    summary: 'Where settings, data, log and socket are',
    examples: ['asgard config path', '$EDITOR "$(asgard config path --plain | head -1)"'],
  }).action(async () => {
    const { output, paths } = context
    const data = {
      settings: paths.settingsFile,
      data: paths.data,
      state: paths.state,
      log: paths.logFile,
      socket: paths.socket,
    }
    output.result('config.path', data, () => {
      if (output.isPlain) for (const file of Object.values(data)) output.line(safeText(file))
      else
        output.raw(
          renderPairs(
            Object.entries(data).map(([label, file]) => [label, safeText(file)] as const),
          ),
        )
    })
  })
