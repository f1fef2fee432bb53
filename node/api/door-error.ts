export type DoorErrorCode =
  | 'ALREADY_RUNNING'
  | 'NO_FREE_PORT'
  | 'INSECURE_DIRECTORY'
  | 'NOT_A_SOCKET'
  | 'PATH_TOO_LONG'
  | 'CANNOT_LISTEN'

/** A door could not be opened; the node does not start without its doors. */
export class DoorError extends Error {
  override readonly name = 'DoorError'
  readonly code: DoorErrorCode
  readonly hint: string | undefined

  constructor(code: DoorErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.hint = hint
  }
}
