import { describe, expect, it } from 'vitest'
import { mergeSettings, type SettingsSources } from '../../../node/settings/load-settings.ts'
import { PROFILE_NAMES, profileSettings } from '../../../node/settings/profiles.ts'
import { settings } from '../../../node/settings/schema.ts'
import { SETTING_KEYS } from '../../../node/settings/setting-keys.ts'
import { parseSettingsFile } from '../../../node/settings/settings-file.ts'
import { SettingsError } from '../../../node/settings/settings-error.ts'

function load(text: string, part: Partial<SettingsSources> = {}) {
  const sources = { file: 'config.toml', env: {}, flags: [], hostName: 'ana.example.org', ...part }
  return mergeSettings(sources, parseSettingsFile(text, 'config.toml'))
}

function problemsOf(text: string, part: Partial<SettingsSources> = {}): readonly string[] {
  try {
    load(text, part)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n')
    throw error
  }
}

describe('settings', () => {
  it('come from profile < file < variable < flag, and say so', () => {
    const loaded = load('[log]\nlevel = "warn"\n[listen]\nport = 1\naddresses = ["::1"]\n', {
      env: { ASGARD_LISTEN_PORT: '2', ASGARD_LISTEN_ADDRESSES: '127.0.0.1, ::1' },
      flags: ['listen.port=3'],
    })
    expect(loaded.settings).toMatchObject({
      log: { level: 'warn' },
      listen: { port: 3, addresses: ['127.0.0.1', '::1'] },
      api: { port: 7077 },
    })
    expect(
      ['log.level', 'listen.port', 'listen.addresses', 'api.port'].map(loaded.originOf),
    ).toEqual(['file', 'flag', 'env', 'profile'])
  })

  it('take the profile from the file, the variable or the flag', () => {
    expect(load('').profile).toBe('lan')
    expect(load('profile = "wan"').profile).toBe('wan')
    expect(load('profile = "wan"', { env: { ASGARD_PROFILE: 'test' } }).profile).toBe('test')
    expect(
      load('profile = "wan"', { env: { ASGARD_PROFILE: 'test' }, profile: 'lan' }).profile,
    ).toBe('lan')
  })

  it.each(PROFILE_NAMES)(
    'of profile %s are legal and whole, whatever the host is called',
    (profile) => {
      for (const host of ['ana', '', 'x'.repeat(300), '\u202e', 'böb.local', '  ']) {
        expect(settings.parse(profileSettings(profile, host))).toEqual(
          profileSettings(profile, host),
        )
      }
    },
  )

  it('each have a description, a variable of their own, and a unit where one is needed', () => {
    expect(new Set(SETTING_KEYS.map(({ variable }) => variable)).size).toBe(SETTING_KEYS.length)
    for (const { description, variable } of SETTING_KEYS) {
      expect(description).not.toBe('')
      expect(variable).toMatch(/^ASGARD_[A-Z]+(_[A-Z]+)+$/)
    }
  })

  it.each([
    ['[listen]\nport = 70000\n', 'config.toml:2: listen.port: '],
    ['[listen]\nport = "80"\n', 'config.toml:2: listen.port: '],
    [
      '[listen]\naddresses = ["::1", "here"]\n',
      'config.toml:2: listen.addresses (item 2): must be an IP address',
    ],
    ['[discovery]\naddresses = ["192.168.1.9:41641"]\n', 'must be a multiaddr such as'],
    ['[node]\nname = "a\\u202eb"\n', 'config.toml:2: node.name: must not contain control'],
    ['[log]\nlevel = 3\n', 'config.toml:2: log.level: '],
  ])('%j stop the start: %s', (text, problem) => expect(problemsOf(text)[0]).toContain(problem))

  it.each([
    [
      { ASGARD_LISTEN_PROT: '1' },
      'ASGARD_LISTEN_PROT: unknown variable (did you mean "ASGARD_LISTEN_PORT"?)',
    ],
    [{ ASGARD_HOMME: '/x' }, '(did you mean "ASGARD_HOME"?)'],
    [{ ASGARD_LISTEN_PORT: 'many' }, 'ASGARD_LISTEN_PORT: listen.port: '],
    [{ ASGARD_DISCOVERY_MDNS: 'maybe' }, 'ASGARD_DISCOVERY_MDNS: discovery.mdns: '],
    [{ ASGARD_PROFILE: 'wlan' }, 'ASGARD_PROFILE: profile must be one of'],
    [{ ASGARD_PASSPHRASE: 'hunter2' }, 'use ASGARD_PASSPHRASE_FILE'],
  ])('%j stop the start: %s', (env, problem) => {
    const [first, ...others] = problemsOf('', { env })
    expect(first).toContain(problem)
    expect(others).toEqual([])
    expect(first).not.toContain('hunter2')
  })

  it.each([
    ['listen.prot=1', 'unknown key "listen.prot" (did you mean "listen.port"?)'],
    ['listen.port', 'needs a value'],
    ['listen.port=x', '--set listen.port: listen.port: '],
  ])('--set %s stops the start: %s', (flag, problem) =>
    expect(problemsOf('', { flags: [flag] })[0]).toContain(problem),
  )

  it('leave variables of others alone, and those that say where things are', () => {
    expect(
      problemsOf('', {
        env: {
          PATH: '/bin',
          ASGARD_HOME: '/x',
          ASGARD_NETWORK: 'home',
          ASGARD_PASSPHRASE_FILE: '/f',
        },
      }),
    ).toEqual([])
  })

  it('take text that looks like a number as text where text is meant', () => {
    expect(load('', { env: { ASGARD_NODE_NAME: '123' } }).settings.node.name).toBe('123')
    expect(load('', { env: { ASGARD_LISTEN_ADDRESSES: '' } }).settings.listen.addresses).toEqual([])
  })
})
