import type { SettingsProblem } from '../../../settings/settings-error.ts'
import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { EXIT } from '../../exit-codes.ts'
import { safeText } from '../../safe-text.ts'
import { openSettings } from '../../settings-access.ts'

export const check = (context: CliContext) =>
  defineCommand({
    name: 'check',
    summary: 'Check the settings file and the ASGARD_* variables; code 8 when something is wrong',
    examples: ['asgard config check', 'ASGARD_CONFIG=new.toml asgard config check'],
  }).action(async () => {
    const { output, paths } = context
    const problems = await problemsOf(context)
    output.result('config.check', { file: paths.settingsFile, problems }, () => {
      for (const problem of problems) {
        const meant =
          problem.suggestion === undefined
            ? ''
            : `  (did you mean "${safeText(problem.suggestion, 80)}"?)`
        output.line(
          `${output.paint('red', output.mark('✗', 'x'))} ${safeText(problem.where, 500)}: ${safeText(problem.message, 500)}${meant}`,
        )
      }
      if (problems.length === 0) output.done('The settings are fine')
    })
    if (problems.length > 0) context.endWith(EXIT.findings)
  })

async function problemsOf(context: CliContext): Promise<readonly SettingsProblem[]> {
  const { SettingsError } = await import('../../../settings/settings-error.ts')
  try {
    await openSettings(context)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}
