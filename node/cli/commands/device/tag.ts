import type { Device, PatchDevice } from '../../../api/contract/device.ts'
import type { CliContext } from '../../cli-context.ts'
import { usageError } from '../../cli-error.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { nameOf } from '../../format.ts'
import { safeText } from '../../safe-text.ts'

export const tag = (context: CliContext) =>
  defineCommand({
    name: 'tag',
    summary: 'Add and remove tags of a device',
    examples: [
      'asgard device tag pi garage sensor',
      'asgard device tag pi --remove sensor',
      'asgard device tag pi --clear',
    ],
    more: 'A tag is a-z, 0-9 and "-".',
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .argument('[tags...]', 'tags to add')
    .option('--remove <tags...>', 'tags to remove')
    .option('--clear', 'remove all other tags')
    .action(async (selector, added, options) => {
      const { client, output, network } = context
      const removed = options.remove ?? []
      if (added.length === 0 && removed.length === 0 && options.clear !== true) {
        throw usageError('which tags?', 'asgard device tag DEVICE TAG…')
      }
      const device = await client.get<Device>(apiPath`networks/${network}/devices/${selector}`)
      const kept =
        options.clear === true ? [] : device.tags.filter((existing) => !removed.includes(existing))
      const patch: PatchDevice = { tags: [...new Set([...kept, ...added])] }
      const changed = await client.send<Device>(
        'PATCH',
        apiPath`networks/${network}/devices/${device.id}`,
        patch,
      )
      output.result('device.tag', changed, () =>
        output.done(
          `Tags of ${nameOf(changed)}: ${changed.tags.map((text) => safeText(text, 64)).join(' ') || 'none'}`,
        ),
      )
      output.next('asgard device ls --tag TAG')
    })
