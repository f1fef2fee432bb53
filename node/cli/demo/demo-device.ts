import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathsOf } from '../../daemon/paths.ts'
import { THROW_AWAY_MARK } from '../../daemon/throw-away.ts'
import { cliError } from '../cli-error.ts'
import { SocketClient } from '../client.ts'
import { isNodeThere } from '../wait-for-node.ts'

const POLL_MS = 20
const STOP_MAX_MS = 5_000
const WORDS_MAX_CHARS = 4_000

/** One device of the demo: a process of its own with a home of its own. */
export class DemoDevice {
  readonly name: string
  readonly home: string
  readonly client: SocketClient
  readonly #process: ChildProcess
  #lastWords = ''
  #failure: Error | undefined

  constructor(name: string, directory: string, env: Readonly<Record<string, string | undefined>>) {
    this.name = name
    this.home = join(directory, name)
    mkdirSync(this.home, { mode: 0o700 })
    writeFileSync(join(this.home, THROW_AWAY_MARK), '')
    const own = withoutAsgard(env)
    const childEnv = { ...own, ASGARD_HOME: this.home }
    const paths = pathsOf({
      env: childEnv,
      userHome: homedir(),
      temporary: tmpdir(),
      userId: userInfo().uid,
    })
    this.client = new SocketClient(paths.socket)
    const program = process.argv[1] ?? ''
    this.#process = spawn(
      process.execPath,
      [
        ...process.execArgv,
        program,
        'daemon',
        'run',
        '--profile',
        'test',
        '--throw-away',
        '--set',
        `node.name=${name}`,
      ],
      // Its standard input is our pulse: when we die, however, it ends and the device with it.
      { stdio: ['pipe', 'ignore', 'pipe'], env: childEnv },
    )
    this.#process.stdin?.on('error', () => undefined)
    this.#process.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-WORDS_MAX_CHARS)
    })
    this.#process.once('error', (error) => {
      this.#failure = error
    })
  }

  get hasEnded(): boolean {
    return (
      this.#failure !== undefined ||
      this.#process.exitCode !== null ||
      this.#process.signalCode !== null
    )
  }

  async ready(signal: AbortSignal): Promise<void> {
    while (!(await isNodeThere(this.client))) {
      if (this.hasEnded) {
        const words = this.#lastWords.trim() || this.#failure?.message || 'it said nothing'
        throw cliError('START_FAILED', 500, 'Not started', `${this.name} did not start: ${words}`)
      }
      await delay(POLL_MS, undefined, { signal })
    }
  }

  async stop(): Promise<void> {
    if (this.hasEnded) return
    const ended = once(this.#process, 'exit')
    this.#process.stdin?.end()
    this.#process.kill('SIGTERM')
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MAX_MS)
    await ended
    clearTimeout(timer)
  }
}

/** The demo is about itself: the settings of the person who runs it must not reach into it. */
function withoutAsgard(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('ASGARD_')))
}
