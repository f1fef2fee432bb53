/** Why a device is not accepted; the words `asgard path` and the log use. */
export type HelloRefusal = 'stranger' | 'revoked' | 'review' | 'expired' | 'left' | 'bad-records'

export type HelloMessage =
  | {
      readonly kind: 'open'
      readonly nonce: Uint8Array
      readonly accepts: boolean
      readonly refusal?: HelloRefusal
      /** The sender's wall clock. */
      readonly timeMs: number
    }
  | { readonly kind: 'proof'; readonly mac: Uint8Array }
  | { readonly kind: 'records'; readonly records: readonly Uint8Array[]; readonly more: boolean }
  /** The last page is in the log: send another one. */
  | { readonly kind: 'next' }
  | { readonly kind: 'verdict'; readonly accepts: boolean; readonly refusal?: HelloRefusal }
