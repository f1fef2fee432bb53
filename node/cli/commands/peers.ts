import type { Connection } from '../../api/contract/device.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { bytesText, durationText, msText, pathText, shortId } from '../format.ts'
import { safeText } from '../safe-text.ts'

export const peers = (context: CliContext) =>
  defineCommand({
    name: 'peers',
    summary: 'Connections: path, transport, round-trip time, traffic',
    examples: [
      'asgard peers',
      'asgard peers nas --long',
      'asgard peers --plain         one multiaddr per line',
    ],
  })
    .argument('[device]', 'only connections to this device')
    .option('-l, --long', 'also encryption, multiplexer, streams and addresses')
    .action(async (device, { long }) => {
      const { client, output, network } = context
      const query = device === undefined ? '' : `?device=${encodeURIComponent(device)}`
      const connections = await client.list<Connection>(
        `${apiPath`networks/${network}/connections`}${query}`,
      )
      output.result('peers', connections, () => {
        if (output.isPlain)
          for (const connection of connections) output.line(safeText(connection.path.address))
        else if (connections.length === 0) output.say('No connections. Why: asgard path DEVICE')
        else if (long === true) for (const connection of connections) showLong(context, connection)
        else showTable(context, connections)
      })
    })

function showTable(context: CliContext, connections: readonly Connection[]): void {
  const now = context.terminal.now()
  context.output.table(
    [
      { title: 'DEVICE', canShrink: true },
      { title: 'DIR' },
      { title: 'PATH', canShrink: true },
      { title: 'RTT', alignRight: true },
      { title: 'IN', alignRight: true, isOptional: true },
      { title: 'OUT', alignRight: true, isOptional: true },
      { title: 'AGE', alignRight: true, isOptional: true },
    ],
    connections.map((connection) => [
      connection.name === '' ? shortId(connection.device) : connection.name,
      connection.direction,
      pathText(connection.path),
      msText(connection.path.rttMs),
      bytesText(connection.bytesIn),
      bytesText(connection.bytesOut),
      durationText(now - connection.openedAt),
    ]),
  )
}

function showLong(context: CliContext, connection: Connection): void {
  const { output, terminal } = context
  const { path } = connection
  output.line(
    `${output.paint('bold', safeText(connection.name, 63))}  ${safeText(connection.device)}`,
  )
  output.line(
    `  ${connection.direction === 'in' ? 'from there' : 'from here'} · ${safeText(pathText(path))} · ${safeText(connection.encryption, 80)} · ${safeText(connection.multiplexer, 80)} · open ${durationText(terminal.now() - connection.openedAt)}`,
  )
  output.line(
    `  RTT ${msText(path.rttMs)} · loss ${(path.loss * 100).toFixed(0)} % · in ${bytesText(connection.bytesIn)}, out ${bytesText(connection.bytesOut)}`,
  )
  output.line(`  Multiaddr: ${safeText(path.address)}`)
  for (const stream of connection.streams) output.line(`  Stream:    ${safeText(stream, 200)}`)
}
