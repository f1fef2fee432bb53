import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../src/identity/fingerprint.ts'

describe('a fingerprint', () => {
  it('is ten groups of four characters that can be read aloud', () => {
    expect(fingerprintOf(new Uint8Array(32))).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){9}$/,
    )
  })

  it('is the same in every version', () => {
    expect(fingerprintOf(new Uint8Array(32))).toMatchInlineSnapshot(
      `"RMA2-XHP2-6BNR-FW5J-GJ9C-SX31-BNFT-J7V6-7QW7-4H4H"`,
    )
  })

  it('changes wholly with one bit of the key', () => {
    const other = new Uint8Array(32)
    other[31] = 1
    const groups = fingerprintOf(new Uint8Array(32)).split('-')
    expect(
      fingerprintOf(other)
        .split('-')
        .filter((group) => groups.includes(group)),
    ).toEqual([])
  })
})
