export type JoinRefusal =
  | 'wrong-network'
  | 'unknown-invite'
  | 'expired'
  | 'used-up'
  | 'cancelled'
  | 'inviter-removed'
  | 'revoked'
  | 'denied'
  | 'approval-timeout'
  | 'not-an-admin'
  | 'bad-proof'
  | 'busy'
  | 'already-member'
  | 'in-review'
  | 'bad-name'

export interface JoinRequest {
  readonly kind: 'request'
  readonly network: Uint8Array
  readonly invite: Uint8Array
  readonly commitment: Uint8Array
  readonly name: string
  readonly platform: string
}

export interface JoinRefused {
  readonly kind: 'refused'
  readonly reason: JoinRefusal
  readonly detail: string
  /** The refusing device's clock, and when the ticket ended by it (0 when that is not the reason). */
  readonly timeMs: number
  readonly expiredAtMs: number
}

export interface JoinAdmitted {
  readonly kind: 'admitted'
  readonly role: string
  readonly timeMs: number
  readonly groupKeys: readonly Uint8Array[]
}

export type JoinMessage =
  | JoinRequest
  | { readonly kind: 'challenge'; readonly nonce: Uint8Array }
  | { readonly kind: 'answer'; readonly nonce: Uint8Array; readonly signature: Uint8Array }
  | { readonly kind: 'pending'; readonly waitMs: number }
  | { readonly kind: 'records'; readonly records: readonly Uint8Array[]; readonly more: boolean }
  /** The last page is in the log: send another one. */
  | { readonly kind: 'next' }
  | JoinAdmitted
  | JoinRefused
