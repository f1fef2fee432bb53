import { stopNode } from '../../../daemon/stop-node.ts'
import type { CliContext } from '../../cli-context.ts'
import { notRunningError } from '../../cli-error.ts'
import { apiPath } from '../../client.ts'
import { defineCommand } from '../../define-command.ts'

const ASK_MAX_MS = 2_000

export const stop = (context: CliContext) =>
  defineCommand({
    name: 'stop',
    summary: 'Stop the node',
    examples: ['asgard daemon stop', 'asgard daemon stop --json'],
    more: 'It is asked first; if it does not answer it gets SIGTERM, and SIGKILL ten seconds later.',
  }).action(async () => {
    const { output } = context
    const stopped = await stopHere(context)
    if (stopped === undefined) throw notRunningError()
    output.result('daemon.stop', stopped, () =>
      output.done(`Asgard has stopped (process ${stopped.pid}${MANNERS[stopped.manner]})`),
    )
    output.next('asgard daemon start')
  })

const MANNERS = { asked: '', terminated: ', by SIGTERM', killed: ', by SIGKILL' } as const

/** Stops the node of this home; undefined when there is none. */
export async function stopHere(
  context: CliContext,
): Promise<{ pid: number; manner: keyof typeof MANNERS } | undefined> {
  const progress = context.progress()
  progress.show('stopping')
  try {
    const stopped = await stopNode(context.paths.lockFile, () =>
      context.client.send('POST', apiPath`daemon/stop`, undefined, { timeoutMs: ASK_MAX_MS }),
    )
    return stopped === undefined ? undefined : { pid: stopped.holder.pid, manner: stopped.manner }
  } finally {
    progress.clear()
  }
}
