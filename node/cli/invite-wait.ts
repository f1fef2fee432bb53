import type { EventFrame } from '../api/contract/mesh.ts'
import type { Device } from '../api/contract/device.ts'
import type { CreatedInvite, Invite, PendingJoin } from '../api/contract/network.ts'
import type { CliContext } from './cli-context.ts'
import { isInterrupted } from './cli-error.ts'
import { apiPath } from './client.ts'
import { addressText, durationText, nameOf, roleWord } from './format.ts'
import { askYesNo } from './prompts.ts'
import { safeText } from './safe-text.ts'

/**
 * Waits until the ticket is used up, asking here for each device that needs approval. Ctrl-C ends the waiting
 * only: the ticket stays valid. `events` was opened before the ticket was made, so no device is missed.
 */
export async function waitForJoins(
  context: CliContext,
  created: CreatedInvite,
  events: AsyncIterable<EventFrame>,
  expiry: AbortSignal,
): Promise<void> {
  const { client, network, output, terminal } = context
  const progress = context.progress()
  const asked = new Set<string>()
  const approved = new Set<string>()
  const startedAt = terminal.now()
  progress.show('waiting for a device…   (Ctrl-C keeps the ticket valid)')
  try {
    for await (const frame of events) {
      if (frame.kind === 'event' && frame.event.type === 'device:admitted') {
        progress.clear()
        const { event } = frame
        if (event.device !== null && approved.has(event.device)) continue
        output.item('invite.joined', event, () =>
          output.done(
            `${safeText(event.text)} · ${durationText(terminal.now() - startedAt)} after the ticket was made`,
          ),
        )
      }
      for (const join of created.approve ? await pendingJoins(context) : []) {
        if (asked.has(join.id)) continue
        asked.add(join.id)
        progress.clear()
        if (await answer(context, join)) approved.add(join.device)
      }
      const invites = await client.list<Invite>(apiPath`networks/${network}/invites`)
      const invite = invites.find((candidate) => candidate.id === created.id)
      if (invite === undefined || invite.status !== 'open') break
      progress.show(
        `waiting for ${invite.used === 0 ? 'a' : 'the next'} device…   (Ctrl-C keeps the ticket valid)`,
      )
    }
  } catch (error) {
    if (!isInterrupted(error)) throw error
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

/** Whether the device was let in from here. */
async function answer(context: CliContext, join: PendingJoin): Promise<boolean> {
  const { client, network, output, terminal } = context
  const name = safeText(join.name, 63)
  const words = join.words.map((word) => safeText(word, 40)).join(' ')
  output.item('invite.pending', join, () =>
    output.line(
      `? “${name}”, ${safeText(join.platform, 80)}, from ${addressText(join.address)}, wants to join. Both screens must show:  ${words}`,
    ),
  )
  if (!context.canAsk) {
    const id = safeText(join.id, 80)
    output.say(`Answer with: asgard device approve ${id}   or: asgard device deny ${id}`)
    return false
  }
  if (await askYesNo(context, 'Approve?', terminal.interrupted)) {
    const path = apiPath`networks/${network}/joins/${join.id}/approve`
    const device = await client.send<Device>('POST', path)
    output.done(`${nameOf(device)} is in, as ${roleWord(device.role)}`)
    return true
  }
  await client.send<undefined>('POST', apiPath`networks/${network}/joins/${join.id}/deny`)
  output.done(`${name} was not let in`)
  return false
}
