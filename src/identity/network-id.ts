import { base32 } from 'multiformats/bases/base32'
import { IdentityError } from './identity-error.ts'

/** A network's Ed25519 public key in multibase base32 (`b…`, 53 characters). */
export type NetworkId = string

const PUBLIC_KEY_BYTES = 32

export function networkIdOf(publicKey: Uint8Array): NetworkId {
  return base32.encode(publicKey)
}

export function networkKeyOf(id: NetworkId): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = base32.decode(id)
  } catch (cause) {
    throw new IdentityError('BAD_NETWORK_ID', `"${id.slice(0, 64)}" is no network id`, { cause })
  }
  if (bytes.length !== PUBLIC_KEY_BYTES) {
    throw new IdentityError(
      'BAD_NETWORK_ID',
      `a network id holds 32 bytes, this one ${bytes.length}`,
    )
  }
  return bytes
}
