import { startInBackground } from '../daemon/background.ts'
import type { CliContext } from './cli-context.ts'
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
  } finally {
    progress.clear()
  }
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
