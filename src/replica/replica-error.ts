/**
 * `NOT_PERMITTED`: our role may not write this document. `NOT_JSON`: a value that JSON cannot hold.
 * `RECORD_CORRUPT`: the store gave back something else than it was given.
 */
export type ReplicaErrorCode =
  | 'UNKNOWN_DOCUMENT'
  | 'NOT_PERMITTED'
  | 'NOT_JSON'
  | 'DOCUMENT_TOO_LARGE'
  | 'KEY_IN_USE_ELSEWHERE'
  | 'RECORD_CORRUPT'

export class ReplicaError extends Error {
  override readonly name = 'ReplicaError'
  readonly code: ReplicaErrorCode

  constructor(code: ReplicaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
