import type { Status } from '../../api/contract/mesh.ts'
import type { CliContext } from '../cli-context.ts'
import { isInterrupted } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { openEvents } from '../follow-events.ts'
import {
  agoText,
  durationText,
  healthSign,
  healthStyle,
  stateWord,
  msText,
  nameOf,
  pathText,
  plural,
  shortId,
} from '../format.ts'
import { safeText } from '../safe-text.ts'

export const status = (context: CliContext) =>
  defineCommand({
    name: 'status',
    summary: 'One screen: am I up, who is here, how, what is wrong',
    examples: [
      'asgard status',
      'asgard status --watch',
      "asgard status --json | jq '.data.devices[].name'",
    ],
  })
    .option('-w, --watch', 'show it anew whenever something changes')
    .action(async ({ watch }) => {
      const read = (): Promise<Status> => context.client.get(apiPath`status`)
      if (watch !== true) {
        const data = await read()
        context.output.result('status', data, () => showStatus(context, data))
        return
      }
      await watchStatus(context, read).catch((error: unknown) => {
        // Ctrl-C is how watching ends.
        if (!isInterrupted(error)) throw error
      })
    })

async function watchStatus(context: CliContext, read: () => Promise<Status>): Promise<void> {
  const { output } = context
  const show = async (): Promise<void> => {
    const data = await read()
    output.item('status', data, () => {
      if (output.isTerminal) output.raw('\x1b[H\x1b[2J')
      showStatus(context, data)
      if (!output.isTerminal) output.line()
    })
  }
  // Following begins first: what changes while the first screen is drawn is not missed.
  const events = await openEvents(context)
  await show()
  for await (const frame of events) {
    if (frame.kind !== 'heartbeat') await show()
  }
}

function showStatus(context: CliContext, data: Status): void {
  const { output } = context
  const now = context.terminal.now()
  if (output.isPlain) {
    output.table(
      [],
      data.devices.map((device) => [
        device.name,
        device.health,
        device.path?.kind ?? '',
        device.id,
      ]),
    )
    return
  }
  showHead(context, data, now)
  if (data.devices.length > 0) showDevices(context, data, now)
  for (const join of data.pendingJoins) {
    output.line(
      `${output.paint('yellow', '?')} “${safeText(join.name, 80)}” wants to join     asgard device approve ${safeText(join.name, 80)}`,
    )
  }
  for (const warning of data.warnings) {
    const style = warning.severity === 'error' ? 'red' : 'yellow'
    output.line(
      `${output.paint(style, '!')} ${safeText(warning.text, 500)}${warning.fix === '' ? '' : `     ${safeText(warning.fix, 200)}`}`,
    )
  }
  if (data.ui !== null) output.say(`UI:  asgard ui   (${safeText(data.ui, 200)})`)
}

const ABSENCE = {
  left: 'this device has left it',
  removed: 'this device was removed from it',
  joining: 'waiting for approval',
} as const

function showHead(context: CliContext, data: Status, now: number): void {
  const { output } = context
  const me = `${safeText(data.identity.name, 63)} ${shortId(data.identity.ID)} · v${safeText(data.version, 40)} · up ${durationText(now - data.startedAt)}`
  if (data.network === null) {
    output.line(`${output.paint('dim', output.mark('○', 'o'))} in no network      ${me}`)
    for (const { name, status: how } of data.networks) {
      if (how !== 'active') output.line(`  “${safeText(name, 63)}”: ${ABSENCE[how]}`)
    }
    output.next(
      'asgard init           make a network of your own\n       asgard join           join one with a ticket',
    )
    return
  }
  const sign = output.paint(data.warnings.length === 0 ? 'green' : 'yellow', output.mark('●', '*'))
  output.line(
    `${sign} ${output.paint('bold', safeText(data.network.name, 63))}  ${safeText(data.summary, 300)}      ${me}`,
  )
  if (data.networks.length > 1)
    output.line(`  ${plural(data.networks.length, 'network')}: asgard network ls`)
}

function showDevices(context: CliContext, data: Status, now: number): void {
  const { output } = context
  output.table(
    [
      { title: '', style: healthStyle },
      { title: 'DEVICE', canShrink: true },
      { title: 'STATE' },
      { title: 'PATH', canShrink: true },
      { title: 'RTT', alignRight: true },
      { title: 'SEEN' },
    ],
    data.devices.map((device) => [
      healthSign(output, device.health),
      nameOf(device),
      stateWord(device),
      pathText(device.path),
      msText(device.path?.rttMs ?? null),
      device.isSelf ? 'now' : agoText(device.lastSeenAt, now),
    ]),
  )
}
