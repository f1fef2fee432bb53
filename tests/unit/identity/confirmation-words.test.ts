import { wordlist } from '@scure/bip39/wordlists/english.js'
import { describe, expect, it } from 'vitest'
import { confirmationWords } from '../../../src/identity/confirmation-words.ts'

const transcript = new TextEncoder().encode('ana admits bob')

describe('confirmation words', () => {
  it('are three words of the list', () => {
    const words = confirmationWords(transcript)
    expect(words).toHaveLength(3)
    for (const word of words) expect(wordlist).toContain(word)
  })

  it('are the same for the same transcript, in this and every later version', () => {
    expect(confirmationWords(transcript)).toEqual(confirmationWords(transcript.slice()))
    expect(confirmationWords(transcript).join(' ')).toMatchInlineSnapshot(`"recycle long slim"`)
  })

  it('use the whole list', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 10_000; i++)
      for (const word of confirmationWords(Uint8Array.of(i & 255, i >> 8))) seen.add(word)
    expect(seen.size).toBe(2_048)
  })
})
