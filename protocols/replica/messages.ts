/** Where a document stands at one replica. Authors are raw Ed25519 public keys on the wire. */
export interface WireHead {
  readonly author: Uint8Array
  readonly document: string
  readonly incarnation: number
  readonly seq: number
  readonly headHash: Uint8Array
  /** First sequence number the author signed twice; 0 when it did not. */
  readonly forkSeq: number
}

export interface WantItem {
  readonly author: Uint8Array
  readonly document: string
  readonly incarnation: number
  /** 0: whatever brings us up to date with the fewest bytes, so from the newest snapshot. */
  readonly fromSeq: number
}

export type ReplicaMessage =
  | { readonly kind: 'summary'; readonly root: Uint8Array }
  | { readonly kind: 'buckets'; readonly digests: readonly Uint8Array[] }
  | {
      readonly kind: 'heads'
      readonly buckets: ReadonlySet<number>
      readonly heads: readonly WireHead[]
      readonly isAnswer: boolean
    }
  | { readonly kind: 'want'; readonly id: number; readonly items: readonly WantItem[] }
  | {
      readonly kind: 'range'
      readonly id: number
      readonly envelopes: readonly Uint8Array[]
      /** Items of the want, from the first on, that are answered wholly. */
      readonly served: number
    }
  | { readonly kind: 'push'; readonly envelopes: readonly Uint8Array[] }
  | { readonly kind: 'fork'; readonly first: Uint8Array; readonly second: Uint8Array }

export type EnvelopeKind = 'update' | 'snapshot'

/** One signed step of one author's document. */
export interface EnvelopeFields {
  readonly network: Uint8Array
  readonly document: string
  readonly author: Uint8Array
  readonly incarnation: number
  readonly seq: number
  /** Hash of the envelope before; 32 zero bytes for the first of an incarnation. */
  readonly prev: Uint8Array
  readonly kind: EnvelopeKind
  readonly clockFrom: number
  readonly clockTo: number
  /** Yjs update, V1. */
  readonly update: Uint8Array
  /** By the author's clock; advisory, orders nothing. */
  readonly timeMs: number
  /** Snapshots only. */
  readonly stateHash: Uint8Array | undefined
}

export interface SignedBody {
  readonly body: Uint8Array
  readonly signature: Uint8Array
}
