import { Readable } from 'node:stream'
import type { CliContext } from './cli-context.ts'
import { cliError, interruptedError, usageError } from './cli-error.ts'

/** Questions go to standard error, so that standard output holds nothing but results. */
async function load(context: CliContext) {
  const clack = await import('@clack/prompts')
  const { stdin } = context.terminal
  return {
    clack,
    streams: {
      output: process.stderr,
      ...(stdin instanceof Readable ? { input: stdin } : {}),
      withGuide: false,
    },
  }
}

export async function askHidden(context: CliContext, message: string): Promise<string> {
  const { clack, streams } = await load(context)
  const answer = await clack.password({ message, mask: '', ...streams })
  if (clack.isCancel(answer)) throw interruptedError()
  return answer
}

export async function askYesNo(
  context: CliContext,
  message: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { clack, streams } = await load(context)
  const answer = await clack.confirm({
    message,
    initialValue: false,
    ...streams,
    ...(signal === undefined ? {} : { signal }),
  })
  if (clack.isCancel(answer)) throw interruptedError()
  return answer
}

/** Yes or no before something that matters: `--yes` says yes beforehand; nobody there to ask is a refusal. */
export async function confirm(
  context: CliContext,
  isYes: boolean | undefined,
  question: string,
): Promise<void> {
  if (isYes === true) return
  if (!context.canAsk)
    throw usageError('this needs a confirmation, and nobody is there to ask', 'Add --yes')
  if (!(await askYesNo(context, question))) {
    throw cliError('DECLINED', 500, 'Declined', 'Nothing was changed.')
  }
}

/** For what cannot be undone: the name has to be typed. */
export async function confirmByName(
  context: CliContext,
  isYes: boolean | undefined,
  what: string,
  name: string,
): Promise<void> {
  if (isYes === true) return
  if (!context.canAsk)
    throw usageError('this needs a confirmation, and nobody is there to ask', 'Add --yes')
  const { clack, streams } = await load(context)
  const answer = await clack.text({
    message: `${what} Type its name, ${name}, to go on:`,
    ...streams,
  })
  if (clack.isCancel(answer)) throw interruptedError()
  if (answer.trim() !== name) throw usageError(`that is not ${name}; nothing was changed`)
}
