import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../../node/cli/command-table.ts'
import { completionScript, SHELLS } from '../../../node/cli/completion-scripts.ts'
import { EXIT_MEANINGS } from '../../../node/cli/exit-codes.ts'
import { HELP_TOPICS } from '../../../node/cli/help-topics.ts'
import { CliContext } from '../../../node/cli/cli-context.ts'
import { ALL_COMMANDS, buildProgram } from '../../../node/cli/program.ts'
import { SETTING_KEYS } from '../../../node/settings/setting-keys.ts'
import { CommandLine } from './command-line.ts'

const program = await wholeProgram()
const commands = pathsOf(program)

describe('help', () => {
  it('knows every command of the issue, and no other', () => {
    expect(commands).toMatchInlineSnapshot(`
      [
        "demo",
        "init",
        "invite",
        "join",
        "leave",
        "ui",
        "status",
        "peers",
        "ping",
        "path",
        "doctor",
        "events",
        "logs",
        "device",
        "device ls",
        "device show",
        "device rename",
        "device tag",
        "device note",
        "device role",
        "device approve",
        "device deny",
        "device revoke",
        "device forget",
        "network",
        "network ls",
        "network use",
        "network show",
        "network rename",
        "daemon",
        "daemon run",
        "daemon start",
        "daemon stop",
        "daemon restart",
        "daemon status",
        "config",
        "config get",
        "config set",
        "config unset",
        "config ls",
        "config check",
        "config path",
        "id",
        "version",
        "completion",
        "help",
      ]
    `)
  })

  it.each(commands)('of asgard %s: usage, examples, exit codes', async (command) => {
    await using cli = new CommandLine()
    const { code, stdout, stderr } = await cli.run(`${command} --help`)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(new RegExp(`^Usage: asgard ${command}`))
    const examples = stdout.split('Examples:\n')[1]?.split('\n\n')[0]?.split('\n') ?? []
    expect(examples.length).toBeGreaterThanOrEqual(2)
    expect(examples.length).toBeLessThanOrEqual(4)
    expect(stdout).toContain('asgard help exit-codes')
    expect(await cli.run(`help ${command}`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(stdout),
    })
  })

  it('of the program lists every command with its summary, in 80 columns', async () => {
    await using cli = new CommandLine()
    const { code, stdout } = await cli.run('--help')
    expect(code).toBe(0)
    for (const { name, summary } of COMMANDS) {
      expect(stdout).toContain(`  ${name} `)
      expect(stdout.replace(/\s+/g, ' ')).toContain(summary)
    }
    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([])
  })

  it('has the summaries of the commands themselves in its list', () => {
    for (const { name, summary } of COMMANDS) {
      expect(program.commands.find((command) => command.name() === name)?.summary()).toBe(summary)
    }
  })

  it.each(Object.keys(HELP_TOPICS))('has the topic %s', async (topic) => {
    await using cli = new CommandLine()
    expect(await cli.run(`help ${topic}`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(HELP_TOPICS[topic] ?? ''),
    })
  })

  it('shows itself when nothing is asked', async () => {
    await using cli = new CommandLine()
    const { code, stdout, stderr } = await cli.run('')
    expect([code, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining('Usage: asgard')])
  })

  it.each([
    ['stauts', 'Did you mean status?'],
    ['device renme a b', 'Did you mean rename?'],
    ['status --wacth', 'Did you mean --watch?'],
    ['help nonsense', 'Topics:'],
  ])('on asgard %s says: %s', async (command, words) => {
    await using cli = new CommandLine()
    expect(await cli.run(command)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(words),
    })
  })
})

describe('docs/cli.md', () => {
  const text = readFileSync('docs/cli.md', 'utf8')
  it.each(commands)('speaks of asgard %s', (command) => expect(text).toContain(`asgard ${command}`))
  it.each(SETTING_KEYS)('explains $key', ({ key, variable, description }) => {
    expect(text).toContain(`| \`${key}\` | \`${variable}\` |`)
    expect(text).toContain(`| ${description} |`)
  })
  it.each(EXIT_MEANINGS)('names exit code %i', (code, meaning) =>
    expect(text).toContain(`| ${code} | ${meaning} |`),
  )
})

