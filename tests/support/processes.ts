import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { existsSync } from 'node:fs'

export interface Finished {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Written to its standard input, which is then closed. */
  readonly input?: string
  readonly timeoutMs?: number
}

const running = new Set<ChildProcess>()
// A kill that no handler can refuse, for whatever the tests left behind.
process.once('exit', () => running.forEach((child) => kill(child, 'SIGKILL')))

/**
 * With util-linux at hand the kernel itself ends the child when we end, even by SIGKILL. `ip netns exec` and
 * Node both keep that mark, so it reaches the program at the end of the chain.
 */
const leash = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : []

/** Starts a program that cannot outlive the tests. */
export function start(command: readonly string[], options: SpawnOptions): ChildProcess {
  const [program = '', ...args] = [...leash, ...command]
  const child = spawn(program, args, options)
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

/** Runs a program to its end. */
export function run(command: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = start(command, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...ownEnvironment(), ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => (output[name] += text))
  }
  // A program that does not read its input has the right to end first.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(options.input ?? '')
  const timeout = setTimeout(() => kill(child, 'SIGKILL'), options.timeoutMs ?? 60_000)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(timeout)
      resolve({ code, signal, ...output })
    })
  })
}

/** Ours without Asgard's settings: whoever runs the tests may use it too, and tests have variables of that kind. */
export function ownEnvironment(): Record<string, string | undefined> {
  const isKept = (name: string): boolean => !name.startsWith('ASGARD_') && !name.startsWith('XDG_')
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => isKept(name)))
}

/** Runs a program of the machine that must succeed, such as `ip`. */
export function must(...command: readonly string[]): string {
  const [program = '', ...args] = command
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) {
    throw new ProcessError(
      `${command.join(' ')}: ${error?.message ?? (stderr.trim() || stdout.trim())}`,
    )
  }
  return stdout
}

export function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
}

export class ProcessError extends Error {
  override readonly name = 'ProcessError'
}
