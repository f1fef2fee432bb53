import type { Device } from '../api/contract/device.ts'
import type { CreatedInvite, Invite, PendingJoin } from '../api/contract/network.ts'
import type { CliContext } from './cli-context.ts'
import { apiPath } from './client.ts'
import { followEvents } from './follow-events.ts'
import { askYesNo } from './prompts.ts'
import { safeText } from './safe-text.ts'

/**
 * Waits until the ticket is used up, asking here for each device that needs approval. Ctrl-C ends the waiting
 * only: the ticket stays valid.
 */
export async function waitForJoins(context: CliContext, created: CreatedInvite): Promise<void> {
  const { client, network, output, terminal } = context
  const progress = context.progress()
  const expiry = AbortSignal.timeout(Math.max(1, created.expiresAt - terminal.now()))
  const asked = new Set<string>()
  let used = 0
  progress.show('waiting for a device…   (Ctrl-C keeps the ticket valid)')
  try {
    for await (const frame of followEvents(context, { signal: expiry })) {
      if (frame.kind === 'event' && frame.event.type === 'device:admitted') {
        progress.clear()
        const { event } = frame
        output.item('invite.joined', event, () => output.done(safeText(event.text)))
      }
      // The first frame too: a device may have come before we listened.
      for (const join of created.approve ? await pendingJoins(context) : []) {
        if (asked.has(join.id)) continue
        asked.add(join.id)
        progress.clear()
        await answer(context, join)
      }
      const invites = await client.list<Invite>(apiPath`networks/${network}/invites`)
      const invite = invites.find((candidate) => candidate.id === created.id)
      if (invite === undefined || invite.status !== 'open') break
      used = invite.used
      progress.show(
        `waiting for ${used === 0 ? 'a' : 'the next'} device…   (Ctrl-C keeps the ticket valid)`,
      )
    }
  } finally {
    progress.clear()
  }
  if (terminal.interrupted.aborted) output.say('The ticket stays valid.')
  else if (expiry.aborted) output.say('The ticket has expired. A new one: asgard invite')
  else output.next('asgard status')
}

async function pendingJoins(context: CliContext): Promise<PendingJoin[]> {
  const joins = await context.client.list<PendingJoin>(apiPath`networks/${context.network}/joins`)
  return joins.filter((join) => join.reason === 'approval')
}

async function answer(context: CliContext, join: PendingJoin): Promise<void> {
  const { client, network, output } = context
  const words = join.words.map((word) => safeText(word, 40)).join(' ')
  output.item('invite.pending', join, () =>
    output.line(
      `? “${safeText(join.name, 63)}”, ${safeText(join.platform, 80)}, from ${safeText(join.address, 200)}, wants to join. Both screens must show:  ${words}`,
    ),
  )
  if (!context.canAsk) {
    output.say(
      `Answer with: asgard device approve ${safeText(join.id, 80)}   or: asgard device deny ${safeText(join.id, 80)}`,
    )
    return
  }
  if (await askYesNo(context, 'Approve?')) {
    await client.send<Device>('POST', apiPath`networks/${network}/joins/${join.id}/approve`)
  } else {
    await client.send<undefined>('POST', apiPath`networks/${network}/joins/${join.id}/deny`)
    output.done(`${safeText(join.name, 63)} was not let in`)
  }
}
