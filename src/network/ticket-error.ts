export type TicketErrorCode =
  | 'EMPTY'
  | 'NOT_A_TICKET'
  /** The checksum does not fit: some character is wrong. */
  | 'TYPO'
  | 'UNKNOWN_VERSION'
  | 'TRUNCATED'
  | 'BAD_ADDRESS'
  | 'TOO_LONG'

export class TicketError extends Error {
  override readonly name = 'TicketError'
  readonly code: TicketErrorCode

  constructor(code: TicketErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
