import {
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { deviceIdOf, type DeviceId } from './device-id.ts'
import { IdentityError } from './identity-error.ts'

const KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** DER headers that turn the 32 raw bytes into what node:crypto reads (RFC 8410 §4 and §7). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** An Ed25519 key pair: a device's identity, and also what an invite's secret is turned into. */
export class DeviceKey {
  readonly id: DeviceId
  readonly publicKey: Uint8Array
  /** The whole secret. Only the keystore and libp2p may see it. */
  readonly seed: Uint8Array
  readonly #privateKey: KeyObject

  private constructor(seed: Uint8Array) {
    this.seed = seed
    const der = Buffer.concat([PKCS8_PREFIX, seed])
    this.#privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(this.#privateKey).export({ format: 'der', type: 'spki' })
    this.publicKey = new Uint8Array(spki.subarray(SPKI_PREFIX.length))
    this.id = deviceIdOf(this.publicKey)
  }

  static generate(): DeviceKey {
    return new DeviceKey(new Uint8Array(randomBytes(KEY_BYTES)))
  }

  static fromSeed(seed: Uint8Array): DeviceKey {
    if (seed.length !== KEY_BYTES) {
      throw new IdentityError(
        'BAD_KEY',
        `a key's seed has ${KEY_BYTES} bytes, this one has ${seed.length}`,
      )
    }
    return new DeviceKey(seed.slice())
  }

  sign(bytes: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, bytes, this.#privateKey))
  }
}

/**
 * False for anything that is not this key's signature, malformed keys and signatures included.
 * OpenSSL refuses a scalar outside the group order, so nobody but the signer can make a second valid signature.
 */
export function verifySignature(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false
  try {
    return verify(null, bytes, keyObjectOf(publicKey), signature)
  } catch {
    return false // not a point on the curve
  }
}

/** Parsed public keys, newest last: parsing costs a quarter of a verification, and authors come back. */
const parsed = new Map<string, KeyObject>()
const PARSED_MAX = 2_048

function keyObjectOf(publicKey: Uint8Array): KeyObject {
  const name = Buffer.from(publicKey).toString('latin1')
  const known = parsed.get(name)
  if (known !== undefined) return known
  const key = createPublicKey({
    key: Buffer.concat([SPKI_PREFIX, publicKey]),
    format: 'der',
    type: 'spki',
  })
  parsed.set(name, key)
  for (const oldest of parsed.keys()) {
    if (parsed.size <= PARSED_MAX) break
    parsed.delete(oldest)
  }
  return key
}
