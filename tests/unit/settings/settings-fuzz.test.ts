import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSettings } from '../../../node/settings/load-settings.ts'
import { KEY_NAMES, SETTING_KEYS } from '../../../node/settings/setting-keys.ts'
import { parseSettingsFile } from '../../../node/settings/settings-file.ts'
import { SettingsError } from '../../../node/settings/settings-error.ts'

const RUNS = 10_000
const INPUT_HEAP_MAX_BYTES = 64 * 1_024 * 1_024

const word = fc.oneof(
  fc.constantFrom(...KEY_NAMES, ...KEY_NAMES.flatMap((key) => key.split('.'))),
  fc.constantFrom('__proto__', 'constructor', 'toString', '""', "''", 'a.b.c'),
  fc.string({ maxLength: 8 }),
)
const value = fc.oneof(
  fc.integer().map(String),
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => JSON.stringify(text)),
  fc.constantFrom(
    'true',
    'false',
    '[]',
    '["::1"]',
    '{}',
    '{port=1}',
    'nan',
    'inf',
    '1979-05-27T07:32:00Z',
    '0x7f',
    '9223372036854775807',
    '99999999999999999999',
    '"""',
    "'''",
    '[[',
    '[1, "a", [2]]',
    '1e400',
    '"\\u0000"',
    '"\\ud800"',
  ),
  fc.string({ maxLength: 10 }),
)
const line = fc.oneof(
  fc.tuple(word, value).map(([key, text]) => `${key} = ${text}`),
  word.map((group) => `[${group}]`),
  word.map((group) => `[[${group}]]`),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const text = fc.oneof(
  fc.array(line, { maxLength: 15 }).map((lines) => lines.join('\n')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.nat(400).map((depth) => `a = ${'['.repeat(depth)}`),
)

function outcomeOf(work: () => unknown): string {
  try {
    work()
    return 'ok'
  } catch (error) {
    if (error instanceof SettingsError) {
      expect(error.problems.length).toBeGreaterThan(0)
      return error.code
    }
    throw error
  }
}

const sources = { file: 'config.toml', env: {}, flags: [], hostName: 'ana' }

describe('any settings file', () => {
  it(`is taken or refused by code, never with a crash (${RUNS} inputs)`, () => {
    const outcomes = new Set<string>()
    const before = process.memoryUsage().heapUsed
    fc.assert(
      fc.property(text, (input) => {
        outcomes.add(
          outcomeOf(() => mergeSettings(sources, parseSettingsFile(input, 'config.toml'))),
        )
      }),
      { numRuns: RUNS },
    )
    expect(outcomes).toEqual(new Set(['ok', 'BAD_SYNTAX', 'UNKNOWN_KEY', 'BAD_VALUE']))
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(INPUT_HEAP_MAX_BYTES)
    expect(Object.keys(Object.prototype)).toEqual([])
  })

  it(`and any variables are (${RUNS} inputs)`, () => {
    const name = fc.oneof(
      fc.constantFrom(...SETTING_KEYS.map(({ variable }) => variable)),
      fc.string({ maxLength: 12 }).map((tail) => `ASGARD_${tail}`),
    )
    fc.assert(
      fc.property(
        fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 30 }), { maxKeys: 4 }),
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 2 }),
        (env, flags) => {
          outcomeOf(() =>
            mergeSettings({ ...sources, env, flags }, parseSettingsFile('', 'config.toml')),
          )
        },
      ),
      { numRuns: RUNS },
    )
  })
})
