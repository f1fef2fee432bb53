import { readFileSync } from 'node:fs'
import type { JoinProgress } from '../../api/contract/network.ts'
import type { CliContext } from '../cli-context.ts'
import { cliError, usageError, type CliError } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { addressText, clockText, durationText, msText, nameOrId, plural } from '../format.ts'
import { askHidden } from '../prompts.ts'
import { safeText } from '../safe-text.ts'
import { ensureNode } from '../start-node.ts'

const TICKET_MAX_CHARS = 1_024

export const join = (context: CliContext) =>
  defineCommand({
    name: 'join',
    summary: 'Join a network with a ticket',
    examples: [
      'asgard join                          asks for the ticket',
      'asgard join --ticket-file ticket.txt',
      'ssh laptop asgard invite --plain | asgard join -',
    ],
    more: 'The ticket comes from `asgard invite` on a device that is in the network. A ticket given as an argument\nstays in the history of your shell; it works once and not for long.',
  })
    .argument('[ticket]', 'the ticket; - reads it from standard input')
    .option('--ticket-file <file>', 'read the ticket from a file')
    .option('--name <name>', 'what this device is called in the network')
    .action(async (argument, options) => {
      const ticket = await ticketFrom(context, argument, options.ticketFile)
      await ensureNode(context)
      const joined = await followJoin(context, ticket, options.name)
      const { network } = joined
      context.output.result(
        'join',
        joined,
        () => {
          const count = `${plural(network.devices, 'device')}, ${network.alive} online`
          context.output.done(
            `Joined “${safeText(network.name)}”${network.role === null ? '' : ` as ${network.role}`} · ${count}`,
          )
        },
        joined.warnings.map((text) => ({ code: 'JOIN', text: safeText(text) })),
      )
      context.output.next('asgard status')
    })

type Joined = Extract<JoinProgress, { step: 'joined' }>

async function followJoin(
  context: CliContext,
  ticket: string,
  deviceName: string | undefined,
): Promise<Joined> {
  const { output, client, terminal } = context
  const progress = context.progress()
  const body = { ticket, ...(deviceName === undefined ? {} : { deviceName }) }
  try {
    for await (const step of client.stream<JoinProgress>(
      'POST',
      apiPath`joins`,
      body,
      terminal.interrupted,
    )) {
      progress.clear()
      switch (step.step) {
        case 'ticket':
          output.say(
            `${output.mark('✓', '+')} Ticket ok       network “${nameOrId(step.network)}”, role ${step.role}, ${durationText(step.expiresAt - terminal.now())} left`,
          )
          break
        case 'dialling':
          output.detail(step.addresses.map((address) => safeText(address)).join('\n'))
          progress.show(
            `looking for the network at ${plural(step.addresses.length, 'address', 'addresses')}`,
          )
          break
        case 'reached':
          output.say(
            `${output.mark('✓', '+')} Reached ${nameOrId(step.device)}  ${addressText(step.address)}, ${msText(step.elapsedMs)}`,
          )
          progress.show('joining')
          break
        case 'pending':
          output.say(
            `  Waiting for approval until ${clockText(terminal.now() + step.waitMs)}. Both screens must show:  ${step.words.map((word) => safeText(word, 40)).join(' ')}`,
          )
          progress.show('waiting for approval')
          break
        case 'failed':
          throw refusal(step)
        case 'joined':
          return step
      }
    }
  } finally {
    progress.clear()
  }
  throw terminal.interrupted.aborted
    ? cliError('INTERRUPTED', 499, 'Interrupted', 'interrupted')
    : cliError(
        'CONNECTION_LOST',
        500,
        'Connection lost',
        'The node stopped before the join ended.',
        'asgard status',
      )
}

/** Codes of a failed join, as statuses that stand for the right exit code. */
const STATUS_OF: Readonly<Record<string, number>> = {
  BAD_TICKET: 400,
  MALFORMED: 400,
  ALREADY_MEMBER: 409,
  CONFLICT: 409,
  TIMEOUT: 504,
  UNREACHABLE: 504,
  INTERNAL: 500,
}

function refusal(step: Extract<JoinProgress, { step: 'failed' }>): CliError {
  return cliError(step.code, STATUS_OF[step.code] ?? 403, 'Not joined', step.detail, step.hint)
}

async function ticketFrom(
  context: CliContext,
  argument: string | undefined,
  file: string | undefined,
): Promise<string> {
  if (argument !== undefined && file !== undefined)
    throw usageError('give a ticket or --ticket-file, not both')
  if (file !== undefined) return ticketOf(readTicketFile(file))
  if (argument === '-') return ticketOf(await readAll(context.terminal.stdin))
  if (argument !== undefined) return ticketOf(argument)
  if (!context.canAsk)
    throw usageError(
      'no ticket was given, and nobody is there to ask',
      'Give it by: asgard join -, or --ticket-file FILE',
    )
  return ticketOf(await askHidden(context, 'Paste ticket (hidden)'))
}

/** Only the ticket's own first line: `asgard invite --plain` and hand-made files may hold more. */
function ticketOf(text: string): string {
  const ticket = text.trim().split(/\s/)[0] ?? ''
  if (ticket === '') throw usageError('the ticket is empty')
  if (ticket.length > TICKET_MAX_CHARS) throw usageError('that is too long to be a ticket')
  return ticket
}

function readTicketFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw usageError(
      `cannot read the ticket file: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.length > 4 * TICKET_MAX_CHARS) throw usageError('that is too long to be a ticket')
  }
  return text
}
