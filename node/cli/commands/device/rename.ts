import type { Device, PatchDevice } from '../../../api/contract/device.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { nameOf } from '../../format.ts'
import { safeText } from '../../safe-text.ts'

export const rename = (context: CliContext) =>
  defineCommand({
    name: 'rename',
    summary: 'Give a device another name in the network',
    examples: ['asgard device rename pi garage', 'asgard device rename 9eJUqb "old laptop"'],
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .argument('<name>', 'the new name')
    .action(async (selector, name) => {
      const { client, output, network } = context
      const patch: PatchDevice = { name }
      const device = await client.send<Device>(
        'PATCH',
        apiPath`networks/${network}/devices/${selector}`,
        patch,
      )
      output.result('device.rename', device, () =>
        output.done(`${safeText(selector, 200)} is called ${nameOf(device)} now`),
      )
      output.next(`asgard device show ${nameOf(device)}`)
    })
