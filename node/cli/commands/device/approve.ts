import type { Device } from '../../../api/contract/device.ts'
import type { PendingJoin } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { addressText, agoText, nameOf, roleWord, shortId } from '../../format.ts'
import { confirm } from '../../prompts.ts'
import { safeText } from '../../safe-text.ts'

export const approve = (context: CliContext) =>
  defineCommand({
    name: 'approve',
    summary: 'Let a waiting device in; without a name, list those that wait',
    examples: [
      'asgard device approve',
      'asgard device approve pi',
      'asgard device approve pi --yes',
    ],
    more: 'Compare the words with those on the screen of the other device first.',
  })
    .argument('[join]', 'name or id of the waiting device')
    .option('-y, --yes', 'do not ask: the words have been compared')
    .action(async (selector, { yes }) => {
      const { client, output, network } = context
      const joins = await client.list<PendingJoin>(apiPath`networks/${network}/joins`)
      if (selector === undefined) {
        showPending(context, joins)
        return
      }
      const join = joins.find(
        (candidate) =>
          candidate.id === selector || candidate.device === selector || candidate.name === selector,
      )
      // The node knows unique prefixes and id tails too; it then approves what we cannot show.
      if (join !== undefined) {
        output.say(
          `“${safeText(join.name, 63)}”, ${safeText(join.platform, 80)}, from ${addressText(join.address)}, as ${join.role}. Its screen must show:  ${wordsText(join)}`,
        )
      }
      await confirm(context, yes, 'Approve?')
      const device = await client.send<Device>(
        'POST',
        apiPath`networks/${network}/joins/${join?.id ?? selector}/approve`,
      )
      output.result('device.approve', device, () =>
        output.done(`${nameOf(device)} is in, as ${roleWord(device.role)}`),
      )
      output.next('asgard status')
    })

function showPending(context: CliContext, joins: readonly PendingJoin[]): void {
  const { output, terminal } = context
  const now = terminal.now()
  output.result('device.pending', joins, () => {
    if (joins.length === 0 && !output.isPlain) output.say('No device is waiting.')
    else {
      output.table(
        [
          { title: 'DEVICE', canShrink: true },
          { title: 'PLATFORM', canShrink: true, isOptional: true },
          { title: 'ROLE' },
          { title: 'WORDS' },
          { title: 'WHY', canShrink: true, isOptional: true },
          { title: 'ASKED', isOptional: true },
          { title: 'ID' },
        ],
        joins.map((join) => [
          join.name,
          join.platform,
          join.role,
          wordsText(join),
          join.reason,
          agoText(join.requestedAt, now),
          output.isPlain ? join.id : shortId(join.id),
        ]),
      )
    }
  })
}

const wordsText = (join: PendingJoin): string =>
  join.words.map((word) => safeText(word, 40)).join(' ')
