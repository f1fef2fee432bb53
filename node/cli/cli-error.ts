import type { Problem } from '../api/contract/common.ts'
import { SettingsError } from '../settings/settings-error.ts'
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.ts'

/** A command's failure: what is printed, and the code it ends with. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly problem: Problem
  readonly exitCode: ExitCode

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options)
    this.problem = problem
    this.exitCode = exitCodeOf(problem)
  }

  get code(): string {
    return this.problem.code
  }
}

/** The user asked for something that cannot be: exit code 2. */
export const usageError = (detail: string, hint?: string): CliError =>
  cliError('USAGE', 400, 'Wrong usage', detail, hint)

export const notRunningError = (cause?: unknown): CliError =>
  cliError(
    'NOT_RUNNING',
    503,
    'Not running',
    'Asgard is not running here.',
    'Start it: asgard daemon start',
    cause,
  )

export const interruptedError = (): CliError =>
  cliError('INTERRUPTED', 499, 'Interrupted', 'interrupted')

export function cliError(
  code: string,
  status: number,
  title: string,
  detail: string,
  hint?: string,
  cause?: unknown,
): CliError {
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code,
    detail,
    ...(hint === undefined ? {} : { hint }),
  }
  return new CliError(problem, cause === undefined ? undefined : { cause })
}

/** Everything that can fly out of a command, as something that can be printed. Our errors have a code, some a hint. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error
  if (!(error instanceof Error)) return cliError('FAILED', 500, 'Failed', String(error))
  if (error instanceof SettingsError) {
    return cliError(error.code, 400, 'Wrong settings', error.message, 'asgard config check', error)
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'FAILED'
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  return cliError(code, 500, 'Failed', error.message, hint, error)
}

export const isInterrupted = (error: unknown): boolean =>
  error instanceof CliError && error.exitCode === EXIT.interrupted

export const isNotRunning = (error: unknown): boolean =>
  error instanceof CliError && error.exitCode === EXIT.notRunning
