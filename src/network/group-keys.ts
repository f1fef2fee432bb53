import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { DeviceId } from '../identity/device-id.ts'
import type { Store } from '../storage/store.ts'

const KEY_BYTES = 32
const MAC_BYTES = 32
const PREFIX = 'group-key/'

export function commitmentOf(key: Uint8Array): Uint8Array {
  return createHash('sha256').update('asgard/group-key/1\0').update(key).digest()
}

/**
 * The secrets that members share, one per epoch. A new epoch begins with every revocation; the trust log
 * holds only its commitment, the key itself passes from member to member over encrypted connections.
 * With them two members that have never heard of each other recognise each other without naming the network.
 */
export class GroupKeys {
  readonly #store: Store
  /** By commitment in hex; oldest first. */
  readonly #keys = new Map<string, Uint8Array>()

  private constructor(store: Store) {
    this.#store = store
  }

  static async open(store: Store): Promise<GroupKeys> {
    const keys = new GroupKeys(store)
    for await (const [, value] of store.entries(PREFIX)) {
      if (value.length === KEY_BYTES) keys.#keys.set(hex(commitmentOf(value)), value)
    }
    return keys
  }

  static generate(): Uint8Array {
    return randomBytes(KEY_BYTES)
  }

  async add(key: Uint8Array): Promise<void> {
    const commitment = hex(commitmentOf(key))
    if (key.length !== KEY_BYTES || this.#keys.has(commitment)) return
    await this.#store.commit([{ put: PREFIX + commitment, value: key }])
    this.#keys.set(commitment, key)
  }

  /** Forgets the keys of epochs that the trust log no longer keeps. */
  async keepOnly(commitments: readonly Uint8Array[]): Promise<void> {
    const kept = new Set(commitments.map(hex))
    const gone = [...this.#keys.keys()].filter((commitment) => !kept.has(commitment))
    if (gone.length === 0) return
    await this.#store.commit(gone.map((commitment) => ({ delete: PREFIX + commitment })))
    for (const commitment of gone) this.#keys.delete(commitment)
  }

  get(commitment: Uint8Array): Uint8Array | undefined {
    return this.#keys.get(hex(commitment))
  }

  /** Those of `commitments` whose key is not here. */
  lacking(commitments: readonly Uint8Array[]): readonly Uint8Array[] {
    return commitments.filter((commitment) => !this.#keys.has(hex(commitment)))
  }

  /**
   * An HMAC that `prover` knows the key, for `verifier` and this pair of nonces only; without the key as many random
   * bytes, so that a stranger cannot tell the two apart.
   */
  prove(commitment: Uint8Array | undefined, proof: GroupProof): Uint8Array {
    const key = commitment && this.get(commitment)
    return key === undefined ? randomBytes(MAC_BYTES) : mac(key, proof)
  }

  /** Only the newest key counts: whoever was removed may hold all the older ones. */
  verify(given: Uint8Array, commitment: Uint8Array | undefined, proof: GroupProof): boolean {
    const key = commitment && this.get(commitment)
    return (
      key !== undefined && given.length === MAC_BYTES && timingSafeEqual(given, mac(key, proof))
    )
  }
}

export interface GroupProof {
  readonly prover: DeviceId
  readonly verifier: DeviceId
  readonly proverNonce: Uint8Array
  readonly verifierNonce: Uint8Array
}

function mac(key: Uint8Array, proof: GroupProof): Uint8Array {
  return createHmac('sha256', key)
    .update(`asgard/hello/1\0${proof.prover}\0${proof.verifier}\0`)
    .update(proof.proverNonce)
    .update(proof.verifierNonce)
    .digest()
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
