import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createApi } from '../../../node/api/app.ts'
import { Credentials } from '../../../node/api/credentials.ts'
import { openDoors, type Doors } from '../../../node/api/doors.ts'
import { CliContext } from '../../../node/cli/cli-context.ts'
import { buildProgram, runProgram } from '../../../node/cli/program.ts'
import { systemClock } from '../../../src/clock/system-clock.ts'
import { StubBackend } from '../../support/stub-backend.ts'

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly isTerminal?: boolean
  readonly columns?: number
  readonly rows?: number
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  readonly interrupted?: AbortSignal
  /** Sees each piece of standard output as it is written. */
  readonly onOutput?: (text: string) => void
}

/** The command line in this process, in a home of its own, perhaps with a stub of a node behind its socket. */
export class CommandLine {
  readonly home = mkdtempSync(join(tmpdir(), 'asgard-cli-'))
  readonly backend = new StubBackend(systemClock)
  #doors: Doors | undefined

  static async withNode(): Promise<CommandLine> {
    const line = new CommandLine()
    await line.startNode()
    return line
  }

  async startNode(): Promise<void> {
    const api = createApi({
      backend: this.backend,
      credentials: new Credentials(systemClock),
      assets: new Map(),
      clock: systemClock,
      log: () => undefined,
      pageUrl: () => 'http://127.0.0.1:7077/',
      areRepliesChecked: true,
    })
    const { socket } = this.#context([], {}, []).paths
    this.#doors = await openDoors({ api, log: () => undefined, unix: { path: socket } })
  }

  async run(command: string | readonly string[], options: RunOptions = {}): Promise<Ended> {
    const argv =
      typeof command === 'string' ? command.split(' ').filter((word) => word !== '') : command
    const written: Written[] = []
    const code = await runProgram(this.#context(argv, options, written))
    const textOf = (stream: Written['stream']): string =>
      written.flatMap((part) => (part.stream === stream ? [part.text] : [])).join('')
    return { code, stdout: textOf('stdout'), stderr: textOf('stderr') }
  }

  /** The envelope of a command with `--json`. */
  async json(
    command: string,
    options: RunOptions = {},
  ): Promise<{ schema: string; data: unknown; warnings: unknown }> {
    const { stdout } = await this.run(`${command} --json`, options)
    return JSON.parse(stdout) as { schema: string; data: unknown; warnings: unknown }
  }

  #context(argv: readonly string[], options: RunOptions, written: Written[]): CliContext {
    const { isTerminal = false, columns = 80, rows = 24, input = '', env = {}, onOutput } = options
    const writer = (stream: Written['stream']) => ({
      isTTY: isTerminal,
      columns,
      rows,
      write: (text: string) => {
        written.push({ stream, text })
        if (stream === 'stdout') onOutput?.(text)
        return true
      },
    })
    return new CliContext(
      {
        argv,
        env: { ASGARD_HOME: this.home, LANG: 'en_US.UTF-8', ...env },
        stdin: Readable.from(input === '' ? [] : [input]),
        stdout: writer('stdout'),
        stderr: writer('stderr'),
        interrupted: options.interrupted ?? new AbortController().signal,
        now: () => Date.now(),
        outliveReader: () => undefined,
      },
      buildProgram,
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#doors?.close()
    rmSync(this.home, { recursive: true, force: true })
  }
}

interface Written {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}
