import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { settingsAccess, valueText } from '../../settings-access.ts'

export const ls = (context: CliContext) =>
  defineCommand({
    name: 'ls',
    summary: 'List all settings, their values and where they come from',
    examples: ['asgard config ls', 'asgard config ls --changed', 'asgard config ls --plain'],
  })
    .option('--changed', "only values that are not the profile's")
    .action(async ({ changed }) => {
      const { output } = context
      const settings = await (await settingsAccess(context)).list()
      const shown =
        changed === true ? settings.filter((setting) => setting.origin !== 'profile') : settings
      output.result('config.ls', shown, () =>
        output.table(
          [
            { title: 'KEY' },
            { title: 'VALUE', canShrink: true },
            { title: 'FROM' },
            { title: 'MEANING', canShrink: true, isOptional: true },
          ],
          shown.map((setting) => [
            setting.key,
            valueText(setting.value),
            setting.origin,
            setting.description,
          ]),
        ),
      )
    })
