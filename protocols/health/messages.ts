/** Base58 peer id of an Ed25519 key; the codec has checked its form. */
export type PeerIdText = string

export type HealthMessage =
  | { readonly kind: 'ping'; readonly seq: number; readonly strain: number }
  | { readonly kind: 'pong'; readonly seq: number; readonly strain: number; readonly nowMs: number }
  | { readonly kind: 'ask'; readonly device: PeerIdText }
  | { readonly kind: 'answer'; readonly device: PeerIdText; readonly sight: Sight }
  | { readonly kind: 'suspicion'; readonly device: PeerIdText }
  | { readonly kind: 'link-states'; readonly signed: readonly Uint8Array[] }
  | { readonly kind: 'goodbye' }

/** What a device that was asked knows of another one. `no-link`: it has no opinion of its own. */
export type Sight =
  | { readonly kind: 'heard'; readonly ageMs: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'no-link' }

export type PathKindText = 'local' | 'direct' | 'hole-punched' | 'relayed'

export interface SignedLinkState {
  /** Exactly the bytes that were signed; forwarded as they came. */
  readonly payload: Uint8Array
  readonly signature: Uint8Array
}

/** Everything one device says about what it sees. A newer one replaces the older one whole. */
export interface LinkState {
  readonly network: string
  readonly observer: PeerIdText
  /** Rises with each start of the observer. */
  readonly incarnation: bigint
  /** Rises with each statement of one incarnation. */
  readonly seq: bigint
  readonly links: readonly StatedLink[]
  readonly views: readonly StatedView[]
}

export interface StatedLink {
  readonly peer: PeerIdText
  readonly kind: PathKindText
  readonly rttMs: number | null
  /** Share of probes unanswered, 0 to 1. */
  readonly loss: number
}

export interface StatedView {
  readonly device: PeerIdText
  readonly health: 'alive' | 'suspect' | 'failed'
}
