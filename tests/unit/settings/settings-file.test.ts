import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  parseSettingsFile,
  readSettingsFile,
  SETTINGS_FILE_MAX_BYTES,
} from '../../../node/settings/settings-file.ts'
import { SettingsError } from '../../../node/settings/settings-error.ts'

const directory = mkdtempSync(join(tmpdir(), 'asgard-settings-'))
afterAll(() => rmSync(directory, { recursive: true }))

function problemsOf(text: string): readonly string[] {
  try {
    parseSettingsFile(text, 'config.toml')
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n')
    throw error
  }
}

describe('a settings file', () => {
  it('gives values by dotted key, each with its line', () => {
    const text =
      '# ours\nprofile = "wan"\n\n[listen]\n# two\naddresses = [\n  "::1", # here\n]\nport = 1\n\n[log]\nlevel = "warn"\n'
    const file = parseSettingsFile(text, 'config.toml')
    expect(file.profile).toBe('wan')
    expect([...file.values]).toEqual([
      ['listen.addresses', ['::1']],
      ['listen.port', 1],
      ['log.level', 'warn'],
    ])
    expect(
      ['profile', 'listen', 'listen.addresses', 'listen.port', 'log.level'].map(file.lineOf),
    ).toEqual([2, 4, 6, 9, 12])
  })

  it('may be written with dotted keys, quoted keys and inline tables', () => {
    const file = parseSettingsFile(
      'log.level = "warn"\n"listen".\'port\' = 1\nreach = { relay = false }\n',
      'config.toml',
    )
    expect([...file.values.keys()].sort()).toEqual(['listen.port', 'log.level', 'reach.relay'])
    expect(['log.level', 'listen.port', 'reach.relay'].map(file.lineOf)).toEqual([1, 2, 3])
  })

  it.each([
    [
      '[listen]\nport = 1\nprot = 2\n',
      'config.toml:3: unknown key "listen.prot" (did you mean "listen.port"?)',
    ],
    ['[lisen]\nport = 1\n', 'config.toml:1: unknown key "lisen" (did you mean "listen"?)'],
    ['levle = "warn"', 'config.toml:1: unknown key "levle"'],
    ['[log.level]\nx = 1\n', undefined],
    [
      '\nlisten = 3\n',
      'config.toml:2: "listen" is a group of settings: write [listen] and its keys below',
    ],
    [
      'profile = "wann"',
      'config.toml:1: profile must be one of lan, wan, test (lan when none is given) (did you mean "wan"?)',
    ],
    [
      'profile = 3',
      'config.toml:1: profile must be one of lan, wan, test (lan when none is given)',
    ],
    ['\n\n[listen]\nport = \n', 'config.toml:4:'],
    ['[listen]\nport = 1\nport = 2\n', 'config.toml:3:'],
    ['[[listen]]\nport = 1\n', 'config.toml:1: "listen" is a group of settings'],
    ['__proto__ = 1\nconstructor = 2\n', 'unknown key "__proto__"'],
  ])('%j: %s', (text, problem) => {
    if (problem === undefined) expect(problemsOf(text)).toEqual([])
    else expect(problemsOf(text)[0]).toContain(problem)
  })

  it('names every problem at once', () => {
    expect(problemsOf('[listen]\nprot = 1\n[log]\nlvel = 2\n[xyz]\n')).toHaveLength(3)
  })

  it('that is missing is empty; one that is unreadable, huge or no text is an error', () => {
    expect(readSettingsFile(join(directory, 'none.toml')).values.size).toBe(0)
    const codeOf = (path: string): unknown => {
      try {
        return readSettingsFile(path)
      } catch (error) {
        return error instanceof SettingsError ? error.code : error
      }
    }
    expect(codeOf(directory)).toBe('UNREADABLE')
    writeFileSync(join(directory, 'huge.toml'), '#'.repeat(SETTINGS_FILE_MAX_BYTES + 1))
    expect(codeOf(join(directory, 'huge.toml'))).toBe('UNREADABLE')
    writeFileSync(join(directory, 'binary.toml'), Uint8Array.of(0xff, 0xfe, 0x00))
    expect(codeOf(join(directory, 'binary.toml'))).toBe('UNREADABLE')
  })
})
