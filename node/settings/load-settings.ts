import type { z } from 'zod'
import { DEFAULT_PROFILE, isProfileName, profileSettings, type ProfileName } from './profiles.ts'
import { settings as schema, type Settings } from './schema.ts'
import { KEY_NAMES, SETTING_KEYS, settingOf } from './setting-keys.ts'
import { nearestName } from './nearest-name.ts'
import { readSettingsEnvironment, valueFromText, type Environment } from './settings-environment.ts'
import { badProfile, readSettingsFile, type FileSettings } from './settings-file.ts'
import { SettingsError, type SettingsProblem } from './settings-error.ts'

export type SettingOrigin = 'profile' | 'file' | 'env' | 'flag'

export interface LoadedSettings {
  readonly settings: Settings
  readonly profile: ProfileName
  /** Of a setting, or of `profile` itself. */
  readonly originOf: (key: string) => SettingOrigin
}

export interface SettingsSources {
  readonly file: string
  readonly env: Environment
  /** `key=value`, as `--set` takes them, and `--profile`. */
  readonly flags: readonly string[]
  readonly profile?: string | undefined
  readonly hostName: string
}

/** profile < file < ASGARD_* < flag. Throws `SettingsError` naming every problem and where it stands. */
export function loadSettings(sources: SettingsSources): LoadedSettings {
  return mergeSettings(sources, readSettingsFile(sources.file))
}

/** As `loadSettings`, with a file that was read already. */
export function mergeSettings(sources: SettingsSources, file: FileSettings): LoadedSettings {
  const environment = readSettingsEnvironment(sources.env)
  const problems: SettingsProblem[] = [...environment.problems]
  const layers = new Map<string, Layered>()
  const origins = new Map<string, SettingOrigin>()

  for (const [key, value] of file.values) {
    layers.set(key, { value, origin: 'file', where: `${sources.file}:${file.lineOf(key)}` })
  }
  for (const [key, { value, where }] of environment.values)
    layers.set(key, { value, origin: 'env', where })
  for (const flag of sources.flags) readFlag(flag, layers, problems)

  let profile = environment.profile ?? file.profile ?? DEFAULT_PROFILE
  if (file.profile !== undefined) origins.set('profile', 'file')
  if (environment.profile !== undefined) origins.set('profile', 'env')
  if (sources.profile !== undefined) {
    origins.set('profile', 'flag')
    if (isProfileName(sources.profile)) profile = sources.profile
    else problems.push(badProfile('--profile', sources.profile))
  }

  const settings = checked(profileSettings(profile, sources.hostName), layers, problems)
  return {
    settings,
    profile,
    originOf: (key) => origins.get(key) ?? layers.get(key)?.origin ?? 'profile',
  }
}

interface Layered {
  readonly value: unknown
  readonly origin: SettingOrigin
  readonly where: string
}

function readFlag(flag: string, layers: Map<string, Layered>, problems: SettingsProblem[]): void {
  const equals = flag.indexOf('=')
  const key = equals === -1 ? flag : flag.slice(0, equals)
  const setting = settingOf(key)
  if (equals === -1 || setting === undefined) {
    problems.push({
      code: setting === undefined ? 'UNKNOWN_KEY' : 'BAD_VALUE',
      where: '--set',
      key,
      message:
        setting === undefined
          ? `unknown key "${key.slice(0, 100)}"`
          : `"${key}" needs a value: ${key}=VALUE`,
      suggestion: setting === undefined ? nearestName(key, KEY_NAMES) : undefined,
    })
    return
  }
  layers.set(key, {
    value: valueFromText(setting, flag.slice(equals + 1)),
    origin: 'flag',
    where: `--set ${key}`,
  })
}

/** Each value is checked alone, so that every wrong one is named. */
function checked(
  base: Settings,
  layers: ReadonlyMap<string, Layered>,
  problems: SettingsProblem[],
): Settings {
  const merged: Record<string, Record<string, unknown>> = structuredClone(base)
  for (const { key, group, field, schema: valueSchema } of SETTING_KEYS) {
    const layered = layers.get(key)
    if (layered === undefined) continue
    const result = valueSchema.safeParse(layered.value)
    if (result.success) (merged[group] ??= {})[field] = result.data
    else problems.push(badValue(key, layered.where, result.error.issues[0]))
  }
  const [first, ...rest] = problems
  if (first !== undefined) throw new SettingsError([first, ...rest])
  return schema.parse(merged)
}

function badValue(
  key: string,
  where: string,
  issue: z.core.$ZodIssue | undefined,
): SettingsProblem {
  const path = issue?.path ?? []
  const element = path.findLast((part) => typeof part === 'number')
  const item = element === undefined ? '' : ` (item ${element + 1})`
  const message = (issue?.message ?? 'is not valid').replace(/^Invalid (input|option): /, '')
  return {
    code: 'BAD_VALUE',
    where,
    key,
    message: `${key}${item}: ${message}`,
    suggestion: undefined,
  }
}
