import type { Network } from '../../api/contract/network.ts'
import type { Identity } from '../../api/contract/device.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { shortId } from '../format.ts'
import { safeText } from '../safe-text.ts'
import { ensureNode } from '../start-node.ts'

export const init = (context: CliContext) =>
  defineCommand({
    name: 'init',
    summary: 'Create a new network with this device as its owner',
    examples: ['asgard init', 'asgard init laptop', 'asgard init laptop --as home'],
    more: 'NAME is what this device is called. A device may be in several networks: the new one becomes the current one.',
  })
    .argument('[name]', 'what this device is called; its host name when not given')
    .option('--as <network>', 'what the network is called', 'home')
    .action(async (name, options) => {
      const { client, output } = context
      await ensureNode(context)
      const network = await client.send<Network>('POST', apiPath`networks`, {
        name: options.as,
        ...(name === undefined ? {} : { deviceName: name }),
      })
      const identity = await client.get<Identity>(apiPath`identity`)
      output.result('init', { network, identity }, () => {
        output.done(
          `Device key   Ed25519, ${keyText(identity)}        ${safeText(context.paths.data)}`,
        )
        output.done(
          `Network      “${safeText(network.name)}” created, you are ${network.role ?? 'its owner'}     ${shortId(network.id)}`,
        )
        const [first, ...others] = network.listen
        if (first !== undefined)
          output.done(
            `Listening    ${safeText(first)}${others.length === 0 ? '' : `       + ${others.length} more`}`,
          )
      })
      output.next('asgard invite          add a device\n       asgard status          see it')
    })

function keyText(identity: Identity): string {
  if (identity.keyProtection === 'none') return 'readable by you only (no passphrase)'
  return `encrypted at rest (${identity.keyProtection})`
}
