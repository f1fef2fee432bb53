import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { stringify } from 'smol-toml'
import { parseSettingsFile } from './settings-file.ts'
import { SettingsError } from './settings-error.ts'
import { outlineToml, type TomlEntry } from './toml-entries.ts'

/**
 * The text with `key` set to `value` (undefined: taken out). Only that key's line changes, so that comments
 * and order stay as the person wrote them; the result is parsed again and must say exactly what was asked.
 */
export function editSettingsText(text: string, key: string, value: unknown, path: string): string {
  const edited = value === undefined ? withoutKey(text, key, path) : withKey(text, key, value, path)
  const before = parseSettingsFile(text, path)
  const after = parseSettingsFile(edited, path)
  const expected = new Map<string, unknown>(before.values)
  if (before.profile !== undefined) expected.set('profile', before.profile)
  if (value === undefined) expected.delete(key)
  else expected.set(key, value)
  const found = new Map<string, unknown>(after.values)
  if (after.profile !== undefined) found.set('profile', after.profile)
  if (!isDeepStrictEqual(expected, found)) throw notEditable(path, key, 1)
  return edited
}

/** Writes the file anew beside the old one and renames it: a reader sees the old or the new text, never half. */
export function writeSettingsFile(path: string, text: string): void {
  const target = realPath(path)
  mkdirSync(dirname(target), { recursive: true, mode: 0o700 })
  const mode = modeOf(target) ?? 0o600
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = openSync(temporary, 'wx', mode)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function withKey(text: string, key: string, value: unknown, path: string): string {
  const [group = '', field] = key.split('.')
  const { entries, headers } = outlineToml(text)
  const existing = entries.find((entry) => entry.path.join('.') === key)
  if (existing !== undefined) {
    return text.slice(0, existing.valueStart) + tomlValue(value) + text.slice(existing.valueEnd)
  }
  if (field === undefined) return `${group} = ${tomlValue(value)}\n${text}`
  refuseInlineTable(entries, group, key, path)

  const line = `${field} = ${tomlValue(value)}\n`
  const header = headers.find((candidate) => candidate.path.join('.') === group)
  if (header === undefined) {
    // `listen.port = …` without a header: a [listen] further down would define the table twice.
    const dotted = entries.findLast((entry) => entry.path.length === 2 && entry.path[0] === group)
    if (dotted !== undefined) return insertedAt(text, dotted.end, `${group}.${line}`)
    const separator = text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n'
    return `${text}${separator}[${group}]\n${line}`
  }
  const last = entries.findLast(
    (entry) => entry.path.length === 2 && entry.path[0] === group && entry.start >= header.end,
  )
  return insertedAt(text, last?.end ?? header.end, line)
}

function insertedAt(text: string, at: number, line: string): string {
  const before = text.slice(0, at)
  return `${before}${before.endsWith('\n') ? '' : '\n'}${line}${text.slice(at)}`
}

function withoutKey(text: string, key: string, path: string): string {
  const { entries } = outlineToml(text)
  const existing = entries.find((entry) => entry.path.join('.') === key)
  if (existing !== undefined) return text.slice(0, existing.start) + text.slice(existing.end)
  refuseInlineTable(entries, key.split('.')[0] ?? '', key, path)
  return text
}

function refuseInlineTable(
  entries: readonly TomlEntry[],
  group: string,
  key: string,
  path: string,
): void {
  const inline = entries.find((entry) => entry.path.length === 1 && entry.path[0] === group)
  if (inline !== undefined) throw notEditable(path, key, inline.line)
}

function notEditable(path: string, key: string, line: number): SettingsError {
  return new SettingsError([
    {
      code: 'NOT_EDITABLE',
      where: `${path}:${line}`,
      key,
      message: `"${key}" cannot be changed automatically as this file is written; edit it by hand`,
      suggestion: undefined,
    },
  ])
}

/** One value as TOML writes it. */
function tomlValue(value: unknown): string {
  return stringify({ value })
    .trim()
    .replace(/^value = /, '')
}

/** A settings file is often a link into a repository of dot files: the link must stay. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode
}
