import { base58btc } from 'multiformats/bases/base58'
import { IdentityError } from './identity-error.ts'

/** A device's libp2p peer id in base58 (`12D3KooW…`). For Ed25519 it contains the whole public key. */
export type DeviceId = string

/** Identity multihash of a protobuf `PublicKey { type: Ed25519, data: 32 bytes }` (libp2p peer-id spec). */
const PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20)
const PUBLIC_KEY_BYTES = 32
const SHORT_CHARS = 7

export function deviceIdOf(publicKey: Uint8Array): DeviceId {
  if (publicKey.length !== PUBLIC_KEY_BYTES) {
    throw new IdentityError(
      'BAD_KEY',
      `an Ed25519 public key has 32 bytes, this one has ${publicKey.length}`,
    )
  }
  const bytes = new Uint8Array(PREFIX.length + PUBLIC_KEY_BYTES)
  bytes.set(PREFIX)
  bytes.set(publicKey, PREFIX.length)
  return base58btc.baseEncode(bytes)
}

/** The 32-byte Ed25519 public key inside the id. Throws `BAD_DEVICE_ID` for anything else. */
export function publicKeyOf(id: DeviceId): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = base58btc.baseDecode(id)
  } catch (cause) {
    throw new IdentityError('BAD_DEVICE_ID', `"${id.slice(0, 64)}" is no peer id`, { cause })
  }
  if (
    bytes.length !== PREFIX.length + PUBLIC_KEY_BYTES ||
    !PREFIX.every((byte, i) => bytes[i] === byte)
  ) {
    throw new IdentityError('BAD_DEVICE_ID', `"${id.slice(0, 64)}" is no Ed25519 peer id`)
  }
  return bytes.slice(PREFIX.length)
}

/** The tail that tells ids apart: their first eight characters are the same for every Ed25519 key. */
export function shortDeviceId(id: DeviceId): string {
  return `…${id.slice(-SHORT_CHARS)}`
}
