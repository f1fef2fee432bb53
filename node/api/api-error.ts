/** A failure with everything that `application/problem+json` (RFC 9457) and an exit code need. */
export type ApiErrorCode =
  | 'BAD_REQUEST'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'MISDIRECTED'
  | 'NOT_FOUND'
  | 'METHOD_NOT_ALLOWED'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'NETWORK_UNKNOWN'
  | 'NETWORK_AMBIGUOUS'
  | 'NO_NETWORK'
  | 'DEVICE_UNKNOWN'
  | 'DEVICE_AMBIGUOUS'
  | 'JOIN_UNKNOWN'
  | 'INVITE_UNKNOWN'
  | 'SETTING_UNKNOWN'
  | 'NOT_PERMITTED'
  | 'LAST_OWNER'
  | 'CONFLICT'
  | 'TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'REQUEST_TIMEOUT'
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
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  NETWORK_UNKNOWN: 404,
  NETWORK_AMBIGUOUS: 409,
  NO_NETWORK: 409,
  DEVICE_UNKNOWN: 404,
  DEVICE_AMBIGUOUS: 409,
  JOIN_UNKNOWN: 404,
  INVITE_UNKNOWN: 404,
  SETTING_UNKNOWN: 404,
  NOT_PERMITTED: 403,
  LAST_OWNER: 409,
  CONFLICT: 409,
  TOO_LARGE: 413,
  HEADERS_TOO_LARGE: 431,
  REQUEST_TIMEOUT: 408,
  RATE_LIMITED: 429,
  TIMEOUT: 504,
  UNREACHABLE: 502,
  INTERNAL: 500,
}

export interface FieldError {
  /** Where in the request, as `body.name` or `query.limit`. */
  readonly path: string
  readonly message: string
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ApiErrorCode
  readonly status: number
  /** The next step, often a command. */
  readonly hint: string | undefined
  /** What is wrong with which field, for `BAD_REQUEST`. */
  readonly errors: readonly FieldError[]
  /** When trying again can help, in seconds. */
  readonly retryAfterS: number | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    hint?: string,
    options?: ErrorOptions & {
      readonly errors?: readonly FieldError[]
      readonly retryAfterS?: number
    },
  ) {
    super(message, options)
    this.code = code
    this.status = STATUS[code]
    this.hint = hint
    this.errors = options?.errors ?? []
    this.retryAfterS = options?.retryAfterS
  }
}
