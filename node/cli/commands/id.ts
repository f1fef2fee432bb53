import type { Identity } from '../../api/contract/device.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { safeText } from '../safe-text.ts'
import { renderPairs } from '../table.ts'

export const id = (context: CliContext) =>
  defineCommand({
    name: 'id',
    summary: "This device's identity and fingerprint",
    examples: [
      'asgard id',
      'asgard id --plain            the id only',
      'asgard id --json | jq -r .data.PublicKey',
    ],
  }).action(async () => {
    const { client, output } = context
    const identity = await client.get<Identity>(apiPath`identity`)
    output.result('id', identity, () => {
      if (output.isPlain) {
        output.line(identity.ID)
        return
      }
      output.raw(
        renderPairs([
          ['Name', safeText(identity.name)],
          ['ID', identity.ID],
          ['Fingerprint', safeText(identity.fingerprint)],
          ['Public key', safeText(identity.PublicKey)],
          [
            'Key file',
            identity.keyProtection === 'none'
              ? 'readable by you only, no passphrase'
              : `encrypted (${identity.keyProtection})`,
          ],
          ['Agent', safeText(identity.AgentVersion)],
          ...identity.Addresses.map((address, i): [string, string] => [
            i === 0 ? 'Addresses' : '',
            safeText(address),
          ]),
        ]),
      )
    })
  })
