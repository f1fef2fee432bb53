import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { IdentityError } from '../../../src/identity/identity-error.ts'
import { decodeKeyFile, encodeKeyFile, readKeyFile } from '../../../src/identity/keystore.ts'

const seed = new Uint8Array(32).fill(7)

describe('a key file without a passphrase', () => {
  it('gives the seed back', async () => {
    expect(await decodeKeyFile(await encodeKeyFile(seed))).toEqual(seed)
  })

  it('says how it is protected', async () => {
    expect(readKeyFile(await encodeKeyFile(seed)).protection).toBe('none')
  })

  it('refuses a seed of another length', async () => {
    await expect(encodeKeyFile(new Uint8Array(31))).rejects.toMatchObject({ code: 'BAD_KEY' })
  })
})

describe('a key file with a passphrase', () => {
  let text = ''
  beforeAll(async () => {
    text = await encodeKeyFile(seed, 'straße 🔑')
  })

  it('gives the seed back to who knows it', async () => {
    expect(await decodeKeyFile(text, 'straße 🔑')).toEqual(seed)
  })

  it('does not contain the seed', () => {
    expect(text).not.toContain(Buffer.from(seed).toString('base64').slice(0, 20))
  })

  it('takes the same passphrase typed in another Unicode form', async () => {
    const composed = await encodeKeyFile(seed, 'caf\u00e9')
    expect(await decodeKeyFile(composed, 'cafe\u0301')).toEqual(seed)
  })

  it('is locked without it', async () => {
    await expect(decodeKeyFile(text)).rejects.toMatchObject({ code: 'KEYSTORE_LOCKED' })
  })

  it('says that the passphrase is wrong, and not that the file is damaged', async () => {
    await expect(decodeKeyFile(text, 'strasse')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' })
  })

  it('says that the file is damaged, and not that the passphrase is wrong', async () => {
    const ciphertext = /"ciphertext": "(..)/.exec(text)?.[1] ?? ''
    const damaged = text.replace(
      `"ciphertext": "${ciphertext}`,
      `"ciphertext": "${ciphertext === 'AA' ? 'BB' : 'AA'}`,
    )
    await expect(decodeKeyFile(damaged, 'straße 🔑')).rejects.toMatchObject({
      code: 'KEYSTORE_CORRUPT',
    })
  })

  it('does not let the file choose how much memory is spent', async () => {
    const greedy = text.replace('"N": 131072', '"N": 1073741824')
    await expect(decodeKeyFile(greedy, 'straße 🔑')).rejects.toMatchObject({
      code: 'KEYSTORE_CORRUPT',
    })
  })

  it('differs each time it is written', async () => {
    expect(await encodeKeyFile(seed, 'x')).not.toBe(await encodeKeyFile(seed, 'x'))
  })
})

describe('a damaged key file', () => {
  it.each([
    ['empty', ''],
    ['no JSON', 'not json'],
    ['no object', '[]'],
    ['null', 'null'],
    ['of a later version', '{"format":"asgard-key","version":2,"protection":"none"}'],
    ['without fields', '{"format":"asgard-key","version":1,"protection":"passphrase"}'],
    ['of unknown protection', '{"format":"asgard-key","version":1,"protection":"rot13"}'],
    ['too long', ' '.repeat(5_000)],
  ])('that is %s is named as such', async (_, text) => {
    await expect(decodeKeyFile(text, 'x')).rejects.toMatchObject({ code: 'KEYSTORE_CORRUPT' })
  })

  it('never crashes the reader (10,000 mutations)', async () => {
    const plain = await encodeKeyFile(seed)
    const sealed = await encodeKeyFile(seed, 'x')
    const mutated = fc.tuple(
      fc.constantFrom(plain, sealed),
      fc.nat(),
      fc.nat({ max: 20 }),
      fc.string({ maxLength: 20 }),
    )
    const arbitrary = fc.oneof(
      fc.json(),
      fc.string(),
      mutated.map(([text, at, cut, put]) => {
        const start = at % text.length
        return text.slice(0, start) + put + text.slice(start + cut)
      }),
    )
    fc.assert(
      fc.property(arbitrary, (text) => {
        try {
          readKeyFile(text)
        } catch (err) {
          expect(err).toBeInstanceOf(IdentityError)
          expect(err).toMatchObject({ code: 'KEYSTORE_CORRUPT' })
        }
      }),
      { numRuns: 10_000 },
    )
  })
})
