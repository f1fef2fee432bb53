import { collect } from '../../arguments.ts'
import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { daemonFlags, startNode } from '../../start-node.ts'
import { isNodeThere } from '../../wait-for-node.ts'

export const start = (context: CliContext) =>
  defineCommand({
    name: 'start',
    summary: 'Start the node in the background',
    examples: ['asgard daemon start', 'asgard daemon start --profile wan'],
  })
    .option('--profile <profile>', 'lan, wan or test')
    .option('--set <key=value>', 'a setting for this run; may be given several times', collect)
    .action(async (options) => {
      const { output, paths } = context
      const isRunning = await isNodeThere(context.client)
      if (!isRunning) await startNode(context, daemonFlags(options))
      output.result('daemon.start', { started: !isRunning, socket: paths.socket }, () =>
        output.done(isRunning ? 'Asgard runs here already' : 'Asgard runs in the background'),
      )
      output.next('asgard status')
    })
