import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { DaemonError } from './daemon-error.ts'
import { ensurePrivateDirectory } from './private-directory.ts'
import type { Paths } from './paths.ts'

const START_MAX_MS = 30_000
const POLL_MS = 20

export interface BackgroundStart {
  readonly paths: Paths
  readonly env: Readonly<Record<string, string | undefined>>
  /** `--profile`, `--set` and the like, passed on to `daemon run`. */
  readonly daemonFlags: readonly string[]
  /** Whether the socket answers. */
  readonly isThere: () => Promise<boolean>
  readonly signal: AbortSignal
}

/** Starts `asgard daemon run` on its own and waits until it answers or has died; then its last words are the error. */
export async function startInBackground({
  paths,
  env,
  daemonFlags,
  isThere,
  signal,
}: BackgroundStart): Promise<void> {
  const program = process.argv[1]
  if (program === undefined)
    throw new DaemonError('START_FAILED', 'it is not known which program to start')
  ensurePrivateDirectory(paths.state)
  const words = openSync(paths.startFile, 'w', 0o600)
  const child = spawn(
    process.execPath,
    [...process.execArgv, program, 'daemon', 'run', '--background', ...daemonFlags],
    {
      detached: true,
      stdio: ['ignore', 'ignore', words],
      env: { ...env },
    },
  )
  closeSync(words)
  let end: { readonly code: number | null; readonly reason: string } | undefined
  child.once('error', (error) => {
    end = { code: null, reason: error.message }
  })
  child.once('exit', (code, cause) => {
    end = {
      code,
      reason: cause === null ? `it ended with code ${code ?? '?'}` : `it was ended by ${cause}`,
    }
  })
  const deadline = performance.now() + START_MAX_MS
  while (!(await isThere())) {
    if (end !== undefined)
      throw new DaemonError('START_FAILED', lastWords(paths.startFile) ?? end.reason, undefined, {
        cause: end.code,
      })
    if (performance.now() > deadline || signal.aborted) {
      child.kill('SIGTERM')
      throw new DaemonError(
        'START_TIMEOUT',
        `Asgard did not start within ${START_MAX_MS / 1_000} s`,
        `Its log: ${paths.logFile}`,
      )
    }
    await delay(POLL_MS)
  }
  child.removeAllListeners()
  child.unref()
}

function lastWords(file: string): string | undefined {
  const text = readFileSync(file, 'utf8')
    .replace(/^(✗|x) /, '')
    .trim()
  return text === '' ? undefined : text.split('\n').slice(-10).join('\n')
}
