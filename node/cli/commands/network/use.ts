import type { Network } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { safeText } from '../../safe-text.ts'

export const use = (context: CliContext) =>
  defineCommand({
    name: 'use',
    summary: 'Make a network the one that commands are about',
    examples: [
      'asgard network use office',
      'asgard status --network office     for one command only',
    ],
  })
    .argument('<network>', 'name, unique prefix or id')
    .action(async (selector) => {
      const { client, output } = context
      const network = await client.send<Network>('POST', apiPath`networks/${selector}/use`)
      output.result('network.use', network, () =>
        output.done(`Commands are about “${safeText(network.name)}” now`),
      )
      output.next('asgard status')
    })
