import type { PingLine } from '../../api/contract/device.ts'
import { count, durationMs } from '../arguments.ts'
import type { CliContext } from '../cli-context.ts'
import { cliError } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { EXIT } from '../exit-codes.ts'
import { addressText, msText, pathText } from '../format.ts'
import { safeText } from '../safe-text.ts'

export const ping = (context: CliContext) =>
  defineCommand({
    name: 'ping',
    summary: 'Round trips to a device, and the path they take',
    examples: [
      'asgard ping nas',
      'asgard ping nas -c 20 --interval 200ms',
      'asgard ping nas --until-direct',
    ],
    more: 'Ends with code 6 when no reply came back.',
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .option('-c, --count <count>', 'how many', count, 4)
    .option('-i, --interval <time>', 'time between two, as 200ms or 1s', durationMs, 1_000)
    .option('--timeout <time>', 'how long to wait for each', durationMs, 2_000)
    .option('--until-direct', 'go on until the path leads there without a relay')
    .action(async (device, options) => {
      const { client, output, network, terminal } = context
      const stop = new AbortController()
      const signal = AbortSignal.any([terminal.interrupted, stop.signal])
      const request = {
        device,
        count: options.untilDirect === true ? 1_000 : options.count,
        intervalMs: options.interval,
        timeoutMs: options.timeout,
      }
      const tally = new Tally()
      for await (const line of client.stream<PingLine>(
        'POST',
        apiPath`networks/${network}/ping`,
        request,
        signal,
      )) {
        tally.add(line)
        if (line.kind === 'summary') break
        output.item('ping', line, () => output.line(lineText(line)))
        if (options.untilDirect === true && line.kind === 'reply' && line.path.kind !== 'relayed') {
          tally.isDirect = true
          stop.abort()
        }
      }
      const summary = tally.summary()
      output.item('ping', summary, () =>
        output.line(`${summaryText(summary)}${tally.isDirect ? ' · direct' : ''}`),
      )
      if (terminal.interrupted.aborted) context.endWith(EXIT.interrupted)
      else if (summary.received === 0)
        throw cliError(
          'TIMEOUT',
          504,
          'No reply',
          'No reply came back.',
          `Why: asgard path ${safeText(device, 80)}`,
        )
    })

type Summary = Extract<PingLine, { kind: 'summary' }>

function lineText(line: Exclude<PingLine, Summary>): string {
  if (line.kind === 'lost') return `lost         ${safeText(line.reason, 300)}`
  return `${msText(line.rttMs).padStart(8)}     ${line.path.kind === 'relayed' ? 'via ' : ''}${safeText(pathText(line.path))}  ${addressText(line.path.address)}`
}

function summaryText(summary: Summary): string {
  const { sent, received, minMs, avgMs, maxMs } = summary
  const times =
    received === 0 ? '' : ` · min ${msText(minMs)} / avg ${msText(avgMs)} / max ${msText(maxMs)}`
  return `${sent} sent, ${received} back${times}`
}

/** Our own count, for when we stop before the node has summed up. */
class Tally {
  isDirect = false
  readonly #rtts: number[] = []
  #sent = 0
  #given: Summary | undefined

  add(line: PingLine): void {
    if (line.kind === 'summary') this.#given = line
    else this.#sent++
    if (line.kind === 'reply') this.#rtts.push(line.rttMs)
  }

  summary(): Summary {
    if (this.#given !== undefined) return this.#given
    const rtts = this.#rtts
    const received = rtts.length
    const sum = rtts.reduce((total, rtt) => total + rtt, 0)
    return {
      kind: 'summary',
      sent: this.#sent,
      received,
      minMs: received === 0 ? null : Math.min(...rtts),
      avgMs: received === 0 ? null : sum / received,
      maxMs: received === 0 ? null : Math.max(...rtts),
    }
  }
}
