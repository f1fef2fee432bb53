import { existsSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { pathsOf, type Paths } from '../daemon/paths.ts'
import { readHolder } from '../daemon/read-holder.ts'
import { SocketClient, type Client } from './client.ts'
import { Output } from './output.ts'
import { Progress } from './progress.ts'
import type { ColourChoice, Terminal } from './terminal.ts'

/** Options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly plain?: boolean
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color?: ColourChoice
  readonly input?: boolean
  readonly network?: string
}

/** What a command works with. Parts are made when first asked for: most commands need few of them. */
export class CliContext {
  readonly terminal: Terminal
  #options: GlobalOptions = {}
  #output: Output | undefined
  #client: Client | undefined
  #paths: Paths | undefined
  #exitCode = 0

  /** The whole program, with the named command loaded; for help and completion. */
  readonly program: (loaded: string | undefined) => Promise<CommandUnknownOpts>

  constructor(
    terminal: Terminal,
    buildProgram: (context: CliContext, loaded: string | undefined) => Promise<CommandUnknownOpts>,
  ) {
    this.terminal = terminal
    this.program = (loaded) => buildProgram(this, loaded)
  }

  /** Called once the command line is read, before a command runs. */
  use(options: GlobalOptions): void {
    this.#options = options
    this.#output = undefined
  }

  get output(): Output {
    return (this.#output ??= new Output(this.terminal, {
      json: this.#options.json ?? false,
      plain: this.#options.plain ?? false,
      quiet: this.#options.quiet ?? false,
      verbose: this.#options.verbose ?? false,
      colour: this.#options.color ?? 'auto',
    }))
  }

  get paths(): Paths {
    return (this.#paths ??= pathsOf({
      env: this.terminal.env,
      userHome: homedir(),
      temporary: tmpdir(),
      userId: userInfo().uid,
    }))
  }

  get client(): Client {
    return (this.#client ??= new SocketClient(this.#socket(), undefined, this.terminal.interrupted))
  }

  /**
   * Where the running node says its socket is, when that is not where we would expect it: a cron job or an ssh
   * session may lack the XDG_RUNTIME_DIR that the node was started with.
   */
  #socket(): string {
    const { socket, lockFile } = this.paths
    return existsSync(socket) ? socket : (readHolder(lockFile)?.socket ?? socket)
  }

  /** The network that the command is about: `--network`, ASGARD_NETWORK, or the current one. */
  get network(): string {
    return this.#options.network ?? (this.terminal.env['ASGARD_NETWORK'] || 'current')
  }

  /** Somebody is there to answer questions. */
  get canAsk(): boolean {
    return (
      this.#options.input !== false &&
      !this.output.isJson &&
      this.terminal.stdin.isTTY === true &&
      this.terminal.stderr.isTTY === true
    )
  }

  get exitCode(): number {
    return this.#exitCode
  }

  /** For commands that end well and still say something by their code, such as `doctor`. */
  endWith(exitCode: number): void {
    this.#exitCode = exitCode
  }

  progress(): Progress {
    return new Progress(this.terminal.stderr, this.output.isJson)
  }
}
