import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings'
import type { Device } from '../api/contract/device.ts'
import type { Network, PendingJoin } from '../api/contract/network.ts'
import type { CliContext } from './cli-context.ts'
import { SocketClient, apiPath, type Client } from './client.ts'
import { COMMANDS } from './command-table.ts'
import { HELP_TOPICS } from './help-topics.ts'
import { safeText } from './safe-text.ts'

interface Candidate {
  readonly word: string
  readonly description: string
}

/** Somebody waits with the finger on the key. */
const ANSWER_MAX_MS = 700
/** A shell puts a candidate into the command line as it is: one that means something to a shell is never offered. */
const HARMLESS = /^[\p{L}\p{N}_@%+=:,./-]+$/u
const DESCRIPTION_MAX_CHARS = 100

/** Prints the candidates for the last of `words`, one per line with a tab and a description. */
export async function completeWords(context: CliContext, args: readonly string[]): Promise<void> {
  const words = args[0] === '--' ? args.slice(1) : args
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const named = before.find((word) => COMMANDS.some((command) => command.name === word))
  const program = await context.program(named)
  for (const { word, description } of await candidatesFor(context, program, before, current)) {
    if (!word.startsWith(current) || !HARMLESS.test(word)) continue
    context.terminal.stdout.write(`${word}\t${safeText(description, DESCRIPTION_MAX_CHARS)}\n`)
  }
}

async function candidatesFor(
  context: CliContext,
  program: CommandUnknownOpts,
  before: readonly string[],
  current: string,
): Promise<readonly Candidate[]> {
  const { command, positionals, pending } = walk(program, before)
  if (pending !== undefined) return valuesOf(context, pending.argChoices, pending.attributeName())
  if (current.startsWith('-')) {
    return [command, program].flatMap((owner) =>
      owner
        .createHelp()
        .visibleOptions(owner)
        .map((option) => ({
          word: option.long ?? option.short ?? '',
          description: option.description,
        })),
    )
  }
  if (command.commands.length > 0) {
    return command.commands.map((child) => ({ word: child.name(), description: child.summary() }))
  }
  const args = command.registeredArguments
  const argument = args[positionals] ?? (args.at(-1)?.variadic === true ? args.at(-1) : undefined)
  return argument === undefined ? [] : valuesOf(context, argument.argChoices, argument.name())
}

/** Which command the words name, how many arguments follow, and an option that still wants its value. */
function walk(
  program: CommandUnknownOpts,
  words: readonly string[],
): {
  readonly command: CommandUnknownOpts
  readonly positionals: number
  readonly pending: Option | undefined
} {
  let command = program
  let positionals = 0
  let pending: Option | undefined
  for (const word of words) {
    if (pending !== undefined) {
      pending = undefined
    } else if (word.startsWith('-') && word !== '-') {
      const option = [...command.options, ...program.options].find(
        (candidate) => candidate.long === word || candidate.short === word,
      )
      if (option?.required === true) pending = option
    } else {
      const child = command.commands.find((candidate) => candidate.name() === word)
      if (child === undefined) positionals++
      else command = child
    }
  }
  return { command, positionals, pending }
}

async function valuesOf(
  context: CliContext,
  choices: readonly string[] | undefined,
  name: string,
): Promise<readonly Candidate[]> {
  if (choices !== undefined && choices.length > 0)
    return choices.map((word) => ({ word, description: '' }))
  const client = new SocketClient(context.paths.socket, ANSWER_MAX_MS)
  try {
    return await liveValues(context, client, name)
  } catch {
    // A node that does not run, or is slow, completes nothing; the command itself will say so.
    return []
  }
}

async function liveValues(
  context: CliContext,
  client: Client,
  name: string,
): Promise<readonly Candidate[]> {
  switch (name) {
    case 'device': {
      const devices = await client.list<Device>(apiPath`networks/${context.network}/devices`)
      return devices.map((device) => ({
        word: HARMLESS.test(device.name) ? device.name : device.id,
        description: device.health,
      }))
    }
    case 'network': {
      const networks = await client.list<Network>(apiPath`networks`)
      return networks.map((network) => ({
        word: HARMLESS.test(network.name) ? network.name : network.id,
        description: network.status,
      }))
    }
    case 'join': {
      const joins = await client.list<PendingJoin>(apiPath`networks/${context.network}/joins`)
      return joins.map((join) => ({
        word: HARMLESS.test(join.name) ? join.name : join.id,
        description: join.platform,
      }))
    }
    case 'key': {
      const { SETTING_KEYS } = await import('../settings/setting-keys.ts')
      return SETTING_KEYS.map(({ key, description }) => ({ word: key, description }))
    }
    case 'topic':
      return [
        ...Object.keys(HELP_TOPICS).map((word) => ({ word, description: 'topic' })),
        ...COMMANDS.map((command) => ({ word: command.name, description: command.summary })),
      ]
    default:
      return []
  }
}
