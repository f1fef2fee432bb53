import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { STUB_TICKET } from '../../support/stub-network.ts'
import { CommandLine } from './command-line.ts'
import { PROGRAM, STARTS_MAX_MS } from './program.ts'

vi.setConfig({ testTimeout: STARTS_MAX_MS })

interface Answered {
  readonly code: number
  readonly screen: string
}

/** Runs a command on a terminal of its own (`script`, of util-linux) and types each answer when its question is there. */
function onTerminal(
  cli: CommandLine,
  command: string,
  answers: readonly (readonly [question: string, typed: string | (() => string)])[],
): Promise<Answered> {
  const program = `stty cols 100 rows 40; exec '${process.execPath}' '${PROGRAM}' ${command}`
  const child = spawn('script', ['-qec', program, '/dev/null'], {
    env: {
      PATH: process.env['PATH'],
      ASGARD_HOME: cli.home,
      LANG: 'C.UTF-8',
      TERM: 'xterm',
      NO_COLOR: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = [...answers]
  let screen = ''
  let asked = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text
    const [next] = waiting
    if (next === undefined || !stripVTControlCharacters(screen).slice(asked).includes(next[0]))
      return
    asked = stripVTControlCharacters(screen).length
    waiting.shift()
    child.stdin.write(typeof next[1] === 'string' ? next[1] : next[1]())
  })
  return new Promise((done) =>
    child.once('close', (code) =>
      done({ code: code ?? -1, screen: stripVTControlCharacters(screen) }),
    ),
  )
}

describe('questions on a terminal', () => {
  it('a ticket is asked for and not shown', async () => {
    await using cli = await CommandLine.withNode()
    const { code, screen } = await onTerminal(cli, 'join', [['Paste ticket', `${STUB_TICKET}\r`]])
    expect(code).toBe(0)
    expect(screen).toContain('Joined “joined”')
    expect(screen).toContain('copper violin meadow anchor')
    expect(screen).not.toContain(STUB_TICKET.slice(0, 20))
  })

  it('a device that waits is shown with its words, and let in with y', async () => {
    await using cli = await CommandLine.withNode()
    const { code, screen } = await onTerminal(cli, 'device approve fay', [['Approve?', 'y']])
    expect([code, cli.backend.current.joins]).toEqual([0, []])
    expect(screen).toContain('copper violin meadow anchor')
    expect(screen).toContain('fay is in, as member')
  })

  it('invite --approve asks for each device; no turns it away, Ctrl-C keeps the ticket', async () => {
    await using cli = await CommandLine.withNode()
    const { code, screen } = await onTerminal(cli, 'invite --approve --no-qr', [
      ['Approve?', 'n'],
      ['waiting for a device', '\x03'],
    ])
    expect([code, cli.backend.current.joins]).toEqual([0, []])
    expect(screen).toContain('fay was not let in')
    expect(screen).toContain('The ticket stays valid.')
  })

  it.each([
    ['eve\r', 0, false, 'eve is revoked'],
    ['nope\r', 2, true, 'nothing was changed'],
    ['\x03', 130, true, ''],
  ])('revoking wants the name typed: %j ends with %i', async (typed, code, isStillThere, words) => {
    await using cli = await CommandLine.withNode()
    const ended = await onTerminal(cli, 'device revoke eve', [['Type its name, eve', typed]])
    expect([ended.code, cli.backend.current.items.some(({ name }) => name === 'eve')]).toEqual([
      code,
      isStillThere,
    ])
    expect(ended.screen).toContain(words)
  })

  it('leaving asks first', async () => {
    await using cli = await CommandLine.withNode()
    const stays = await onTerminal(cli, 'leave', [['Leave “home”?', 'n']])
    expect([stays.code, cli.backend.current.isCurrent]).toEqual([1, true])
    const leaves = await onTerminal(cli, 'leave', [['Leave “home”?', 'y']])
    expect([leaves.code, leaves.screen.includes('Left “home”')]).toEqual([0, true])
  })

  it('status --watch shows what changes, until Ctrl-C', async () => {
    await using cli = await CommandLine.withNode()
    const { items } = cli.backend.current
    const rename = () => {
      cli.backend.current.change(items[1]!.id, 'device:changed', { name: 'renamed' })
      return ''
    }
    const { code } = await onTerminal(cli, 'status --watch', [
      ['bob', rename],
      ['renamed', '\x03'],
    ])
    expect(code).toBe(0)
  })
})
