import type { Setting } from '../../../api/contract/mesh.ts'
import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { safeText } from '../../safe-text.ts'
import { settingsAccess, valueText } from '../../settings-access.ts'

export const set = (context: CliContext) =>
  defineCommand({
    name: 'set',
    summary: 'Change a setting in the settings file',
    examples: [
      'asgard config set log.level debug',
      'asgard config set listen.addresses 192.168.1.20,::1',
      'asgard config set discovery.mdns false',
    ],
    more: 'The value is checked before anything is written; comments in the file stay.',
  })
    .argument('<key>', 'as listed by: asgard config ls')
    .argument('<value>', 'lists with commas')
    .action(async (key, value) => {
      const { output } = context
      const access = await settingsAccess(context)
      const setting = await access.set(key, value)
      output.result(
        'config.set',
        setting,
        () => output.done(`${key} = ${safeText(valueText(setting.value))}`),
        overriddenBy(setting),
      )
      sayWhen(context, setting, access.isRunning)
    })

/** What is in the file may be overruled; then nothing changed, and somebody should hear it. */
export function overriddenBy(setting: Setting): { code: string; text: string }[] {
  if (setting.origin !== 'env' && setting.origin !== 'flag') return []
  const what = setting.origin === 'env' ? 'an ASGARD_* variable' : 'a flag of daemon run'
  return [
    { code: 'OVERRIDDEN', text: `${setting.key} was written, but ${what} overrules the file.` },
  ]
}

export function sayWhen(context: CliContext, setting: Setting, isRunning: boolean): void {
  const { output } = context
  if (!isRunning) output.next('asgard daemon start')
  else if (setting.needsRestart)
    output.next('asgard daemon restart     this setting is read at the start')
  else output.say('In force now.')
}
