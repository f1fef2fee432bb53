/** Why a record is not accepted. Stable: shown by the API and counted in `IngestReport`. */
export type TrustErrorCode =
  // The bytes are no trust record.
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'WRONG_NETWORK'
  | 'BAD_SIGNATURE'
  // The record does not continue its author's chain, or begins a second history.
  | 'BAD_CHAIN'
  | 'MISSING_PARENTS'
  | 'SECOND_GENESIS'
  | 'NO_GENESIS'
  | 'LOG_FULL'
  // The author had no right to it.
  | 'NOT_MEMBER'
  | 'EXPIRED'
  | 'NOT_PERMITTED'
  | 'LAST_OWNER'
  // The operation does not fit what the author had seen.
  | 'BAD_OPERATION'
  | 'UNKNOWN_DEVICE'
  | 'ALREADY_MEMBER'
  | 'REVOKED'
  | 'INVITE_UNKNOWN'
  | 'INVITE_EXISTS'
  | 'INVITE_EXPIRED'
  | 'INVITE_USED_UP'
  | 'INVITE_CANCELLED'
  | 'INVITE_CLOSED'
  | 'INVITE_ROLE'

export class TrustError extends Error {
  override readonly name = 'TrustError'
  readonly code: TrustErrorCode

  constructor(code: TrustErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A refusal as a value, where it is an expected outcome. */
export interface Refusal {
  readonly code: TrustErrorCode
  readonly detail: string
}
