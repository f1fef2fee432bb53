import type { Device } from '../../../api/contract/device.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import {
  agoText,
  healthSign,
  healthStyle,
  stateWord,
  nameOf,
  roleWord,
  shortId,
} from '../../format.ts'

export const ls = (context: CliContext) =>
  defineCommand({
    name: 'ls',
    summary: 'List the devices of the network',
    examples: [
      'asgard device ls',
      'asgard device ls --tag office',
      'asgard device ls --plain | cut -f1',
    ],
  })
    .option('--tag <tag>', 'only devices with this tag')
    .action(async ({ tag }) => {
      const { client, output, network, terminal } = context
      const query = tag === undefined ? '' : `?tag=${encodeURIComponent(tag)}`
      const devices = await client.list<Device>(`${apiPath`networks/${network}/devices`}${query}`)
      const now = terminal.now()
      output.result('device.ls', devices, () => {
        if (output.isPlain) {
          output.table(
            [],
            devices.map((device) => [device.name, device.health, device.role ?? '', device.id]),
          )
          return
        }
        output.table(
          [
            { title: '', style: healthStyle },
            { title: 'DEVICE', canShrink: true },
            { title: 'STATE' },
            { title: 'ROLE' },
            { title: 'PLATFORM', canShrink: true, isOptional: true },
            { title: 'VERSION', canShrink: true, isOptional: true },
            { title: 'SEEN' },
            { title: 'ID' },
            { title: 'TAGS', canShrink: true, isOptional: true },
          ],
          devices.map((device) => [
            healthSign(output, device.health),
            nameOf(device),
            stateWord(device),
            roleWord(device.role),
            device.platform,
            device.version,
            device.isSelf ? 'now' : agoText(device.lastSeenAt, now),
            shortId(device.id),
            device.tags.join(' '),
          ]),
        )
      })
    })
