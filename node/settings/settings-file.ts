import { readFileSync } from 'node:fs'
import { parse, TomlError } from 'smol-toml'
import { DEFAULT_PROFILE, isProfileName, PROFILE_NAMES, type ProfileName } from './profiles.ts'
import { KEY_NAMES, SETTING_KEYS, settingOf } from './setting-keys.ts'
import { nearestName } from './nearest-name.ts'
import { SettingsError, type SettingsProblem } from './settings-error.ts'
import { outlineToml, type TomlOutline } from './toml-entries.ts'

/** A settings file is written by hand; more than this is a mistake, and parsing it a waste. */
export const SETTINGS_FILE_MAX_BYTES = 256 * 1_024
const NESTING_MAX = 16

/** The settings that a file gives, by dotted key, each with its line. Values are checked later, with all layers. */
export interface FileSettings {
  readonly profile: ProfileName | undefined
  readonly values: ReadonlyMap<string, unknown>
  readonly lineOf: (key: string) => number
}

export const emptyFileSettings: FileSettings = {
  profile: undefined,
  values: new Map(),
  lineOf: () => 1,
}

/** Reads a settings file; a missing one is an empty one. */
export function readSettingsFile(path: string): FileSettings {
  const text = readSettingsText(path)
  return text === undefined ? emptyFileSettings : parseSettingsFile(text, path)
}

/** The text of a settings file, or undefined when there is none. */
export function readSettingsText(path: string): string | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    if (isMissing(cause)) return undefined
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw unreadable(path, `cannot be read: ${reason}`, cause)
  }
  if (bytes.length > SETTINGS_FILE_MAX_BYTES) {
    throw unreadable(path, `is larger than ${SETTINGS_FILE_MAX_BYTES / 1_024} KiB`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw unreadable(path, 'is not UTF-8 text', cause)
  }
}

export function parseSettingsFile(text: string, path: string): FileSettings {
  const table = parseToml(text, path)
  const outline = outlineToml(text)
  const lineOf = (key: string): number => lineIn(outline, key.split('.'))
  const values = new Map<string, unknown>()
  const problems: SettingsProblem[] = []
  let profile: ProfileName | undefined

  const unknown = (parts: readonly string[]): void => {
    const key = parts.join('.')
    problems.push({
      code: 'UNKNOWN_KEY',
      where: `${path}:${lineIn(outline, parts)}`,
      key,
      message: `unknown key "${key.slice(0, 100)}"`,
      suggestion: nearestName(key, parts.length === 1 ? GROUPS_AND_KEYS : KEY_NAMES),
    })
  }

  for (const [group, content] of Object.entries(table)) {
    if (group === 'profile') {
      if (typeof content === 'string' && isProfileName(content)) profile = content
      else problems.push(badProfile(`${path}:${lineOf('profile')}`, content))
    } else if (!GROUPS.includes(group)) {
      unknown([group])
    } else if (!isTable(content)) {
      problems.push({
        code: 'BAD_VALUE',
        where: `${path}:${lineOf(group)}`,
        key: group,
        message: `"${group}" is a group of settings: write [${group}] and its keys below`,
        suggestion: undefined,
      })
    } else {
      for (const [field, value] of Object.entries(content)) {
        if (settingOf(`${group}.${field}`) === undefined) unknown([group, field])
        else values.set(`${group}.${field}`, value)
      }
    }
  }
  const [first, ...rest] = problems
  if (first !== undefined) throw new SettingsError([first, ...rest])
  return { profile, values, lineOf }
}

export function badProfile(where: string, value: unknown): SettingsProblem {
  return {
    code: 'BAD_VALUE',
    where,
    key: 'profile',
    message: `profile must be one of ${PROFILE_NAMES.join(', ')} (${DEFAULT_PROFILE} when none is given)`,
    suggestion: typeof value === 'string' ? nearestName(value, PROFILE_NAMES) : undefined,
  }
}

const GROUPS: readonly string[] = [...new Set(SETTING_KEYS.map((setting) => setting.group))]
const GROUPS_AND_KEYS: readonly string[] = [...GROUPS, ...KEY_NAMES]

function parseToml(text: string, path: string): Record<string, unknown> {
  try {
    return parse(text, { maxDepth: NESTING_MAX })
  } catch (cause) {
    const where = cause instanceof TomlError ? `${path}:${cause.line}` : path
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new SettingsError(
      [
        {
          code: 'BAD_SYNTAX',
          where,
          key: undefined,
          message: reason.replace(/^Invalid TOML document: /, 'not TOML: '),
          suggestion: undefined,
        },
      ],
      { cause },
    )
  }
}

/** The line of a key, or of the nearest thing above it: a table that holds it, or an inline table. */
function lineIn(outline: TomlOutline, parts: readonly string[]): number {
  for (let length = parts.length; length > 0; length--) {
    const prefix = parts.slice(0, length)
    const isIt = (path: readonly string[]): boolean => prefix.every((part, i) => path[i] === part)
    const lines = [...outline.entries, ...outline.headers]
      .filter(({ path }) => isIt(path))
      .map(({ line }) => line)
    if (lines.length > 0) return Math.min(...lines)
  }
  return 1
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === null
    ? true
    : Object.prototype.toString.call(value) === '[object Object]'
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOENT' || error.code === 'ENOTDIR')
  )
}

function unreadable(path: string, message: string, cause?: unknown): SettingsError {
  return new SettingsError(
    [{ code: 'UNREADABLE', where: path, key: undefined, message, suggestion: undefined }],
    { cause },
  )
}
