export type ReachErrorCode = 'NOT_CONNECTED' | 'REFUSED' | 'TIMEOUT'

export class ReachError extends Error {
  override readonly name = 'ReachError'
  readonly code: ReachErrorCode

  constructor(code: ReachErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
