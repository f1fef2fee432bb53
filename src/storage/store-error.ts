/** `STORE_LOCKED`: another process holds it. `STORE_CORRUPT`: what was read is not what was written. */
export type StoreErrorCode = 'STORE_LOCKED' | 'STORE_CORRUPT' | 'STORE_UNAVAILABLE' | 'STORE_CLOSED'

export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
