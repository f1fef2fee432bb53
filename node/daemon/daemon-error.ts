export type DaemonErrorCode =
  | 'ALREADY_RUNNING'
  | 'START_FAILED'
  | 'START_TIMEOUT'
  | 'UNSAFE_DIRECTORY'
  | 'UNSAFE_KEY'
  | 'PASSPHRASE_UNREADABLE'
  | 'STILL_RUNNING'

export class DaemonError extends Error {
  override readonly name = 'DaemonError'
  readonly code: DaemonErrorCode
  /** The next step, often a command. */
  readonly hint: string | undefined

  constructor(code: DaemonErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
