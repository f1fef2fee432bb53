import type { CliContext } from '../cli-context.ts'
import { usageError } from '../cli-error.ts'
import { defineCommand } from '../define-command.ts'
import { HELP_TOPICS } from '../help-topics.ts'

export const help = (context: CliContext) =>
  defineCommand({
    name: 'help',
    summary: 'Help for a command, or about env, exit-codes, json, config, names',
    examples: ['asgard help', 'asgard help device revoke', 'asgard help exit-codes'],
  })
    .argument('[topic...]', 'a command, or a topic')
    .action(async (words) => {
      const topic = words.join(' ')
      const texts = [HELP_TOPICS[topic], await commandHelp(context, words, topic in HELP_TOPICS)]
      const text = texts.filter((part) => part !== undefined).join('\n')
      context.output.result('help', { topic, text }, () => context.output.raw(text))
    })

/** `config` is both a topic and a command; most topics are no command. */
async function commandHelp(
  context: CliContext,
  words: readonly string[],
  isTopic: boolean,
): Promise<string | undefined> {
  const program = await context.program(words[0])
  let command = program
  for (const word of words) {
    const child = command.commands.find((candidate) => candidate.name() === word)
    if (child === undefined) {
      if (isTopic) return undefined
      const topics = [...Object.keys(HELP_TOPICS), ...program.commands.map((each) => each.name())]
      throw usageError(
        `there is no help about "${words.join(' ')}"`,
        `Topics: ${topics.join(', ')}`,
      )
    }
    command = child
  }
  let text = ''
  command.configureOutput({ ...command.configureOutput(), writeOut: (part) => (text += part) })
  command.outputHelp()
  return text
}
