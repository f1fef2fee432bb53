import type { Device } from '../../../api/contract/device.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { nameOf } from '../../format.ts'
import { confirm } from '../../prompts.ts'

export const forget = (context: CliContext) =>
  defineCommand({
    name: 'forget',
    summary: 'Drop the record of a device that has left or is gone',
    examples: ['asgard device forget old-nas', 'asgard device forget old-nas --yes'],
    more: 'Its record only: a device that must not come back has to be revoked.',
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .option('--dry-run', 'say what would happen')
    .option('-y, --yes', 'do not ask')
    .action(async (selector, options) => {
      const { client, output, network } = context
      const device = await client.get<Device>(apiPath`networks/${network}/devices/${selector}`)
      if (options.dryRun === true) {
        output.result('device.forget', { device, dryRun: true }, () =>
          output.line(`Would drop the record of ${nameOf(device)}.`),
        )
        return
      }
      await confirm(context, options.yes, `Drop the record of ${nameOf(device)}?`)
      await client.send<undefined>('DELETE', apiPath`networks/${network}/devices/${device.id}`)
      output.result('device.forget', { device, dryRun: false }, () =>
        output.done(`${nameOf(device)} is forgotten`),
      )
      output.next('asgard device ls')
    })
