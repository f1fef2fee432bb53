import { startInBackground } from '../daemon/background.ts'
import { DaemonError } from '../daemon/daemon-error.ts'
import type { CliContext } from './cli-context.ts'
import { cliError, type CliError } from './cli-error.ts'
import { EXIT } from './exit-codes.ts'
import { isNodeThere } from './wait-for-node.ts'

/** `init` and `join` need a node; without one they start it, and say so. */
export async function ensureNode(context: CliContext): Promise<void> {
  if (await isNodeThere(context.client)) return
  await startNode(context, [])
  context.output.say(
    'Started Asgard in the background. At boot: see asgard help config. Stop it: asgard daemon stop',
  )
}

export async function startNode(
  context: CliContext,
  daemonFlags: readonly string[],
): Promise<void> {
  const progress = context.progress()
  progress.show('starting')
  try {
    await startInBackground({
      paths: context.paths,
      env: context.terminal.env,
      daemonFlags,
      isThere: () => isNodeThere(context.client),
      signal: context.terminal.interrupted,
    })
  } catch (error) {
    throw isFailedStart(error) ? failedStart(error) : error
  } finally {
    progress.clear()
  }
}

/** Statuses that lead to the exit code with which `daemon run` ended: the reason is the same. */
const STATUS_OF_EXIT: Readonly<Record<number, number>> = {
  [EXIT.usage]: 400,
  [EXIT.notPermitted]: 403,
  [EXIT.noAnswer]: 504,
  [EXIT.conflict]: 409,
}

const isFailedStart = (error: unknown): error is DaemonError =>
  error instanceof DaemonError && error.code === 'START_FAILED'

function failedStart(error: DaemonError): CliError {
  const status = typeof error.cause === 'number' ? STATUS_OF_EXIT[error.cause] : undefined
  return cliError(error.code, status ?? 500, 'Not started', error.message, error.hint, error)
}

/** `--profile` and `--set`, as `daemon run` takes them. */
export function daemonFlags(options: {
  readonly profile?: string | undefined
  readonly set?: readonly string[] | undefined
}): string[] {
  return [
    ...(options.profile === undefined ? [] : ['--profile', options.profile]),
    ...(options.set ?? []).flatMap((setting) => ['--set', setting]),
  ]
}
