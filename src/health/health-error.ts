/** Why something a peer sent was refused; counted, never thrown across rooms. */
export type HealthRefusal =
  | 'MALFORMED'
  | 'TOO_LARGE'
  | 'UNEXPECTED_FRAME'
  | 'RATE_LIMITED'
  | 'NOT_A_MEMBER'
  | 'WRONG_NETWORK'
  | 'FORGED'
  | 'REPLAYED'
  | 'TABLE_FULL'
