import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { widthOf } from '../../../node/cli/safe-text.ts'
import { CommandLine } from './command-line.ts'

/** What a hostile device may call itself: markup, escapes, direction marks, width tricks, length. */
const HOSTILE = [
  '\x1b[2J\x1b[1;1Hall is well\x07',
  '\x9b31mred',
  'a\nb\rc\td',
  '\u202egnp.exe',
  '\u2066\u200b\ufeff',
  '<img src=x onerror=alert(1)>',
  '=cmd|calc',
  'שלום',
  'z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a\u030b',
  '👩‍👩‍👧‍👦 家族',
  '\ud800',
  'x'.repeat(10_000),
  '',
]

const CONTROL = /(?!\n)\p{Cc}|[\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u

async function withName(name: string): Promise<CommandLine> {
  const cli = await CommandLine.withNode()
  const current = cli.backend.current
  current.items = current.items.map((item) =>
    item.name === 'bob'
      ? { ...item, name, ownName: name, note: name, platform: name, tags: [name] }
      : item,
  )
  current.joins = current.joins.map((join) => ({ ...join, name, platform: name }))
  cli.backend.warnings = [{ code: name, severity: 'warning', device: null, text: name, fix: name }]
  cli.backend.events.publish({
    type: 'device:changed',
    network: null,
    device: null,
    text: name,
    data: {},
  })
  cli.backend.logs.add('info', name)
  return cli
}

describe('names from elsewhere', () => {
  it.each(HOSTILE)('cannot speak to the terminal: %j', async (name) => {
    await using cli = await withName(name)
    const { id } = cli.backend.current.items[1]!
    const commands = [
      'status',
      'device ls',
      `device show ${id}`,
      'device approve',
      'peers',
      'peers --long',
      `path ${id}`,
      'events',
      'logs',
      `device note ${id} --clear`,
    ]
    for (const command of commands) {
      for (const options of [{ isTerminal: true, env: { NO_COLOR: '1' } }, {}]) {
        const { code, stdout, stderr } = await cli.run(command, options)
        expect([code, command]).toEqual([0, command])
        expect(`${stdout}${stderr}`).not.toMatch(CONTROL)
      }
    }
  })

  it.each(HOSTILE)('stay on one line and within the table: %j', async (name) => {
    await using cli = await withName(name)
    const { stdout } = await cli.run('status', {
      isTerminal: true,
      columns: 80,
      env: { NO_COLOR: '1' },
    })
    const lines = stdout.split('\n')
    const head = lines.findIndex((line) => line.includes('DEVICE'))
    const rows = lines.slice(head, head + 6)
    expect(rows).toHaveLength(6)
    for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(80)
    const columns = rows
      .filter((row) => /this one|online|suspect|offline/.test(row))
      .map((row) => widthOf(row.slice(0, row.search(/this one|online|suspect|offline/))))
    expect(new Set(columns).size).toBe(1)
  })

  it.each(HOSTILE)(
    'are the same value in JSON, with nothing in it that a terminal obeys: %j',
    async (name) => {
      await using cli = await withName(name)
      const { stdout } = await cli.run('device ls --json')
      expect(stdout).not.toMatch(CONTROL)
      const { data } = JSON.parse(stdout) as { data: { name: string }[] }
      expect(data[1]?.name).toBe(name)
    },
  )

  it.each(HOSTILE)('take one row and their columns in --plain: %j', async (name) => {
    await using cli = await withName(name)
    const { stdout } = await cli.run('device ls --plain')
    const rows = stdout.trimEnd().split('\n')
    expect(rows.map((row) => row.split('\t').length)).toEqual([4, 4, 4, 4, 4])
  })
})

describe('terminal and pipe', () => {
  it('get the same columns; colours and cuts are for the terminal', async () => {
    await using cli = await withName(
      'a name that is far too long to fit in a table of eighty columns together with all the rest',
    )
    const terminal = await cli.run('device ls', { isTerminal: true, columns: 80 })
    const pipe = await cli.run('device ls')
    expect(terminal.stdout).toContain('\x1b[')
    expect(terminal.stdout).toContain('…')
    expect(pipe.stdout).not.toContain('\x1b[')
    expect(pipe.stdout).toContain('together with all the rest')
    const words = (text: string | undefined): string[] =>
      stripVTControlCharacters(text ?? '')
        .trim()
        .split(/\s+/)
    expect(words(terminal.stdout.split('\n')[0])).toEqual(words(pipe.stdout.split('\n')[0]))
  })

  it.each([
    ['NO_COLOR', { NO_COLOR: '1' }, '', true, false],
    ['an empty NO_COLOR', { NO_COLOR: '' }, '', true, true],
    ['FORCE_COLOR into a pipe', { FORCE_COLOR: '1' }, '', false, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, '', false, false],
    ['--color never', {}, '--color never', true, false],
    ['--color always, whatever NO_COLOR says', { NO_COLOR: '1' }, '--color always', false, true],
    ['a dumb terminal', { TERM: 'dumb' }, '', true, false],
  ])('obey %s', async (_, env, flag, isTerminal, isColoured) => {
    await using cli = await CommandLine.withNode()
    const { stdout } = await cli.run(`status ${flag}`, { isTerminal, env })
    expect(stdout.includes('\x1b[')).toBe(isColoured)
  })

  it('say the state with a word, and in ASCII where the locale is not UTF-8', async () => {
    await using cli = await CommandLine.withNode()
    const { stdout } = await cli.run('status', {
      isTerminal: true,
      env: { LANG: 'C', NO_COLOR: '1' },
    })
    expect(stdout).toMatch(/^\*  ana /m)
    expect(stdout).toMatch(/^~  dan /m)
    expect(stdout).toMatch(/^o  eve /m)
    expect(stdout).not.toMatch(/[●◐○—·]/)
  })

  it('-q leaves the results only', async () => {
    await using cli = await CommandLine.withNode()
    const { stdout, stderr } = await cli.run('device rename bob nas -q')
    expect([stdout, stderr]).toEqual(['✓ bob is called nas now\n', ''])
  })

  it('every change says what changed and what to do next', async () => {
    await using cli = await CommandLine.withNode()
    for (const command of [
      'device rename bob nas',
      'device tag nas attic',
      'device note nas hello',
      'device role nas guest',
      'device approve fay --yes',
      'network rename cottage',
      'device revoke eve --yes',
      'device forget nas --yes',
      'leave --yes',
      'init',
    ]) {
      const { code, stdout, stderr } = await cli.run(command)
      expect([command, code]).toEqual([command, 0])
      expect([command, stdout]).toEqual([command, expect.stringMatching(/^✓ /)])
      expect([command, stderr]).toEqual([command, expect.stringMatching(/Next: {2}asgard /)])
    }
  })
})

describe('asgard invite', () => {
  it('on a terminal shows ticket and QR code, which fit 80 × 24', async () => {
    await using cli = await CommandLine.withNode()
    const { stdout } = await cli.run('invite --no-wait', { isTerminal: true })
    const code = stdout.split('\n').filter((line) => line.includes('\x1b[97;40m'))
    expect(code.length).toBeGreaterThan(15)
    expect(code.length).toBeLessThanOrEqual(24)
    for (const line of code) expect(widthOf(stripVTControlCharacters(line))).toBeLessThanOrEqual(80)
  })

  it('shows no QR code that does not fit, nor into a pipe, nor with --no-qr', async () => {
    await using cli = await CommandLine.withNode()
    for (const [command, options] of [
      ['invite --no-wait', { isTerminal: true, rows: 10 }],
      ['invite --no-wait --no-qr', { isTerminal: true }],
      ['invite', {}],
    ] as const) {
      expect((await cli.run(command, options)).stdout).not.toContain('▀')
    }
  })

  it('into a pipe gives the ticket and nothing else', async () => {
    await using cli = await CommandLine.withNode()
    expect((await cli.run('invite')).stdout).toMatch(/^asgard1b[a-z2-7]+\n$/)
  })

  it('waits with --wait and reports who came; Ctrl-C keeps the ticket', async () => {
    await using cli = await CommandLine.withNode()
    const interrupt = new AbortController()
    const { backend } = cli
    const waiting = cli.run('invite --wait --json', {
      interrupted: interrupt.signal,
      onOutput: (text) => {
        if (text.includes('asgard.invite/1')) void backend.current.approve('fay')
        if (text.includes('asgard.invite.joined/1')) interrupt.abort()
      },
    })
    expect((await waiting).code).toBe(0)
    expect((await backend.current.invites())[0]?.status).toBe('open')
  })
})
