import type { Network } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import { roleWord, timeText } from '../../format.ts'
import { safeText } from '../../safe-text.ts'
import { renderPairs } from '../../table.ts'

export const show = (context: CliContext) =>
  defineCommand({
    name: 'show',
    summary: 'Show one network',
    examples: ['asgard network show', 'asgard network show office'],
  })
    .argument('[network]', 'name, unique prefix or id; the current one when not given')
    .action(async (selector) => {
      const { client, output } = context
      const network = await client.get<Network>(apiPath`networks/${selector ?? context.network}`)
      output.result('network.show', network, () => {
        const rows: (readonly [string, string])[] = [
          ['Name', safeText(network.name)],
          ['ID', safeText(network.id)],
          ['Status', network.status],
          ['Your role', roleWord(network.role)],
          ['Devices', `${network.devices}, ${network.alive} online`],
          ['Since', timeText(network.createdAt)],
          ...network.listen.map((address, i): readonly [string, string] => [
            i === 0 ? 'Listening' : '',
            safeText(address),
          ]),
        ]
        if (output.isPlain)
          output.table(
            [],
            rows.map((row) => [...row]),
          )
        else output.raw(renderPairs(rows))
      })
    })
