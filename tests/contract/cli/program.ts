import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Ended } from './command-line.ts'

/** The built one, as a user has it: it starts in a fifth of the time. */
export const PROGRAM = resolve('dist/asgard.js')
/** Several starts of a node; bounds a test that hangs, and is no expectation. */
export const STARTS_MAX_MS = 120_000

/** The command line as a process of its own, in a home of its own. */
export class Program {
  readonly home = mkdtempSync(join(tmpdir(), 'asgard-program-'))
  readonly env: Record<string, string | undefined>

  constructor(env: Readonly<Record<string, string>> = {}) {
    const own = Object.entries(process.env).filter(
      ([name]) => !name.startsWith('ASGARD_') && !name.startsWith('XDG_'),
    )
    this.env = {
      ...Object.fromEntries(own),
      ASGARD_HOME: this.home,
      ASGARD_PROFILE: 'test',
      ...env,
    }
  }

  spawn(...argv: readonly string[]) {
    return spawn(process.execPath, [PROGRAM, ...argv], {
      env: this.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  }

  async run(...argv: readonly string[]): Promise<Ended> {
    const child = this.spawn(...argv)
    child.stdin.end()
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text))
    const code = await new Promise<number>((done) =>
      child.once('close', (status) => done(status ?? -1)),
    )
    return { code, ...output }
  }

  async json<Data>(...argv: readonly string[]): Promise<Data> {
    const { stdout } = await this.run(...argv, '--json')
    return (JSON.parse(stdout) as { data: Data }).data
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run('daemon', 'stop')
    rmSync(this.home, { recursive: true, force: true })
  }
}
