import type { Device } from '../../../api/contract/device.ts'
import type { Revocation } from '../../../api/contract/network.ts'
import type { CliContext } from '../../cli-context.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'
import {
  agoText,
  bytesText,
  healthWord,
  msText,
  nameOf,
  pathText,
  roleWord,
  timeText,
} from '../../format.ts'
import { safeBlock, safeText } from '../../safe-text.ts'
import { renderPairs } from '../../table.ts'

export const show = (context: CliContext) =>
  defineCommand({
    name: 'show',
    summary: 'Show one device',
    examples: [
      'asgard device show pi',
      'asgard device show 9eJUqb',
      "asgard device show pi --json | jq '.data.addresses'",
    ],
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .action(async (selector) => {
      const { client, output, network } = context
      const device = await client.get<Device>(apiPath`networks/${network}/devices/${selector}`)
      output.result('device.show', device, () => showDevice(context, device))
    })

function showDevice(context: CliContext, device: Device): void {
  const { output, terminal } = context
  const now = terminal.now()
  const rows: (readonly [string, string])[] = [
    ['Name', nameOf(device)],
    ...(device.ownName === device.name
      ? []
      : [['Calls itself', safeText(device.ownName, 200)] as const]),
    ['ID', safeText(device.id)],
    [
      'State',
      device.isSelf
        ? 'this one'
        : `${healthWord(device.health)}, seen ${agoText(device.lastSeenAt, now)}`,
    ],
    [
      'Role',
      `${roleWord(device.role)}${device.admittedUntil === null ? '' : `, until ${timeText(device.admittedUntil)}`}`,
    ],
    [
      'Path',
      `${safeText(pathText(device.path), 300)}${device.path === null ? '' : `, ${msText(device.path.rttMs)}`}`,
    ],
    ['Machine', machineText(device)],
    ['Version', safeText(device.version, 80)],
    ['In the network', `since ${timeText(device.registeredAt)}`],
    ['Tags', device.tags.map((tag) => safeText(tag, 64)).join(' ') || '—'],
    ['Can', device.capabilities.map((capability) => safeText(capability, 80)).join(', ') || '—'],
    ...device.addresses.map((address, i): readonly [string, string] => [
      i === 0 ? 'Addresses' : '',
      safeText(address, 500),
    ]),
  ]
  if (output.isPlain)
    output.table(
      [],
      rows.map((row) => [...row]),
    )
  else output.raw(renderPairs(rows))
  if (output.isPlain) return
  if (device.note !== '') output.line(`Note\n  ${safeBlock(device.note).replaceAll('\n', '\n  ')}`)
  for (const flag of device.flags)
    output.line(
      `${output.paint('yellow', '!')} ${safeText(flag.code, 40)}: ${safeText(flag.detail, 500)}`,
    )
}

function machineText(device: Device): string {
  const what = [device.kind, device.platform]
    .filter((text) => text !== '')
    .map((text) => safeText(text, 100))
  const { hardware } = device
  if (hardware !== null)
    what.push(
      `${safeText(hardware.cpu, 100)}, ${hardware.cores} cores, ${bytesText(hardware.memoryBytes)}B memory`,
    )
  return what.join(' · ') || '—'
}

/** Who has applied a revocation, and who is still to. */
export function receiptsText(revocation: Revocation): string {
  const applied = revocation.receipts.map((receipt) => safeText(receipt.name, 63))
  const waiting = revocation.waiting.map(
    (device) => `${safeText(device.name, 63)} (${healthWord(device.health)})`,
  )
  const done =
    applied.length === 0 ? 'applied nowhere else yet' : `applied on ${applied.join(', ')}`
  return waiting.length === 0 ? done : `${done}; waiting for ${waiting.join(', ')}`
}
