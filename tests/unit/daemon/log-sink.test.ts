import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { logLine } from '../../../node/api/contract/mesh.ts'
import { libp2pLogger } from '../../../node/daemon/libp2p-logger.ts'
import { LogSink, type LogSinkOptions } from '../../../node/daemon/log-sink.ts'
import { RotatingFile } from '../../../node/daemon/rotating-file.ts'

function sinkWith(part: Partial<LogSinkOptions> = {}) {
  const out: string[] = []
  const file: string[] = []
  const sink = new LogSink({
    level: 'info',
    format: 'json',
    isJournal: false,
    now: () => 1_000,
    standardOutput: { write: (text: string) => out.push(text) },
    file: { write: (line: string) => void file.push(line) },
    ...part,
  })
  return { sink, out, file, log: sink.logger('gate') }
}

describe('the log', () => {
  it('writes one JSON line to standard output and file, and keeps it for the API', () => {
    const { sink, out, file, log } = sinkWith()
    log.warn('refused', { device: 'bob', bytes: 3 })
    const line = {
      level: 'warn',
      time: 1_000,
      subsystem: 'gate',
      message: 'refused',
      fields: { device: 'bob', bytes: 3 },
    }
    expect(JSON.parse(out[0] ?? '')).toEqual(line)
    expect(file).toEqual(out)
    expect(sink.recent().map((kept) => logLine.parse(kept))).toEqual([line])
  })

  it('drops what is below its level, which may change while it runs', () => {
    const { sink, log } = sinkWith()
    log.debug('one')
    sink.setLevel('debug')
    log.debug('two')
    sink.setLevel('error')
    log.warn('three')
    expect(sink.recent().map(({ message }) => message)).toEqual(['two'])
  })

  it('has no time on standard output under the journal, which notes it itself', () => {
    const { out, file, log } = sinkWith({ isJournal: true })
    log.info('x')
    expect(JSON.parse(out[0] ?? '')).not.toHaveProperty('time')
    expect(JSON.parse(file[0] ?? '')).toHaveProperty('time')
  })

  it('is readable as text when that is asked for', () => {
    const { out, log } = sinkWith({ format: 'text' })
    log.error('went wrong', { why: 'a\nb', at: 3 })
    expect(out).toEqual(['1970-01-01T00:00:01.000Z error gate: went wrong why="a\\nb" at=3\n'])
  })

  it('never holds what lets its reader in', () => {
    const { out, log, sink } = sinkWith()
    const ticket = `asgard1b${'a'.repeat(100)}`
    log.info(`joining with ${ticket}`, {
      ticket,
      address: `http://127.0.0.1:7077/#t=${'x'.repeat(43)}`,
      request: { token: 'abc', header: `Bearer ${'y'.repeat(43)}` },
      passphrase: 'hunter2',
      error: new TypeError(`cannot read ${ticket}`),
    })
    const all = `${out.join('')}${JSON.stringify(sink.recent())}`
    for (const secret of [ticket, 'aaaaaaaaaa', 'xxxxx', 'yyyyy', 'hunter2', 'abc'])
      expect(all).not.toContain(secret)
  })

  it('keeps lines small and printable whatever a peer put into them', () => {
    const { sink, log } = sinkWith()
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    log.info('x'.repeat(100_000), { text: 'y'.repeat(100_000) })
    log.info('\x1b[2J\u202e', loop)
    log.info('n', {
      big: 2n ** 70n,
      bytes: new Uint8Array(3),
      nothing: undefined,
      error: new RangeError('bad', { cause: new TypeError('worse') }),
    })
    const [long, loops, odd] = sink.recent()
    expect(JSON.stringify(long).length).toBeLessThan(5_000)
    expect(loops).toMatchObject({ message: '\\x1b[2J\\u202e', fields: { unprintable: 'self' } })
    expect(odd?.fields).toMatchObject({
      big: '1180591620717411303424',
      error: 'RangeError: bad (TypeError: worse)',
    })
  })

  it('keeps the last thousand lines, and tells listeners until they stop', () => {
    const { sink, log } = sinkWith()
    const heard: string[] = []
    const stop = sink.listen(({ message }) => heard.push(message))
    for (let number = 0; number < 1_005; number++) log.info(String(number))
    stop()
    log.info('unheard')
    expect(sink.recent()).toHaveLength(1_000)
    expect(sink.recent()[0]?.message).toBe('6')
    expect(heard).toHaveLength(1_005)
  })
})

describe('what libp2p logs', () => {
  it('is its errors only, unless a component is traced', () => {
    const { sink } = sinkWith({ level: 'debug' })
    const logger = libp2pLogger(sink.logger.bind(sink), {
      isTraced: (name) => name === 'libp2p:dcutr',
      now: () => 0,
    })
    const log = logger.forComponent('libp2p:tcp')
    log('dialling %s', 'x')
    log.trace('closer')
    expect([log.enabled, sink.recent()]).toEqual([false, []])
    log
      .newScope('dial')
      .error('could not dial %a - %e', { toString: () => '/ip4/1.2.3.4' }, new TypeError('nope'))
    expect(sink.recent()).toMatchObject([
      {
        level: 'debug',
        subsystem: 'libp2p:tcp:dial',
        message: 'could not dial /ip4/1.2.3.4 - TypeError: nope',
      },
    ])
    const traced = logger.forComponent('libp2p:dcutr')
    traced('step %d', 1)
    expect(traced.enabled).toBe(true)
    expect(sink.recent()[1]).toMatchObject({ level: 'debug', message: 'step 1' })
  })

  it('cannot be made to flood the log', () => {
    let now = 0
    const { sink } = sinkWith({ level: 'debug' })
    const log = libp2pLogger(sink.logger.bind(sink), {
      isTraced: () => false,
      now: () => now,
    }).forComponent('libp2p:tcp')
    for (let number = 0; number < 500; number++) log.error('refused')
    expect(sink.recent()).toHaveLength(10)
    now = 60_000
    log.error('refused')
    expect(sink.recent()[10]?.fields).toEqual({ suppressed: 490 })
  })
})

describe('the log file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'asgard-log-'))
  afterAll(() => rmSync(directory, { recursive: true }))

  it('turns over when full, keeps so many, and goes on after a restart', () => {
    const path = join(directory, 'asgard.log')
    for (let run = 0; run < 2; run++) {
      const file = new RotatingFile(path, 10, 3)
      for (const line of ['one\n', 'two\n', 'three\n', 'four\n', 'five\n']) file.write(line)
      file.close()
    }
    expect(readFileSync(path, 'utf8')).toBe('four\nfive\n')
    expect([1, 2, 3].map((number) => existsSync(`${path}.${number}`))).toEqual([true, true, false])
  })

  it('loses lines rather than the node when it cannot be written', () => {
    const file = new RotatingFile(join(directory, 'no', 'such', 'directory'))
    expect(() => file.write('x\n')).not.toThrow()
  })
})
