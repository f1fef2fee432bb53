import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { isAlive, markOf, type ProcessMark } from '../../../node/daemon/process-mark.ts'
import { Program, STARTS_MAX_MS } from './program.ts'

vi.setConfig({ testTimeout: STARTS_MAX_MS })

interface DaemonStatus {
  readonly pid: number
}

const marked = async (program: Program): Promise<ProcessMark> =>
  markOf((await program.json<DaemonStatus>('daemon', 'status')).pid)

describe('the node in the background', () => {
  it('starts, says that it runs, and stops without a trace', async () => {
    await using program = new Program()
    expect(await program.run('daemon', 'status')).toMatchObject({ code: 3 })
    expect(await program.run('daemon', 'start')).toMatchObject({
      code: 0,
      stdout: '✓ Asgard runs in the background\n',
    })
    const node = await marked(program)
    expect(isAlive(node)).toBe(true)
    expect(await program.run('daemon', 'start')).toMatchObject({
      code: 0,
      stdout: '✓ Asgard runs here already\n',
    })
    expect(await program.run('daemon', 'run')).toMatchObject({
      code: 7,
      stderr: expect.stringContaining(`as process ${node.pid}`),
    })
    expect((await program.run('daemon', 'restart')).code).toBe(0)
    const second = await marked(program)
    expect([isAlive(node), isAlive(second), node.pid === second.pid]).toEqual([false, true, false])
    expect(await program.run('daemon', 'stop')).toMatchObject({
      code: 0,
      stdout: `✓ Asgard has stopped (process ${second.pid})\n`,
    })
    expect(await program.run('daemon', 'stop')).toMatchObject({ code: 3 })
    expect(readdirSync(join(program.home, 'state', 'run'))).toEqual([])
    expect(existsSync(join(program.home, 'state', 'daemon.lock'))).toBe(false)
  })

  it('that hangs is stopped all the same', async () => {
    await using program = new Program()
    await program.run('daemon', 'start')
    const node = await marked(program)
    process.kill(node.pid, 'SIGSTOP')
    const stopping = program.run('daemon', 'stop')
    // SIGTERM waits for the process to go on; here it does, so that the test need not wait for SIGKILL.
    setTimeout(() => process.kill(node.pid, 'SIGCONT'), 3_000)
    expect(await stopping).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/by SIGTERM|process \d+\)/),
    })
    expect(isAlive(node)).toBe(false)
  })

  it.each([
    [
      'a misspelt key',
      '\n[listen]\nprot = 1\n',
      {},
      'config.toml:3: unknown key "listen.prot" (did you mean "listen.port"?)',
    ],
    ['a wrong value', '[log]\nlevel = "loud"\n', {}, 'config.toml:2: log.level: '],
    [
      'a misspelt variable',
      '',
      { ASGARD_LISTEN_PROT: '1' },
      'ASGARD_LISTEN_PROT: unknown variable (did you mean "ASGARD_LISTEN_PORT"?)',
    ],
  ])('does not start with %s, and names it', async (_, text, env, words) => {
    await using program = new Program(env)
    writeFileSync(join(program.home, 'config.toml'), text)
    for (const command of [['daemon', 'run'], ['daemon', 'start'], ['init']]) {
      expect(await program.run(...command)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(words),
      })
    }
    expect(readdirSync(program.home).filter((name) => name === 'data')).toEqual([])
  })

  it('takes a log level while it runs, and says which settings wait for a restart', async () => {
    await using program = new Program()
    await program.run('daemon', 'start')
    expect(await program.run('config', 'set', 'log.level', 'debug')).toMatchObject({
      code: 0,
      stdout: '✓ log.level = debug\n',
      stderr: 'In force now.\n',
    })
    expect(await program.run('config', 'set', 'listen.port', '5')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('asgard daemon restart'),
    })
    expect(await program.run('config', 'set', 'listen.port', '70000')).toMatchObject({ code: 2 })
    expect(await program.run('config', 'get', 'listen.prot')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('listen.port'),
    })
    expect(readFileSync(join(program.home, 'config.toml'), 'utf8')).toBe(
      '[log]\nlevel = "debug"\n\n[listen]\nport = 5\n',
    )
    const { stdout } = await program.run('logs', '--subsystem', 'daemon')
    expect(stdout).toContain('settings changed')
  })

  it('in the foreground logs JSON to standard output and ends on SIGTERM with code 0, on Ctrl-C with 130', async () => {
    for (const [signal, code] of [
      ['SIGTERM', 0],
      ['SIGINT', 130],
    ] as const) {
      await using program = new Program()
      const child = program.spawn('daemon', 'run')
      const started = JSON.parse(await lineWith(child.stdout, '"started"')) as unknown
      expect(started).toMatchObject({ level: 'info', subsystem: 'daemon' })
      const ended = once(child, 'exit')
      child.kill(signal)
      expect((await ended)[0]).toBe(code)
    }
  })

  it('goes on when nobody reads its log any more', async () => {
    await using program = new Program()
    const child = program.spawn('daemon', 'run')
    await lineWith(child.stdout, '"started"')
    child.stdout.destroy()
    await program.run('config', 'set', 'log.level', 'debug')
    await program.run('config', 'set', 'log.level', 'info')
    expect(await program.run('daemon', 'status')).toMatchObject({ code: 0 })
  })
})

/** The first whole line that holds `words`; the stream stays open. */
function lineWith(stream: Readable, words: string): Promise<string> {
  let text = ''
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const line = text
        .split('\n')
        .slice(0, -1)
        .find((candidate) => candidate.includes(words))
      if (line !== undefined) resolve(line)
    })
  })
}

describe('settings without a running node', () => {
  it('are listed, got, set, unset and checked', async () => {
    await using program = new Program()
    expect(await program.run('config', 'get', 'listen.port')).toMatchObject({
      code: 0,
      stdout: '0\n',
    })
    expect(await program.run('config', 'set', 'listen.port', '41641')).toMatchObject({
      code: 0,
      stderr: 'Next:  asgard daemon start\n',
    })
    expect(await program.run('config', 'get', 'listen.port')).toMatchObject({ stdout: '41641\n' })
    expect(await program.run('config', 'ls', '--changed', '--plain')).toMatchObject({
      stdout: expect.stringContaining('listen.port\t41641\tfile\t'),
    })
    expect(await program.run('config', 'unset', 'listen.port')).toMatchObject({
      code: 0,
      stdout: '✓ listen.port = 0, from the profile\n',
    })
    expect(await program.run('config', 'set', 'listen.prot', '1')).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('did you mean "listen.port"'),
    })
    expect(await program.run('config', 'set', 'listen.port', 'x')).toMatchObject({ code: 2 })
    expect(await program.run('config', 'check')).toMatchObject({ code: 0 })
    expect(await program.run('config', 'path', '--plain')).toMatchObject({
      stdout: expect.stringContaining(join(program.home, 'config.toml')),
    })
  })
})

describe('a node that was started elsewhere', () => {
  it('is found by what its lock says, where XDG_RUNTIME_DIR is another or none', async () => {
    await using program = new Program()
    const { home } = program
    const env = { HOME: home, ASGARD_HOME: '', ASGARD_PROFILE: 'test' }
    Object.assign(program.env, env, { XDG_RUNTIME_DIR: join(home, 'run') })
    expect((await program.run('daemon', 'start')).code).toBe(0)
    delete program.env['XDG_RUNTIME_DIR']
    expect(await program.run('status')).toMatchObject({ code: 0 })
    expect(await program.run('daemon', 'stop')).toMatchObject({ code: 0 })
    expect(await program.run('status')).toMatchObject({ code: 3 })
  })
})
