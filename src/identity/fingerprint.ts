import { createHash } from 'node:crypto'

const DOMAIN = 'asgard/fingerprint/1\0'
/** 10 groups of 4 characters of 5 bits: 200 bits, beyond finding a second key with the same fingerprint. */
const GROUPS = 10
const GROUP_CHARS = 4
/** Crockford's base32: no I, L, O, U, so it can be read aloud and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const BITS_PER_CHAR = 5

/** What two people compare when they want to be sure of a key: `7RXK-2M4Q-…`, 200 bits of its SHA-256. */
export function fingerprintOf(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update(DOMAIN).update(publicKey).digest()
  const bits = BigInt(`0x${digest.toString('hex')}`)
  const charAt = (i: number) =>
    ALPHABET[Number((bits >> BigInt(256 - BITS_PER_CHAR * (i + 1))) & 31n)] as string
  return Array.from({ length: GROUPS }, (_, group) =>
    Array.from({ length: GROUP_CHARS }, (_, i) => charAt(group * GROUP_CHARS + i)).join(''),
  ).join('-')
}