describe('messages and documents', () => {
  const files = ['node', 'src', 'web-ui', 'docs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|tsx|md)$/.test(file))
      .map((file) => join(folder, file)),
  )
  /** `asgard` followed by words, where a person is told to type it. */
  const told = [...files, 'README.md']
    .filter(existsSync)
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/asgard ([a-z]+)(?: ([a-z-]+))?/g)].map(
        ([, command = '', sub = '']) => ({ file, command, sub }),
      ),
    )

  it('name commands that exist', () => {
    expect(told.length).toBeGreaterThan(150)
    const groups = new Map(
      program.commands.map((command) => [
        command.name(),
        command.commands.map((child) => child.name()),
      ]),
    )
    const isKnown = ({ command, sub }: (typeof told)[number]): boolean => {
      const subcommands = groups.get(command)
      // Prose such as "completion of asgard for zsh", and the name doubled in `npx … asgard asgard demo`.
      if (subcommands === undefined) return command === 'for' || command === 'asgard'
      return sub === '' || subcommands.length === 0 || subcommands.includes(sub)
    }
    expect(told.filter((one) => !isKnown(one))).toEqual([])
  })
})

describe('completion', () => {
  it.each(SHELLS)('for %s is a script that the shell can read', (shell) => {
    const script = completionScript(shell)
    expect(script).toContain('__complete')
    const program_ = `/usr/bin/${shell}`
    if (!existsSync(program_)) return
    expect(spawnSync(program_, ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    })
  })

  it('for bash offers what the program offers', () => {
    const asgard = 'asgard() { printf "status\\tOne screen\\n"; printf "start\\tsomething\\n"; }'
    const probe = `${completionScript('bash')}\n${asgard}\nCOMP_WORDS=(asgard st)\nCOMP_CWORD=1\n_asgard\nprintf '%s,' "\${COMPREPLY[@]}"`
    expect(spawnSync('bash', ['-c', probe], { encoding: 'utf8' }).stdout).toBe('status,start,')
  })

  it('for bash never runs what is on the half-typed line', () => {
    const probe = `${completionScript('bash')}\nasgard() { :; }\nCOMP_WORDS=(asgard '$(echo ran >&2)' '\`echo ran >&2\`')\nCOMP_CWORD=2\n_asgard`
    expect(spawnSync('bash', ['-c', probe], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    })
  })

  it.each([
    [['dev'], ['device']],
    [
      ['device', 're'],
      ['rename', 'revoke'],
    ],
    [
      ['device', 'show', ''],
      ['ana', 'bob', 'cleo', 'dan', 'eve'],
    ],
    [
      ['device', 'role', 'bob', 'o'],
      ['owner', 'operator'],
    ],
    [['invite', '--role', 'g'], ['guest']],
    [['network', 'use', ''], ['home']],
    [['device', 'approve', ''], ['fay']],
    [
      ['config', 'set', 'listen.'],
      ['listen.addresses', 'listen.port'],
    ],
    [['status', '--w'], ['--watch']],
    [['help', 'exit'], ['exit-codes']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['ping', 'bob', ''], []],
  ])('of %j offers %j', async (words, offered) => {
    await using cli = await CommandLine.withNode()
    const { stdout } = await cli.run(['__complete', '--', ...words])
    expect(
      stdout
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split('\t')[0]),
    ).toEqual(offered)
  })

  it('never offers a name that a shell would run, but the id instead', async () => {
    await using cli = await CommandLine.withNode()
    const { id } = cli.backend.current.items[1]!
    cli.backend.current.change(id, 'device:changed', { name: '$(reboot)' })
    const { stdout } = await cli.run(['__complete', '--', 'ping', ''])
    expect(stdout).not.toContain('reboot')
    expect(stdout).toContain(id)
  })

  it('offers nothing, and says nothing, when no node runs', async () => {
    await using cli = new CommandLine()
    expect(await cli.run(['__complete', '--', 'ping', ''])).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    })
  })
})

async function wholeProgram(): Promise<CommandUnknownOpts> {
  const silent = { write: () => true }
  const context = new CliContext(
    {
      argv: [],
      env: {},
      stdin: process.stdin,
      stdout: silent,
      stderr: silent,
      interrupted: new AbortController().signal,
      now: () => 0,
      outliveReader: () => undefined,
    },
    buildProgram,
  )
  return context.program(ALL_COMMANDS)
}

function pathsOf(command: CommandUnknownOpts, parents: readonly string[] = []): string[] {
  return command.commands.flatMap((child) => {
    const path = [...parents, child.name()]
    return [path.join(' '), ...pathsOf(child, path)]
  })
}
