import { keys } from '@libp2p/crypto'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { describe, expect, it } from 'vitest'
import { publicKeyOf } from '../../../src/identity/device-id.ts'
import { DeviceKey, verifySignature } from '../../../src/identity/device-key.ts'

const text = new TextEncoder().encode('hello')
/** RFC 8032 §7.1, test 1: the empty message. */
const RFC_SEED = Buffer.from(
  '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
  'hex',
)
const RFC_PUBLIC_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
const RFC_SIGNATURE =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'
const GROUP_ORDER = (1n << 252n) + 27742317777372353535851937790883648493n

describe('a device key', () => {
  it('signs as RFC 8032 says', () => {
    const key = DeviceKey.fromSeed(RFC_SEED)
    expect(Buffer.from(key.publicKey).toString('hex')).toBe(RFC_PUBLIC_KEY)
    expect(Buffer.from(key.sign(new Uint8Array(0))).toString('hex')).toBe(RFC_SIGNATURE)
  })

  it('has the id that libp2p gives to the same seed', async () => {
    const key = DeviceKey.generate()
    const other = await keys.generateKeyPairFromSeed('Ed25519', key.seed)
    expect(key.id).toBe(peerIdFromPrivateKey(other).toString())
    expect(publicKeyOf(key.id)).toEqual(key.publicKey)
  })

  it('comes back from its seed', () => {
    const key = DeviceKey.generate()
    expect(DeviceKey.fromSeed(key.seed).id).toBe(key.id)
  })

  it('is not made from a seed of another length', () => {
    expect(() => DeviceKey.fromSeed(new Uint8Array(31))).toThrow(
      expect.objectContaining({ code: 'BAD_KEY' }),
    )
  })

  it('keeps its own copy of the seed', () => {
    const seed = new Uint8Array(32).fill(1)
    const key = DeviceKey.fromSeed(seed)
    seed.fill(2)
    expect(DeviceKey.fromSeed(key.seed).id).toBe(key.id)
  })
})

describe('a signature', () => {
  const key = DeviceKey.fromSeed(new Uint8Array(32).fill(3))
  const signature = key.sign(text)

  it('holds for its key and text', () => {
    expect(verifySignature(key.publicKey, text, signature)).toBe(true)
  })

  it('does not hold for another text or key', () => {
    expect(verifySignature(key.publicKey, text.subarray(1), signature)).toBe(false)
    expect(verifySignature(DeviceKey.generate().publicKey, text, signature)).toBe(false)
  })

  it.each([0, 31, 32, 63])('does not survive a flipped bit in byte %i', (at) => {
    const flipped = signature.slice()
    flipped[at] = (flipped[at] ?? 0) ^ 1
    expect(verifySignature(key.publicKey, text, flipped)).toBe(false)
  })

  it('cannot be turned into a second one by adding the group order', () => {
    let scalar =
      BigInt(`0x${Buffer.from(signature.slice(32)).reverse().toString('hex')}`) + GROUP_ORDER
    const malleated = signature.slice()
    for (let at = 32; at < 64; at++) {
      malleated[at] = Number(scalar & 255n)
      scalar >>= 8n
    }
    expect(verifySignature(key.publicKey, text, malleated)).toBe(false)
  })

  it.each([
    ['of the wrong length', key.publicKey, new Uint8Array(63)],
    ['of a key that is too short', new Uint8Array(31), signature],
    ['of a key that is no point on the curve', new Uint8Array(32).fill(0xff), signature],
    ['of nothing', new Uint8Array(0), new Uint8Array(0)],
  ])('%s is false, not an exception', (_, publicKey, bytes) => {
    expect(verifySignature(publicKey, text, bytes)).toBe(false)
  })

  it('of the neutral element, which would sign every text, does not hold', () => {
    const neutral = new Uint8Array(32)
    neutral[0] = 1
    const universal = new Uint8Array(64)
    universal[0] = 1
    expect(verifySignature(neutral, text, universal)).toBe(false)
  })
})
