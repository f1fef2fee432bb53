import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Event } from '../../node/api/contract/mesh.ts'
import type { Status } from '../../node/api/contract/mesh.ts'
import { SocketClient } from '../../node/cli/client.ts'
import { pathsOf } from '../../node/daemon/paths.ts'
import { EventFeed } from './event-feed.ts'
import { kill, ownEnvironment, ProcessError, run, start, type Finished } from './processes.ts'

const program = resolve('dist/asgard.js')
/** Generous: it bounds a test that hangs, it is no expectation. */
const READY_MAX_MS = 20_000

export interface DeviceOptions {
  readonly name: string
  /** Put before the program, such as `ip netns exec NAME`. */
  readonly prefix?: readonly string[]
  /** On top of the profile for tests, which listens on loopback and takes free ports. */
  readonly env?: Readonly<Record<string, string>>
}

/** A device as a user has it: the built program as a process of its own, with its own home. */
export class DeviceProcess {
  readonly name: string
  readonly home: string
  readonly client: SocketClient
  readonly #prefix: readonly string[]
  readonly #env: Readonly<Record<string, string | undefined>>
  #child: ChildProcess | undefined
  #feed: EventFeed | undefined
  #stderr = ''
  #end = ''

  private constructor({ name, prefix = [], env = {} }: DeviceOptions) {
    this.name = name
    this.home = mkdtempSync(join(tmpdir(), `asgard-${name}-`))
    this.#prefix = prefix
    this.#env = {
      ...ownEnvironment(),
      ASGARD_HOME: this.home,
      ASGARD_PROFILE: 'test',
      ASGARD_NODE_NAME: name,
      NO_COLOR: '1',
      ...env,
    }
    const { socket } = pathsOf({
      env: { ASGARD_HOME: this.home },
      userHome: this.home,
      temporary: tmpdir(),
      userId: process.getuid?.() ?? 0,
    })
    this.client = new SocketClient(socket)
  }

  /** A device whose node runs and answers. */
  static async start(options: DeviceOptions): Promise<DeviceProcess> {
    const device = new DeviceProcess(options)
    await device.up()
    return device
  }

  get pid(): number {
    const pid = this.#child?.pid
    if (pid === undefined) throw new ProcessError(`${this.name} is not running`)
    return pid
  }

  /** Everything it announced since this start. */
  get events(): EventFeed {
    if (this.#feed === undefined) throw new ProcessError(`${this.name} is not running`)
    return this.#feed
  }

  /** Starts the node on the home that is there. */
  async up(): Promise<void> {
    const command = [...this.#prefix, process.execPath, program, 'daemon', 'run']
    const child = start(command, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: this.#env as NodeJS.ProcessEnv,
    })
    this.#child = child
    this.#stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#stderr += text))
    this.#end = ''
    const ended = Promise.withResolvers<never>()
    child.once('exit', (code, signal) => {
      this.#end = `${this.name} ended with ${code ?? signal}`
      ended.reject(new ProcessError(`${this.#end}\n${this.log()}`))
    })
    // Only the race below cares; a later end is told by `log`.
    ended.promise.catch(() => undefined)
    this.#feed = await Promise.race([
      EventFeed.follow(this.name, this.client, READY_MAX_MS),
      ended.promise,
    ])
  }

  /** The command line on this device. */
  asgard(...args: readonly string[]): Promise<Finished> {
    return this.asgardWithInput('', ...args)
  }

  asgardWithInput(input: string, ...args: readonly string[]): Promise<Finished> {
    return run([...this.#prefix, process.execPath, program, ...args], { env: this.#env, input })
  }

  /** Likewise, expecting success; the `data` of its JSON envelope. */
  async json<Data>(...args: readonly string[]): Promise<Data> {
    const { code, stdout, stderr } = await this.asgard(...args, '--json')
    if (code !== 0)
      throw new ProcessError(
        `${this.name}: asgard ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`,
      )
    return (JSON.parse(stdout) as { data: Data }).data
  }

  async status(): Promise<Status> {
    try {
      return await this.client.get('/api/v1/status')
    } catch (cause) {
      throw new ProcessError(`${this.name} does not say its status\n${this.log()}`, { cause })
    }
  }

  /** Waits until `condition` holds, looking again after each event of this device. */
  async until(
    what: string,
    condition: (status: Status) => boolean,
    maxMs = 30_000,
  ): Promise<Status> {
    let last: Status | undefined
    const seen = await this.events.until(async () => {
      last = await this.status()
      return condition(last) ? last : undefined
    }, maxMs)
    if (seen !== undefined) return seen
    const devices = last?.devices.map(({ name, health }) => `${name} ${health}`).join(', ')
    throw new ProcessError(
      `${this.name} did not see within ${maxMs} ms: ${what}. Devices: ${devices}\n${this.log()}`,
    )
  }

  async untilEvent(
    what: string,
    matches: (event: Event) => boolean,
    maxMs = 30_000,
  ): Promise<Event> {
    const event = await this.events.first(matches, maxMs)
    if (event !== undefined) return event
    throw new ProcessError(
      `${this.name} did not announce within ${maxMs} ms: ${what}\n${this.log()}`,
    )
  }

  /** SIGSTOP and SIGCONT: a machine that hangs, or sleeps. */
  freeze(): void {
    process.kill(this.pid, 'SIGSTOP')
  }

  thaw(): void {
    process.kill(this.pid, 'SIGCONT')
  }

  /** Ends the node, by default as a power cut does. Its home stays. */
  async down(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    this.#child = undefined
    this.#feed?.stop()
    this.#feed = undefined
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    kill(child, signal)
    await ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down()
    rmSync(this.home, { recursive: true, force: true })
  }

  /** The last lines of its log, for the message of a failing test. */
  log(): string {
    const file = join(this.home, 'state', 'asgard.log')
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
    return [this.#end, this.#stderr.trim(), ...lines.slice(-20)]
      .filter((line) => line !== '')
      .join('\n')
  }
}
