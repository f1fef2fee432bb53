import type { z } from 'zod'
import { settings } from './schema.ts'

/** One setting by its dotted key, with what an editor, an environment reader and a help text need. */
export interface SettingKey {
  readonly key: string
  readonly group: string
  readonly field: string
  /** `ASGARD_LISTEN_PORT` for `listen.port`. */
  readonly variable: string
  readonly description: string
  readonly schema: z.ZodType
  readonly isList: boolean
  readonly needsRestart: boolean
}

/** What a running node takes over at once; everything else is read when it starts. */
const LIVE: ReadonlySet<string> = new Set(['log.level'])

const groups = settings.def.innerType.shape

export const SETTING_KEYS: readonly SettingKey[] = Object.entries(groups).flatMap(
  ([group, schema]) =>
    Object.entries<z.ZodType>(schema.shape).map(([field, value]) => {
      const key = `${group}.${field}`
      return {
        key,
        group,
        field,
        variable: variableOf(group, field),
        description: value.description ?? '',
        schema: value,
        isList: value.type === 'array',
        needsRestart: !LIVE.has(key),
      }
    }),
)

const byKey: ReadonlyMap<string, SettingKey> = new Map(
  SETTING_KEYS.map((setting) => [setting.key, setting]),
)
const byVariable: ReadonlyMap<string, SettingKey> = new Map(
  SETTING_KEYS.map((setting) => [setting.variable, setting]),
)

export const settingOf = (key: string): SettingKey | undefined => byKey.get(key)
export const settingOfVariable = (variable: string): SettingKey | undefined =>
  byVariable.get(variable)

/** Keys in the order of the schema; `profile` is the one key outside the groups. */
export const KEY_NAMES: readonly string[] = [
  'profile',
  ...SETTING_KEYS.map((setting) => setting.key),
]

function variableOf(group: string, field: string): string {
  return `ASGARD_${group}_${field.replace(/([A-Z])/g, '_$1')}`.toUpperCase()
}
