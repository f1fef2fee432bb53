import type { Network } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { safeText } from '../../safe-text.ts'

export const rename = (context: CliContext) =>
  defineCommand({
    name: 'rename',
    summary: 'Give the network another name, on every device',
    examples: ['asgard network rename cottage', 'asgard network rename cottage --network home'],
  })
    .argument('<name>', 'the new name')
    .action(async (name) => {
      const { client, output } = context
      const network = await client.send<Network>('PATCH', apiPath`networks/${context.network}`, {
        name,
      })
      output.result('network.rename', network, () =>
        output.done(`The network is called “${safeText(network.name)}” now`),
      )
      output.next('asgard network show')
    })
