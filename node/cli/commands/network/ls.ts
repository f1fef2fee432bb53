import type { Network } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { roleWord, shortId } from '../../format.ts'

export const ls = (context: CliContext) =>
  defineCommand({
    name: 'ls',
    summary: 'List the networks of this device',
    examples: ['asgard network ls', 'asgard network ls --plain'],
  }).action(async () => {
    const { client, output } = context
    const networks = await client.list<Network>(apiPath`networks`)
    output.result('network.ls', networks, () => {
      if (output.isPlain) {
        output.table(
          [],
          networks.map((network) => [network.name, network.status, network.role ?? '', network.id]),
        )
      } else if (networks.length === 0) {
        output.say('This device is in no network. Make one: asgard init. Join one: asgard join')
      } else {
        output.table(
          [
            { title: '', style: () => 'green' },
            { title: 'NETWORK', canShrink: true },
            { title: 'STATUS' },
            { title: 'ROLE' },
            { title: 'ONLINE', alignRight: true },
            { title: 'ID' },
          ],
          networks.map((network) => [
            network.isCurrent ? '*' : '',
            network.name,
            network.status,
            roleWord(network.role),
            `${network.alive}/${network.devices}`,
            shortId(network.id),
          ]),
        )
      }
    })
  })
