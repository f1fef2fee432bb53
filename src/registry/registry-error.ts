/** `DEVICE_UNKNOWN`: never admitted here. `OUTRANKED`: what was set by a higher role stands until that role changes it. */
export type RegistryErrorCode = 'DEVICE_UNKNOWN' | 'OUTRANKED' | 'BAD_CURSOR'

export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: RegistryErrorCode

  constructor(code: RegistryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
