import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { safeText } from '../../safe-text.ts'
import { settingsAccess, valueText } from '../../settings-access.ts'

export const get = (context: CliContext) =>
  defineCommand({
    name: 'get',
    summary: 'Print the value of a setting',
    examples: [
      'asgard config get listen.port',
      'asgard config get log.level --json | jq .data.origin',
    ],
  })
    .argument('<key>', 'as listed by: asgard config ls')
    .action(async (key) => {
      const { output } = context
      const setting = await (await settingsAccess(context)).get(key)
      output.result('config.get', setting, () => output.line(safeText(valueText(setting.value))))
      output.detail(`from the ${setting.origin}: ${setting.description}`)
    })
