export type IdentityErrorCode =
  | 'BAD_KEY'
  | 'BAD_DEVICE_ID'
  | 'BAD_NETWORK_ID'
  | 'KEYSTORE_LOCKED'
  | 'KEYSTORE_CORRUPT'
  | 'WRONG_PASSPHRASE'

export class IdentityError extends Error {
  override readonly name = 'IdentityError'
  readonly code: IdentityErrorCode

  constructor(code: IdentityErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
