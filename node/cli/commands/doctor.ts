import type { z } from 'zod'
import type { check, DoctorReport } from '../../api/contract/mesh.ts'
import type { CliContext } from '../cli-context.ts'
import { CliError, isNotRunning } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { defineCommand } from '../define-command.ts'
import { EXIT } from '../exit-codes.ts'
import { plural } from '../format.ts'
import { localChecks } from '../local-checks.ts'
import type { Style } from '../terminal.ts'
import { safeText } from '../safe-text.ts'

type Check = z.infer<typeof check>

const SIGNS: Readonly<
  Record<Check['outcome'], readonly [sign: string, ascii: string, style: Style]>
> = {
  ok: ['✓', '+', 'green'],
  warning: ['!', '!', 'yellow'],
  failed: ['✗', 'x', 'red'],
  skipped: ['–', '-', 'dim'],
}

/** A node that does not answer is a finding, and one need not wait long for it. */
const ANSWER_MAX_MS = 5_000

export const doctor = (context: CliContext) =>
  defineCommand({
    name: 'doctor',
    summary: 'Check installation, settings, node and network',
    examples: [
      'asgard doctor',
      'asgard doctor --json | jq \'.data.checks[] | select(.outcome != "ok")\'',
    ],
    more: 'Works without a running node too. Code 8 when something was found.',
  }).action(async () => {
    const { output } = context
    const checks: Check[] = [...(await localChecks(context)), ...(await nodeChecks(context))]
    const findings = checks.filter(
      ({ outcome }) => outcome === 'warning' || outcome === 'failed',
    ).length
    const report: DoctorReport = { checks, findings }
    output.result('doctor', report, () => {
      if (output.isPlain)
        output.table(
          [],
          checks.map((item) => [item.id, item.outcome, item.text, item.fix ?? '']),
        )
      else for (const item of checks) showCheck(context, item)
    })
    output.say(findings === 0 ? 'All is well.' : plural(findings, 'finding'))
    if (findings > 0) context.endWith(EXIT.findings)
  })

function showCheck(context: CliContext, item: Check): void {
  const { output } = context
  const [sign, ascii, style] = SIGNS[item.outcome]
  output.line(
    `${output.paint(style, output.mark(sign, ascii))} ${safeText(item.id, 40).padEnd(12)} ${safeText(item.text, 500)}`,
  )
  if (item.fix !== undefined && item.fix !== '')
    output.line(`               fix: ${safeText(item.fix, 500)}`)
}

async function nodeChecks(context: CliContext): Promise<readonly Check[]> {
  try {
    return (await context.client.get<DoctorReport>(apiPath`doctor`, { timeoutMs: ANSWER_MAX_MS }))
      .checks
  } catch (error) {
    if (isNotRunning(error)) {
      const text = 'Asgard is not running here'
      return [{ id: 'node', outcome: 'failed', text, fix: 'asgard daemon start' }]
    }
    if (!(error instanceof CliError) || error.exitCode !== EXIT.noAnswer) throw error
    return [{ id: 'node', outcome: 'failed', text: error.message, fix: 'asgard daemon restart' }]
  }
}
