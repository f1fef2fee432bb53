import { Option } from '@commander-js/extra-typings'
import type { LogLine } from '../../api/contract/mesh.ts'
import { moment } from '../arguments.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { timeText } from '../format.ts'
import type { Style } from '../terminal.ts'
import { safeText } from '../safe-text.ts'

const LEVELS = ['error', 'warn', 'info', 'debug'] as const
const STYLES: Readonly<Record<LogLine['level'], Style>> = {
  error: 'red',
  warn: 'yellow',
  info: 'green',
  debug: 'dim',
}

export const logs = (context: CliContext) =>
  defineCommand({
    name: 'logs',
    summary: 'The log of this node',
    examples: [
      'asgard logs',
      'asgard logs -f --level warn',
      'asgard logs --since 15m --subsystem gate',
      'asgard logs -f --json',
    ],
    more: `The last 1,000 lines are kept for this command; older ones are in the log file (asgard config path).\nMore detail from now on: asgard config set log.level debug`,
  })
    .option('-f, --follow', 'go on as lines are written')
    .addOption(
      new Option('--level <level>', 'the least important lines shown')
        .choices(LEVELS)
        .default('debug' as const),
    )
    .option(
      '--since <moment>',
      'only lines from then on: 15m, 2026-11-20, 2026-11-20T14:00',
      moment(context.terminal.now),
    )
    .option('--subsystem <name>', 'only lines of this part of the node')
    .action(async (options) => {
      const { client, output, terminal } = context
      const query = new URLSearchParams({
        follow: String(options.follow ?? false),
        level: options.level,
      })
      const path = `${apiPath`logs`}?${query.toString()}`
      for await (const line of client.stream<LogLine>(
        'GET',
        path,
        undefined,
        terminal.interrupted,
      )) {
        if (options.since !== undefined && line.time < options.since) continue
        if (options.subsystem !== undefined && line.subsystem !== options.subsystem) continue
        output.item('logs', line, () => showLine(context, line))
      }
    })

function showLine(context: CliContext, line: LogLine): void {
  const { output } = context
  const fields = Object.entries(line.fields)
    .map(([key, value]) => ` ${safeText(key, 80)}=${safeText(JSON.stringify(value) ?? '', 1_000)}`)
    .join('')
  if (output.isPlain)
    output.table([], [[String(line.time), line.level, line.subsystem, line.message, fields.trim()]])
  else
    output.line(
      `${output.paint('dim', timeText(line.time))} ${output.paint(STYLES[line.level], line.level.padEnd(5))} ${safeText(line.subsystem, 80)}: ${safeText(line.message, 1_000)}${output.paint('dim', fields)}`,
    )
}
