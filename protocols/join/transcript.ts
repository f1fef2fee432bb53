import { createHash } from 'node:crypto'

/** What both sides of a join saw; keys are raw Ed25519 public keys. */
export interface JoinTranscript {
  readonly network: Uint8Array
  readonly joiner: Uint8Array
  readonly admitter: Uint8Array
  readonly joinerNonce: Uint8Array
  readonly admitterNonce: Uint8Array
}

const PROOF_DOMAIN = new TextEncoder().encode('asgard/join/1\0')
const WORDS_DOMAIN = new TextEncoder().encode('asgard/join-words/1\0')

function concat(domain: Uint8Array, transcript: JoinTranscript): Uint8Array {
  const { network, joiner, admitter, joinerNonce, admitterNonce } = transcript
  return Buffer.concat([domain, network, joiner, admitter, joinerNonce, admitterNonce])
}

/** What the joiner signs with the key that the ticket's secret makes. */
export function proofBytes(transcript: JoinTranscript): Uint8Array {
  return concat(PROOF_DOMAIN, transcript)
}

/** What the confirmation words are made from. Both nonces are in it, the joiner's committed to before it saw the other. */
export function wordsBytes(transcript: JoinTranscript): Uint8Array {
  return concat(WORDS_DOMAIN, transcript)
}

export function commitmentTo(nonce: Uint8Array): Uint8Array {
  return createHash('sha256').update('asgard/join-nonce/1\0').update(nonce).digest()
}
