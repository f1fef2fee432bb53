import { Argument } from '@commander-js/extra-typings'
import type { Device } from '../../../api/contract/device.ts'
import { durationS } from '../../arguments.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { nameOf, roleWord, timeText } from '../../format.ts'
import { confirm } from '../../prompts.ts'

const ROLES = ['owner', 'admin', 'operator', 'member', 'guest'] as const

export const role = (context: CliContext) =>
  defineCommand({
    name: 'role',
    summary: 'Change what a device may do',
    examples: [
      'asgard device role pi operator',
      'asgard device role tablet guest --for 2d',
      'asgard device role nas owner --yes',
    ],
    more: 'owner: may make owners · admin: lets in and removes · operator: runs things · member: uses them · guest: for a time',
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .addArgument(new Argument('<role>', 'the new role').choices(ROLES))
    .option('--for <time>', 'until then, as 2d')
    .option('--dry-run', 'say what would happen')
    .option('-y, --yes', 'do not ask')
    .action(async (selector, newRole, options) => {
      const { client, output, network, terminal } = context
      const until =
        options.for === undefined ? undefined : terminal.now() + durationS(options.for) * 1_000
      const device = await client.get<Device>(apiPath`networks/${network}/devices/${selector}`)
      const what = `${nameOf(device)}: ${roleWord(device.role)} → ${newRole}${until === undefined ? '' : `, until ${timeText(until)}`}`
      if (options.dryRun === true) {
        output.result('device.role', { device, role: newRole, dryRun: true }, () =>
          output.line(`Would change ${what}.`),
        )
        return
      }
      // Power is easier given than taken back.
      if (newRole === 'owner' || newRole === 'admin')
        await confirm(context, options.yes, `Make ${nameOf(device)} ${newRole}?`)
      const changed = await client.send<Device>(
        'PUT',
        apiPath`networks/${network}/devices/${device.id}/role`,
        {
          role: newRole,
          ...(until === undefined ? {} : { until }),
        },
      )
      output.result('device.role', changed, () => output.done(what))
      output.next('asgard device ls')
    })
