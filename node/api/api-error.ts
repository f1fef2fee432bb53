/** A failure with everything that `application/problem+json` (RFC 9457) and an exit code need. */
export type ApiErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'MISDIRECTED'
  | 'NOT_FOUND'
  | 'NETWORK_UNKNOWN'
  | 'NETWORK_AMBIGUOUS'
  | 'NO_NETWORK'
  | 'DEVICE_UNKNOWN'
  | 'DEVICE_AMBIGUOUS'
  | 'JOIN_UNKNOWN'
  | 'INVITE_UNKNOWN'
  | 'NOT_PERMITTED'
  | 'LAST_OWNER'
  | 'CONFLICT'
  | 'TOO_LARGE'
  | 'RATE_LIMITED'
  | 'TIMEOUT'
  | 'UNREACHABLE'
  | 'INTERNAL'

const STATUS: Readonly<Record<ApiErrorCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  MISDIRECTED: 421,
  NOT_FOUND: 404,
  NETWORK_UNKNOWN: 404,
  NETWORK_AMBIGUOUS: 409,
  NO_NETWORK: 409,
  DEVICE_UNKNOWN: 404,
  DEVICE_AMBIGUOUS: 409,
  JOIN_UNKNOWN: 404,
  INVITE_UNKNOWN: 404,
  NOT_PERMITTED: 403,
  LAST_OWNER: 409,
  CONFLICT: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  TIMEOUT: 504,
  UNREACHABLE: 502,
  INTERNAL: 500,
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  readonly status: number
  /** The next step, often a command. */
  readonly hint: string | undefined

  constructor(code: ApiErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.status = STATUS[code]
    this.hint = hint
  }
}
