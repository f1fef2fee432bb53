import type { PathReport } from '../../api/contract/device.ts'
import type { CliContext } from '../cli-context.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { agoText, durationText, healthWord, msText, pathText } from '../format.ts'
import { safeText } from '../safe-text.ts'

export const path = (context: CliContext) =>
  defineCommand({
    name: 'path',
    summary: 'Why a device is connected the way it is, or is not',
    examples: ['asgard path nas', "asgard path nas --json | jq '.data.attempts'"],
  })
    .argument('<device>', 'name, unique prefix, id or its end')
    .action(async (device) => {
      const { client, output, network } = context
      const report = await client.get<PathReport>(apiPath`networks/${network}/paths/${device}`)
      output.result('path', report, () => showReport(context, report))
    })

function showReport(context: CliContext, report: PathReport): void {
  const { output, terminal } = context
  const now = terminal.now()
  if (!output.isPlain) {
    const how =
      report.path === null
        ? 'not connected'
        : `${safeText(pathText(report.path))}, ${msText(report.path.rttMs)}, for ${durationText(now - report.path.sinceMs)}`
    output.line(
      `${output.paint('bold', safeText(report.name, 63))}  ${healthWord(report.health)} · ${how}`,
    )
  }
  if (output.isPlain || report.attempts.length > 0) showAttempts(context, report, now)
  if (output.isPlain) return
  if (report.nextAttemptAt !== null)
    output.line(`Next attempt in ${durationText(report.nextAttemptAt - now)}.`)
  if (report.seenBy.length > 0)
    output.line(`Seen by ${report.seenBy.map((name) => safeText(name, 63)).join(', ')}.`)
  if (report.advice !== '') output.line(safeText(report.advice, 1_000))
}

function showAttempts(context: CliContext, report: PathReport, now: number): void {
  const { output } = context
  output.table(
    [
      { title: 'WHEN' },
      { title: 'ADDRESS', canShrink: true },
      { title: 'FROM' },
      { title: 'OUTCOME', style: (cell) => (cell === 'connected' ? 'green' : 'yellow') },
      { title: 'TOOK', alignRight: true },
      { title: 'DETAIL', canShrink: true, isOptional: true },
    ],
    report.attempts.map((attempt) => [
      agoText(attempt.at, now),
      attempt.address,
      attempt.source,
      attempt.outcome,
      msText(attempt.durationMs),
      attempt.detail,
    ]),
  )
}
