import type { Device } from '../../../api/contract/device.ts'
import type { Revocation } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { nameOf, shortId } from '../../format.ts'
import { confirmByName } from '../../prompts.ts'
import { receiptsText } from './show.ts'

export const revoke = (context: CliContext) =>
  defineCommand({
    name: 'revoke',
    summary: 'Remove a device for good: its key is shut out everywhere',
    examples: [
      'asgard device revoke lost-phone',
      'asgard device revoke lost-phone --reason stolen --yes',
      'asgard device revoke pi --dry-run',
    ],
    more: 'Cannot be undone: the device can come back only with a new key and a new ticket.\nEvery device reports when it has applied it: asgard device revoke DEVICE --status',
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .option('--reason <text>', 'shown to the other devices')
    .option('--status', 'who has applied the revocation of this device')
    .option('--dry-run', 'say what would happen')
    .option('-y, --yes', 'do not ask')
    .action(async (selector, options) => {
      const { client, output, network } = context
      if (options.status === true) {
        await showStatus(context, selector)
        return
      }
      const device = await client.get<Device>(apiPath`networks/${network}/devices/${selector}`)
      const name = nameOf(device)
      if (options.dryRun === true) {
        output.result('device.revoke', { device, dryRun: true }, () =>
          output.line(`Would remove ${name} (${shortId(device.id)}) for good, on every device.`),
        )
        return
      }
      await confirmByName(
        context,
        options.yes,
        `This shuts ${name} (${shortId(device.id)}) out for good.`,
        name,
      )
      const revocation = await client.send<Revocation>(
        'POST',
        apiPath`networks/${network}/devices/${device.id}/revoke`,
        { reason: options.reason ?? '' },
      )
      output.result('device.revoke', revocation, () =>
        output.done(`${name} is revoked · ${receiptsText(revocation)}`),
      )
      output.next(`asgard device revoke ${shortId(device.id).slice(1)} --status`)
    })

async function showStatus(context: CliContext, selector: string): Promise<void> {
  const { client, output, network } = context
  const revocations = await client.list<Revocation>(apiPath`networks/${network}/revocations`)
  const matching = revocations.filter(
    (item) =>
      item.name === selector ||
      item.device === selector ||
      (selector.length >= 4 && item.device.endsWith(selector)),
  )
  output.result('device.revocations', matching, () => {
    if (matching.length === 0) output.say('No such device was revoked.')
    for (const revocation of matching)
      output.line(
        `${nameOf({ id: revocation.device, name: revocation.name })} ${shortId(revocation.device)} · ${receiptsText(revocation)}`,
      )
  })
}
