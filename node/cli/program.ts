import {
  Command,
  CommanderError,
  Option,
  type CommandUnknownOpts,
} from '@commander-js/extra-typings'
import type { CliContext, GlobalOptions } from './cli-context.ts'
import { interruptedError, toCliError, usageError } from './cli-error.ts'
import { COMMANDS } from './command-table.ts'
import { COMPLETE_COMMAND } from './complete.ts'
import { EXIT } from './exit-codes.ts'
import { programVersion } from './program-version.ts'

/** Reads the command line, runs the command, says what went wrong. Resolves with the exit code. */
export async function runProgram(context: CliContext): Promise<number> {
  const { argv } = context.terminal
  // Options are known before the command line is read for good, so that its own errors can be JSON.
  context.use(earlyOptions(argv))
  try {
    if (argv[0] === COMPLETE_COMMAND) {
      const { completeWords } = await import('./complete-words.ts')
      await completeWords(context, argv.slice(1))
      return EXIT.ok
    }
    const program = await context.program(namedCommand(argv))
    await program.parseAsync([...argv], { from: 'user' })
    return context.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return endOfCommander(context, error)
    const failure = context.terminal.interrupted.aborted ? interruptedError() : toCliError(error)
    if (failure.code !== 'INTERRUPTED') context.output.fail(failure)
    return failure.exitCode
  }
}

/** Stands for the name of every command. */
export const ALL_COMMANDS = '*'

/** The whole program with one command loaded, or all of them for documents. */
export async function buildProgram(
  context: CliContext,
  loaded: string | undefined,
): Promise<CommandUnknownOpts> {
  const program = new Command('asgard')
    .summary('Your own devices in one private mesh')
    .description(
      'Joins your own devices into one private mesh. No account, no server in the middle.',
    )
    .addOption(new Option('--json', 'print JSON: {"schema","data","warnings"}').conflicts('plain'))
    .option('--plain', 'print tab-separated values without titles')
    .option('-q, --quiet', 'print results only')
    .option('-v, --verbose', 'print more about what is done')
    .addOption(
      new Option('--color <when>', 'colour the output').choices([
        'auto',
        'always',
        'never',
      ] as const),
    )
    .option('--no-input', 'never ask; fail where an answer is needed')
    .option('--network <network>', 'the network that is meant, when not the current one')
    .version(programVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText('after', TOP_HELP)
  program.hook('preAction', (root) => context.use(root.opts() satisfies GlobalOptions))

  for (const { name, group, summary, load } of COMMANDS) {
    const command: CommandUnknownOpts =
      loaded === name || loaded === ALL_COMMANDS
        ? (await load())(context)
        : new Command(name).summary(summary).description(summary)
    command.helpGroup(group)
    program.addCommand(command)
  }
  configure(program, context, true)
  return program
}

/** Errors are thrown, not exited on; everything is written through the context; help ends alike everywhere. */
function configure(command: CommandUnknownOpts, context: CliContext, isRoot: boolean): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.terminal.stdout.write(text),
      writeErr: (text) => context.terminal.stderr.write(text),
      // What is wrong with the command line is printed once, by `endOfCommander`.
      outputError: () => undefined,
      getOutHasColors: () => context.output.look.isColour,
      getOutHelpWidth: () => Math.min(context.terminal.stdout.columns ?? 100, 100),
    })
    .configureHelp({
      showGlobalOptions: false,
      sortSubcommands: false,
      subcommandTerm: (sub) => termOf(sub),
    })
  if (!isRoot) command.helpOption('-h, --help', 'show help').addHelpText('after', COMMAND_HELP)
  command.helpCommand(false)
  for (const child of command.commands) configure(child, context, false)
}

/** `rename <device> <name>`; options are in the command's own help. */
function termOf(command: CommandUnknownOpts): string {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name()
    return argument.required ? `<${name}>` : `[${name}]`
  })
  return [command.name(), ...args].join(' ')
}

const TOP_HELP = `
Examples:
  $ asgard demo                  see a mesh of three devices, here, in seconds
  $ asgard init                  make your own network
  $ asgard invite                a ticket for the next device
  $ asgard status

Every command: asgard COMMAND --help · Topics: asgard help env|exit-codes|json|config|names`

const COMMAND_HELP = `
Every command also takes --json, --plain, --network, --color, --no-input, -q, -v.
Environment: asgard help env · Exit codes: asgard help exit-codes`

/** The first word that is no option, and no value of a global option. */
function namedCommand(argv: readonly string[]): string | undefined {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--color' || word === '--network') at++
    else if (!word.startsWith('-')) return word
  }
  return undefined
}

function earlyOptions(argv: readonly string[]): GlobalOptions {
  const end = argv.indexOf('--')
  const words = new Set(end === -1 ? argv : argv.slice(0, end))
  return {
    json: words.has('--json'),
    quiet: words.has('-q') || words.has('--quiet'),
    verbose: words.has('-v') || words.has('--verbose'),
    input: !words.has('--no-input'),
  }
}

/** Commander ends help and version by an "error" too. */
function endOfCommander(context: CliContext, error: CommanderError): number {
  if (error.exitCode === 0) return EXIT.ok
  // Its help is printed already: a first look at the program is fine, a group without a subcommand is not.
  if (error.code === 'commander.help')
    return context.terminal.argv.length === 0 ? EXIT.ok : EXIT.usage
  const failure = usageError(
    error.message.replace(/^error: /, ''),
    'Usage: asgard help, asgard COMMAND --help',
  )
  context.output.fail(failure)
  return failure.exitCode
}
