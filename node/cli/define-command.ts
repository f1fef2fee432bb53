import { Command } from '@commander-js/extra-typings'

export interface CommandTexts {
  readonly name: string
  readonly summary: string
  /** Two to four, complete and typical. */
  readonly examples: readonly string[]
  /** What the summary cannot say. */
  readonly more?: string
}

/** A command whose help reads: usage, examples, arguments and options, exit codes. */
export function defineCommand(texts: CommandTexts): Command<[], Record<never, never>> {
  const examples = texts.examples.map((example) => `  $ ${example}`).join('\n')
  const more = texts.more === undefined ? '' : `\n\n${texts.more}`
  return new Command(texts.name)
    .summary(texts.summary)
    .description(`${texts.summary}${more}\n\nExamples:\n${examples}`)
}
