import type { Network } from '../../api/contract/network.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { confirm, confirmByName } from '../prompts.ts'
import { safeText } from '../safe-text.ts'

export const leave = (context: CliContext) =>
  defineCommand({
    name: 'leave',
    summary: 'Leave a network',
    examples: ['asgard leave', 'asgard leave --network home --erase', 'asgard leave --dry-run'],
    more: 'The others are told that this device has left; to come back it needs a new ticket.',
  })
    .option('--erase', "also delete what this device keeps of the network's data")
    .option(
      '--force',
      'also when the last owner leaves, after which nobody can make owners any more',
    )
    .option('--dry-run', 'say what would happen')
    .option('-y, --yes', 'do not ask')
    .action(async (options) => {
      const { client, output } = context
      const network = await client.get<Network>(apiPath`networks/${context.network}`)
      const name = safeText(network.name, 63)
      if (options.dryRun === true) {
        output.result('leave', { network, dryRun: true }, () =>
          output.line(
            `Would leave “${name}”${options.erase === true ? " and delete this device's copy of its data" : ''}.`,
          ),
        )
        return
      }
      if (options.erase === true)
        await confirmByName(
          context,
          options.yes,
          `This deletes this device's copy of “${name}”.`,
          network.name,
        )
      else await confirm(context, options.yes, `Leave “${name}”? Coming back needs a new ticket.`)
      const left = await client.send<Network>('POST', apiPath`networks/${network.id}/leave`, {
        erase: options.erase ?? false,
        force: options.force ?? false,
      })
      output.result('leave', { network: left, dryRun: false }, () => output.done(`Left “${name}”`))
      output.next('asgard network ls')
    })
