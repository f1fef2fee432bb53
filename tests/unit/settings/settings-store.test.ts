import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { setting } from '../../../node/api/contract/mesh.ts'
import { ApiError } from '../../../node/api/api-error.ts'
import { SettingsError } from '../../../node/settings/settings-error.ts'
import { settingsBackend } from '../../../node/settings/settings-backend.ts'
import { SettingsStore, type SettingsChange } from '../../../node/settings/settings-store.ts'

const directories: string[] = []
afterEach(() =>
  directories.splice(0).forEach((directory) => rmSync(directory, { recursive: true })),
)

function storeWith(text: string, env: Record<string, string> = {}): SettingsStore {
  const directory = mkdtempSync(join(tmpdir(), 'asgard-store-'))
  directories.push(directory)
  const file = join(directory, 'config.toml')
  writeFileSync(file, text)
  return new SettingsStore({ file, env, flags: [], hostName: 'ana' })
}

describe('the settings of a node', () => {
  it('are shown with value, origin and meaning, as the API wants them', () => {
    const store = storeWith('[log]\nlevel = "warn"\n')
    expect(store.list().map((shown) => setting.parse(shown))).toEqual(store.list())
    expect(store.get('log.level')).toMatchObject({
      value: 'warn',
      origin: 'file',
      needsRestart: false,
    })
    expect(store.get('listen.port')).toMatchObject({
      value: 41_641,
      origin: 'profile',
      needsRestart: true,
    })
  })

  it('are changed in the file, and say which keys need a restart', () => {
    const store = storeWith('# keep\n[log]\nlevel = "warn"\n')
    expect(store.set('log.level', 'debug')).toMatchObject({
      changed: ['log.level'],
      needRestart: [],
      settings: { log: { level: 'debug' } },
    })
    expect(store.set('listen.port', '5')).toMatchObject({
      changed: ['listen.port'],
      needRestart: ['listen.port'],
    })
    expect(store.set('listen.addresses', '::1,127.0.0.1')).toMatchObject({
      needRestart: ['listen.addresses'],
    })
    expect(readFileSync(store.file, 'utf8')).toBe(
      '# keep\n[log]\nlevel = "debug"\n\n[listen]\nport = 5\naddresses = [ "::1", "127.0.0.1" ]\n',
    )
    expect(store.unset('listen.port').changed).toEqual(['listen.port'])
    expect(store.get('listen.port').origin).toBe('profile')
  })

  it('change with the profile', () => {
    const store = storeWith('')
    expect(store.set('profile', 'wan').changed).toEqual(['profile', 'discovery.mdns'])
    expect(store.profile).toBe('wan')
    expect(() => store.set('profile', 'wann')).toThrow('did you mean "wan"')
  })

  it('never become what would not start', () => {
    const store = storeWith('# keep\n')
    for (const [key, value] of [
      ['listen.port', 70_000],
      ['listen.prot', 1],
      ['log.level', 'loud'],
      ['node.name', ''],
    ] as const) {
      expect(() => store.set(key, value)).toThrow(SettingsError)
    }
    expect(readFileSync(store.file, 'utf8')).toBe('# keep\n')
    expect(store.get('listen.port').value).toBe(41_641)
  })

  it('stay as they are when the file that is read again cannot be used', () => {
    const store = storeWith('[log]\nlevel = "warn"\n')
    writeFileSync(store.file, '[log]\nlevle = "debug"\n')
    expect(() => store.reload()).toThrow('did you mean "log.level"')
    expect(store.settings.log.level).toBe('warn')
    writeFileSync(store.file, '[log]\nlevel = "debug"\n[api]\nport = 1\n')
    expect(store.reload()).toMatchObject({
      changed: ['api.port', 'log.level'],
      needRestart: ['api.port'],
    })
  })

  it('are overruled by a variable, and say so', () => {
    const store = storeWith('', { ASGARD_LOG_LEVEL: 'error' })
    expect(store.set('log.level', 'debug').changed).toEqual([])
    expect(store.get('log.level')).toMatchObject({ value: 'error', origin: 'env' })
  })
})

describe('the settings as the API has them', () => {
  it('answer with codes of the API, and hand over each change', async () => {
    const changes: SettingsChange[] = []
    const backend = settingsBackend(storeWith(''), (change) => changes.push(change))
    expect(await backend.set('log.level', 'debug')).toMatchObject({
      value: 'debug',
      origin: 'file',
      needsRestart: false,
    })
    expect(changes.map(({ changed }) => changed)).toEqual([['log.level']])
    const codeOf = (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'ok',
        (error: unknown) => (error instanceof ApiError ? error.code : error),
      )
    expect(await codeOf(backend.get('log.levle'))).toBe('SETTING_UNKNOWN')
    expect(await codeOf(backend.set('log.level', 'loud'))).toBe('BAD_REQUEST')
    expect(await codeOf(backend.unset('log.level'))).toBe('ok')
    expect(await backend.list()).toHaveLength(14)
  })
})
