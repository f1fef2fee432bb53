import { collect } from '../../arguments.ts'
import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { daemonFlags, startNode } from '../../start-node.ts'
import { stopHere } from './stop.ts'

export const restart = (context: CliContext) =>
  defineCommand({
    name: 'restart',
    summary: 'Stop the node and start it in the background',
    examples: ['asgard daemon restart', 'asgard daemon restart --profile wan'],
  })
    .option('--profile <profile>', 'lan, wan or test')
    .option('--set <key=value>', 'a setting for this run; may be given several times', collect)
    .action(async (options) => {
      const { output, paths } = context
      const stopped = await stopHere(context)
      await startNode(context, daemonFlags(options))
      output.result(
        'daemon.restart',
        { stopped: stopped !== undefined, socket: paths.socket },
        () =>
          output.done(
            stopped === undefined ? 'Asgard was not running; it runs now' : 'Asgard runs again',
          ),
      )
      output.next('asgard status')
    })
