import { Option } from '@commander-js/extra-typings'
import type { CreatedInvite, CreateInvite } from '../../api/contract/network.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { count, durationS } from '../arguments.ts'
import { defineCommand } from '../define-command.ts'
import { clockText, durationText } from '../format.ts'
import { openEvents } from '../follow-events.ts'
import { waitForJoins } from '../invite-wait.ts'
import { qrText } from '../qr-text.ts'
import { safeText } from '../safe-text.ts'

const ROLES = ['owner', 'admin', 'operator', 'member', 'guest'] as const

export const invite = (context: CliContext) =>
  defineCommand({
    name: 'invite',
    summary: 'Make a one-time ticket (text and QR code) for another device',
    examples: [
      'asgard invite',
      'asgard invite --role guest --guest-for 2d',
      'asgard invite --approve',
      'asgard invite --plain | ssh pi asgard join -',
    ],
    more: 'Anyone who has the ticket can use it until it expires: give it to the new device only.',
  })
    .addOption(
      new Option('--role <role>', 'what the device may do')
        .choices(ROLES)
        .default('member' as const),
    )
    .option('--expires <time>', 'how long the ticket works: 90s, 15m, 24h, 7d', durationS, 900)
    .option('--uses <count>', 'for how many devices', count, 1)
    .option(
      '--guest-for <time>',
      "guests only: when the guest's membership ends, from now",
      durationS,
    )
    .option('--approve', 'ask here before the device is let in')
    .option('--no-qr', 'print no QR code')
    .option('--wait', 'wait for the device, also with --json or into a pipe')
    .option('--no-wait', 'print the ticket and end')
    .action(async (options) => {
      const { client, output, network } = context
      const request: CreateInvite = {
        role: options.role,
        expiresInS: options.expires,
        uses: options.uses,
        approve: options.approve ?? false,
        ...(options.guestFor === undefined
          ? {}
          : { guestUntil: context.terminal.now() + options.guestFor * 1_000 }),
      }
      const isWaiting = options.wait ?? (output.isTerminal && !output.isJson && !output.isPlain)
      const expiry = AbortSignal.timeout(options.expires * 1_000)
      const events = isWaiting ? await openEvents(context, expiry) : undefined
      const created = await client.send<CreatedInvite>(
        'POST',
        apiPath`networks/${network}/invites`,
        request,
      )
      const isQrShown = options.qr && output.isTerminal && !output.isPlain
      const qr = isQrShown ? await qrText(created.ticketQr, context.terminal.stdout) : undefined
      output.result('invite', created, () => showTicket(context, created, qr))
      if (events !== undefined) await waitForJoins(context, created, events, expiry)
    })

function showTicket(context: CliContext, created: CreatedInvite, qr: string | undefined): void {
  const { output } = context
  if (output.isPlain || !output.isTerminal) {
    output.line(created.ticket)
    return
  }
  const uses = created.uses === 1 ? 'One-time ticket' : `Ticket for ${created.uses} devices`
  const left = durationText(created.expiresAt - context.terminal.now())
  output.line(
    `${uses} · role ${created.role} · valid ${left}, until ${clockText(created.expiresAt)}${created.approve ? ' · needs your approval' : ''}`,
  )
  output.line(`  ${safeText(created.ticket)}`)
  if (qr !== undefined) output.raw(qr)
  output.say('On the new device:  asgard join      then paste the ticket')
}
