/** Why something that a peer sent has no effect. Stable: shown, counted and tested by these words. */
export type RefusalCode =
  | 'TOO_LARGE'
  | 'MALFORMED'
  | 'WRONG_NETWORK'
  | 'UNKNOWN_DOCUMENT'
  | 'NOT_MEMBER'
  | 'NOT_PERMITTED'
  | 'FORKED'
  | 'RATE_LIMITED'
  | 'BAD_SIGNATURE'
  | 'PREV_MISMATCH'
  | 'TAIL_TOO_LONG'
  | 'FOREIGN_CLIENT'
  | 'CLOCK_GAP'
  | 'TOO_MANY_STRUCTS'
  | 'FORBIDDEN_CONTENT'
  | 'FORBIDDEN_KEY'
  | 'STRING_TOO_LONG'
  | 'NESTED_TOO_DEEP'
  | 'UNKNOWN_ROOT'
  | 'UNKNOWN_REFERENCE'
  | 'FOREIGN_DELETE'
  | 'STATE_MISMATCH'
  | 'DOCUMENT_TOO_LARGE'
  | 'PARKED_TOO_MANY'
  | 'BAD_FORK_PROOF'
  | 'SNAPSHOT_DIFFERS'
  | 'WRONG_TYPE'

/** Thrown inside the acceptance rule only; it comes out of it as a verdict. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
