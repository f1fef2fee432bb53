import { describe, expect, it } from 'vitest'
import { inviteIdOf, inviteKeyOf } from '../../../src/network/invite-key.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { keyOf } from '../../support/trust-scene.ts'

const home = networkIdOf(keyOf('network').publicKey)
const work = networkIdOf(keyOf('other network').publicKey)
const secret = new Uint8Array(16).fill(5)

describe('an invite key', () => {
  it('follows from network and secret alone', () => {
    expect(inviteKeyOf(home, secret).publicKey).toEqual(inviteKeyOf(home, secret.slice()).publicKey)
    expect(inviteIdOf(home, secret)).toMatchInlineSnapshot(
      `"f89d4d83c8fa6dabb8a58e7ef81211d467f29f7f732304cb810e1bb7c36bd1e7"`,
    )
  })

  it('is another one in another network', () => {
    expect(inviteIdOf(work, secret)).not.toBe(inviteIdOf(home, secret))
  })

  it('is another one for another secret', () => {
    expect(inviteIdOf(home, new Uint8Array(16).fill(6))).not.toBe(inviteIdOf(home, secret))
  })

  it('needs a whole secret', () => {
    expect(() => inviteKeyOf(home, secret.subarray(1))).toThrow(
      expect.objectContaining({ code: 'TRUNCATED' }),
    )
  })
})
