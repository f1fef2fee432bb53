import type { CliContext } from '../cli-context.ts'
import { defineCommand } from '../define-command.ts'
import { restart } from './daemon/restart.ts'
import { run } from './daemon/run.ts'
import { start } from './daemon/start.ts'
import { status } from './daemon/status.ts'
import { stop } from './daemon/stop.ts'

export const daemon = (context: CliContext) =>
  defineCommand({
    name: 'daemon',
    summary: 'Run, start, stop the node',
    examples: [
      'asgard daemon start',
      'asgard daemon status',
      'asgard daemon run --set log.level=debug',
    ],
  })
    .addCommand(run(context))
    .addCommand(start(context))
    .addCommand(stop(context))
    .addCommand(restart(context))
    .addCommand(status(context))
