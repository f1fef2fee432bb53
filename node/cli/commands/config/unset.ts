import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { safeText } from '../../safe-text.ts'
import { settingsAccess, valueText } from '../../settings-access.ts'
import { sayWhen } from './set.ts'

export const unset = (context: CliContext) =>
  defineCommand({
    name: 'unset',
    summary: 'Take a setting out of the settings file',
    examples: ['asgard config unset log.level', 'asgard config ls --changed'],
  })
    .argument('<key>', 'as listed by: asgard config ls')
    .action(async (key) => {
      const { output } = context
      const access = await settingsAccess(context)
      const setting = await access.unset(key)
      output.result('config.unset', setting, () =>
        output.done(`${key} = ${safeText(valueText(setting.value))}, from the ${setting.origin}`),
      )
      sayWhen(context, setting, access.isRunning)
    })
