import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { editSettingsText, writeSettingsFile } from '../../../node/settings/edit-settings-file.ts'
import { SettingsError } from '../../../node/settings/settings-error.ts'

const edit = (text: string, key: string, value: unknown): string =>
  editSettingsText(text, key, value, 'config.toml')

const FILE = `# My settings
profile = "wan"   # far away

[listen]  # where
  port = 1 # one
addresses = [
  "::1", # six
  "127.0.0.1",
]

# how much
[log]
level = "warn"
`

describe('editing a settings file', () => {
  it('changes one value and nothing else', () => {
    expect(edit(FILE, 'listen.port', 41_641)).toBe(FILE.replace('port = 1 #', 'port = 41641 #'))
    expect(edit(FILE, 'profile', 'lan')).toBe(FILE.replace('"wan"   #', '"lan"   #'))
    expect(edit(FILE, 'listen.addresses', ['0.0.0.0'])).toBe(
      FILE.replace(/\[\n {2}"::1"[^\]]*\]/, '[ "0.0.0.0" ]'),
    )
    expect(edit(FILE, 'log.level', 'a "b" \\ c')).toContain('level = "a \\"b\\" \\\\ c"\n')
  })

  it('adds a key to its group, and the group when there is none', () => {
    expect(edit('[log]\nlevel = "warn"\n\n[api]\nport = 1\n', 'log.format', 'text')).toBe(
      '[log]\nlevel = "warn"\nformat = "text"\n\n[api]\nport = 1\n',
    )
    expect(edit('[log]\n', 'log.format', 'text')).toBe('[log]\nformat = "text"\n')
    expect(edit('[log] # all', 'log.format', 'text')).toBe('[log] # all\nformat = "text"\n')
    expect(edit('', 'log.format', 'text')).toBe('[log]\nformat = "text"\n')
    expect(edit('[api]\nport = 1', 'log.format', 'text')).toBe(
      '[api]\nport = 1\n\n[log]\nformat = "text"\n',
    )
    expect(edit('log.level = "warn"\n[api]\nport = 1\n', 'log.format', 'text')).toBe(
      'log.level = "warn"\nlog.format = "text"\n[api]\nport = 1\n',
    )
    expect(edit('[api]\nport = 1\n', 'profile', 'wan')).toBe('profile = "wan"\n[api]\nport = 1\n')
  })

  it('takes a key out with its line', () => {
    expect(edit(FILE, 'listen.port', undefined)).toBe(FILE.replace('  port = 1 # one\n', ''))
    expect(edit(FILE, 'api.port', undefined)).toBe(FILE)
  })

  it('refuses what it could not keep as written', () => {
    for (const value of [2, undefined]) {
      expect(() => edit('listen = { port = 1 }\n', 'listen.port', value)).toThrow(
        expect.objectContaining({ code: 'NOT_EDITABLE' }),
      )
    }
    expect(() => edit('[listen\n', 'listen.port', 1)).toThrow(SettingsError)
  })

  it('says what was asked and keeps the rest, whatever the file looks like', () => {
    const line = fc.constantFrom(
      '# [log] level = 3',
      '',
      'level = "warn"',
      'port = 1',
      "kind = 'nas'",
      '[log]',
      '[api]',
      '[node]',
      '[listen]',
      'addresses = [ "::1", # ]\n]',
      'name = """a\n[log]\nlevel = 1"""',
      "name = '''[log]'''",
      'log.level = "info" # x',
      '"api"."port" = 2',
      'format="json"',
      'mdns = true\t',
      '  relay=false',
    )
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('log.level', 'api.port', 'node.name', 'profile'),
        (lines, end, key) => {
          const text = lines.join(end)
          try {
            const edited = edit(text, key, key === 'profile' ? 'wan' : 7)
            expect(edit(edited, key, undefined)).not.toContain(`${key} = 7`)
            const comments = (of: string): number => of.split('#').length
            expect(comments(edited)).toBe(comments(text))
          } catch (error) {
            if (!(error instanceof SettingsError)) throw error
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('writing a settings file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'asgard-write-'))
  afterAll(() => rmSync(directory, { recursive: true }))

  it('makes it, private, with its directory, and leaves nothing beside it', () => {
    const file = join(directory, 'new', 'config.toml')
    writeSettingsFile(file, 'profile = "wan"\n')
    writeSettingsFile(file, 'profile = "lan"\n')
    expect(readFileSync(file, 'utf8')).toBe('profile = "lan"\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(directory, 'new'))).toEqual(['config.toml'])
  })

  it('keeps a link and the mode of what it leads to', () => {
    const target = join(directory, 'dotfile.toml')
    writeFileSync(target, '', { mode: 0o640 })
    const link = join(directory, 'link.toml')
    symlinkSync(target, link)
    writeSettingsFile(link, 'profile = "wan"\n')
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(target, 'utf8')).toBe('profile = "wan"\n')
    expect(statSync(target).mode & 0o777).toBe(0o640)
  })
})
