import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { safeText } from '../../safe-text.ts'

export const deny = (context: CliContext) =>
  defineCommand({
    name: 'deny',
    summary: 'Turn a waiting device away',
    examples: ['asgard device deny pi', 'asgard device approve            lists those that wait'],
  })
    .argument('<join>', 'name or id of the waiting device')
    .action(async (selector) => {
      const { client, output, network } = context
      await client.send<undefined>('POST', apiPath`networks/${network}/joins/${selector}/deny`)
      output.result('device.deny', { join: selector }, () =>
        output.done(`${safeText(selector, 200)} was turned away`),
      )
      output.next('asgard invite')
    })
