import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { pathsOf } from '../../../node/daemon/paths.ts'
import { readHolder } from '../../../node/daemon/read-holder.ts'
import { runDaemon, type DaemonRun } from '../../../node/daemon/run.ts'
import type { DaemonHooks } from '../../../node/daemon/start-daemon.ts'
import type { Settings } from '../../../node/settings/schema.ts'

const homes: string[] = []
afterEach(() => homes.splice(0).forEach((home) => rmSync(home, { recursive: true })))

/** A daemon around a node that does nothing but say what it was given. */
function daemonIn(text = '', part: Partial<DaemonRun> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'asgard-run-'))
  homes.push(home)
  const env = { ASGARD_HOME: home, ...part.env }
  const paths = pathsOf({ env, userHome: home, temporary: tmpdir(), userId: 1000 })
  writeFileSync(paths.settingsFile, text)
  const given = Promise.withResolvers<{
    settings: Settings
    hooks: DaemonHooks
    reload: () => void
  }>()
  const stop = new AbortController()
  const order: string[] = []
  let reload = (): void => undefined
  const ended = runDaemon({
    paths,
    sources: { file: paths.settingsFile, env: {}, flags: [], hostName: 'ana' },
    version: '1.2.3',
    startDaemon: async (settings, _, hooks) => {
      order.push('started')
      given.resolve({ settings, hooks, reload: () => reload() })
      return {
        ui: null,
        stop: async () => {
          order.push('stopped')
        },
      }
    },
    standardOutput: undefined,
    stopSignal: stop.signal,
    onReload: (callback) => (reload = callback),
    onStarted: () => order.push('told'),
    now: () => 5_000,
    ...part,
    env,
  })
  ended.catch(given.reject)
  given.promise.catch(() => {}) // tests of failing starts look at `ended` only
  return { home, paths, stop, ended, order, given: given.promise }
}

describe('a node in its process', () => {
  it('has private directories, a lock and a log, and leaves the home free', async () => {
    const { paths, stop, ended, order, given } = daemonIn('profile = "test"\n')
    const { settings, hooks } = await given
    expect([settings.api.port, hooks.version]).toEqual([0, '1.2.3'])
    for (const directory of [paths.data, paths.state, paths.runtime])
      expect(statSync(directory).mode & 0o777).toBe(0o700)
    expect(readHolder(paths.lockFile)).toMatchObject({
      pid: process.pid,
      version: '1.2.3',
      startedAt: 5_000,
      socket: paths.socket,
    })
    stop.abort()
    await ended
    expect(order).toEqual(['started', 'told', 'stopped'])
    expect(readHolder(paths.lockFile)).toBeUndefined()
    expect(readFileSync(paths.logFile, 'utf8')).toMatch(/"started"[^]*"stopping"[^]*"stopped"/)
  })

  it('ends when the API asks for it', async () => {
    const { ended, order, given } = daemonIn()
    const { hooks } = await given
    hooks.requestStop()
    await ended
    expect(order.at(-1)).toBe('stopped')
  })

  it('does not start with wrong settings, nor touch anything', async () => {
    const { home, ended, order } = daemonIn('[listen]\nprot = 1\n')
    await expect(ended).rejects.toThrow(
      'config.toml:2: unknown key "listen.prot" (did you mean "listen.port"?)',
    )
    expect(order).toEqual([])
    expect(existsSync(join(home, 'data'))).toBe(false)
  })

  it('does not start twice on one home, and frees the home when the start fails', async () => {
    const first = daemonIn()
    await first.given
    const second = daemonIn('', { paths: first.paths })
    await expect(second.ended).rejects.toMatchObject({ code: 'ALREADY_RUNNING' })
    first.stop.abort()
    await first.ended
    const failing = daemonIn('', { startDaemon: () => Promise.reject(new RangeError('no')) })
    await expect(failing.ended).rejects.toThrow('no')
    expect(readHolder(failing.paths.lockFile)).toBeUndefined()
  })

  it('takes over log.level while it runs, and says of the rest that it needs a restart', async () => {
    const { paths, stop, ended, given } = daemonIn('[log]\nlevel = "info"\n')
    const { hooks, reload } = await given
    const messages = (): string[] => hooks.logs.recent().map(({ message }) => message)
    hooks.log('x').debug('one')
    writeFileSync(paths.settingsFile, '[log]\nlevel = "debug"\n[api]\nport = 1\n')
    reload()
    hooks.log('x').debug('two')
    expect(messages()).not.toContain('one')
    expect(messages()).toContain('two')
    expect(
      hooks.logs.recent().find(({ message }) => message === 'settings changed')?.fields,
    ).toEqual({ keys: ['api.port', 'log.level'], needRestart: ['api.port'] })

    writeFileSync(paths.settingsFile, '[log]\nlevle = "error"\n')
    reload()
    expect(hooks.logs.recent().at(-1)).toMatchObject({
      level: 'error',
      fields: { problem: expect.stringContaining('did you mean "log.level"') },
    })

    writeFileSync(paths.settingsFile, '')
    await hooks.settings.set('log.level', 'error')
    hooks.log('x').warn('three')
    expect(messages()).not.toContain('three')
    stop.abort()
    await ended
  })

  it('hands over the passphrase from a file or a systemd credential', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'asgard-pass-')), 'asgard-passphrase')
    homes.push(join(file, '..'))
    writeFileSync(file, 'open sesame\nnot this\n')
    for (const [env, protection] of [
      [{ ASGARD_PASSPHRASE_FILE: file }, 'passphrase'],
      [{ CREDENTIALS_DIRECTORY: join(file, '..') }, 'credential'],
    ] as const) {
      const { stop, ended, given } = daemonIn('', { env })
      expect((await given).hooks.passphrase).toEqual({ text: 'open sesame', protection })
      stop.abort()
      await ended
    }
    await expect(
      daemonIn('', { env: { ASGARD_PASSPHRASE_FILE: '/no/such/file' } }).ended,
    ).rejects.toMatchObject({ code: 'PASSPHRASE_UNREADABLE' })
  })
})
