import { createHash } from 'node:crypto'
import { wordlist } from '@scure/bip39/wordlists/english.js'

const DOMAIN = 'asgard/words/1\0'
/** 3 × 11 bits: one chance in 8.6 thousand million for each join that a person is asked to compare. */
const WORDS = 3
const BITS_PER_WORD = 11

/** Words that two people compare: equal exactly when both devices saw the same join. BIP-39's English list. */
export function confirmationWords(transcript: Uint8Array): readonly string[] {
  const digest = createHash('sha256').update(DOMAIN).update(transcript).digest()
  const bits = digest.readBigUInt64BE(0)
  return Array.from({ length: WORDS }, (_, i) => {
    const index = Number(
      BigInt.asUintN(BITS_PER_WORD, bits >> BigInt(64 - BITS_PER_WORD * (i + 1))),
    )
    return wordlist[index] as string
  })
}
