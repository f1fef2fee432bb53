import { readHolder } from '../../../daemon/read-holder.ts'
import type { CliContext } from '../../cli-context.ts'
import { cliError, notRunningError } from '../../cli-error.ts'
import { defineCommand } from '../../define-command.ts'
import { durationText } from '../../format.ts'
import { isNodeThere } from '../../wait-for-node.ts'

export const status = (context: CliContext) =>
  defineCommand({
    name: 'status',
    summary: 'Whether the node runs; code 3 when it does not',
    examples: ['asgard daemon status', 'asgard daemon status -q && echo up'],
  }).action(async () => {
    const { output, paths, terminal } = context
    const holder = readHolder(paths.lockFile)
    if (!(await isNodeThere(context.client))) {
      if (holder === undefined) throw notRunningError()
      throw cliError(
        'TIMEOUT',
        504,
        'No answer',
        `Process ${holder.pid} has this home but does not answer.`,
        `Its log: ${paths.logFile}. Stop it: asgard daemon stop`,
      )
    }
    const data = {
      pid: holder?.pid ?? null,
      version: holder?.version ?? null,
      startedAt: holder?.startedAt ?? null,
      socket: paths.socket,
    }
    output.result('daemon.status', data, () => {
      const since =
        holder === undefined
          ? ''
          : `, process ${holder.pid}, up ${durationText(terminal.now() - holder.startedAt)}`
      output.line(`${output.paint('green', output.mark('●', '*'))} Asgard runs${since}`)
      output.detail(`socket ${paths.socket}`)
    })
  })
