import { nearestName } from './nearest-name.ts'
import { badProfile } from './settings-file.ts'
import { isProfileName, type ProfileName } from './profiles.ts'
import { SETTING_KEYS, settingOfVariable, type SettingKey } from './setting-keys.ts'
import type { SettingsProblem } from './settings-error.ts'

/** Variables that say where things are or who runs us, and so are no settings. */
export const PROCESS_VARIABLES: Readonly<Record<string, string>> = {
  ASGARD_HOME: 'One directory for settings, data, state and socket, instead of the XDG directories',
  ASGARD_CONFIG: 'The settings file, when it is not config.toml in the settings directory',
  ASGARD_PROFILE: 'Which defaults apply: lan, wan or test',
  ASGARD_NETWORK: 'The network that commands are about, when it is not the current one',
  ASGARD_PASSPHRASE_FILE: 'A file whose first line unlocks the device key',
}

/** Values from an environment stand in process lists and logs: a secret must not come from there. */
const SECRETS: Readonly<Record<string, string>> = {
  ASGARD_PASSPHRASE: 'ASGARD_PASSPHRASE_FILE',
  ASGARD_TICKET: 'asgard join --ticket-file',
}

export interface EnvironmentSettings {
  readonly profile: ProfileName | undefined
  readonly values: ReadonlyMap<string, { readonly value: unknown; readonly where: string }>
  readonly problems: readonly SettingsProblem[]
}

export type Environment = Readonly<Record<string, string | undefined>>

export function readSettingsEnvironment(env: Environment): EnvironmentSettings {
  const values = new Map<string, { readonly value: unknown; readonly where: string }>()
  const problems: SettingsProblem[] = []
  let profile: ProfileName | undefined
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith('ASGARD_') || text === undefined) continue
    const setting = settingOfVariable(name)
    if (setting !== undefined) {
      values.set(setting.key, { value: valueFromText(setting, text), where: name })
    } else if (name === 'ASGARD_PROFILE') {
      if (isProfileName(text)) profile = text
      else problems.push(badProfile(name, text))
    } else if (Object.hasOwn(SECRETS, name)) {
      problems.push({
        code: 'SECRET_IN_ENVIRONMENT',
        where: name,
        key: undefined,
        message: `secrets are not taken from the environment; use ${SECRETS[name]}`,
        suggestion: undefined,
      })
    } else if (!Object.hasOwn(PROCESS_VARIABLES, name)) {
      problems.push({
        code: 'UNKNOWN_VARIABLE',
        where: name.slice(0, 100),
        key: undefined,
        message: 'unknown variable',
        suggestion: nearestName(name, VARIABLES),
      })
    }
  }
  return { profile, values, problems }
}

const VARIABLES: readonly string[] = [
  ...Object.keys(PROCESS_VARIABLES),
  ...SETTING_KEYS.map((setting) => setting.variable),
]

/**
 * What a person writes in a shell: `true`, `41641`, `a,b` for a list. Text that does not fit the type is
 * passed on as it is, so that the schema says what is wrong with it.
 */
export function valueFromText(setting: SettingKey, text: string): unknown {
  if (setting.isList) {
    const inner = /^\[(.*)\]$/s.exec(text.trim())?.[1] ?? text
    return inner
      .split(',')
      .map((item) => item.trim().replace(/^(["'])(.*)\1$/s, '$2'))
      .filter((item) => item !== '')
  }
  if (setting.schema.safeParse(text).success) return text
  if (text === 'true') return true
  if (text === 'false') return false
  if (/^-?\d{1,15}$/.test(text)) return Number(text)
  return text
}
