export type ProtocolErrorCode = 'MALFORMED' | 'UNEXPECTED_FRAME' | 'TOO_LARGE' | 'TIMEOUT'

/** The other side broke a protocol. Its stream is aborted; nothing it said has an effect. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
  readonly code: ProtocolErrorCode

  constructor(code: ProtocolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
