import { isSigned } from './acceptance.ts'
import { type Envelope, readEnvelope } from './envelope.ts'
import { Refusal } from './refusal.ts'
import { documentKey, type DocumentId } from './standing.ts'

/** Two envelopes of one author for one place: anybody can check that its key signed both. */
export interface ForkProof {
  readonly id: DocumentId
  readonly incarnation: number
  readonly seq: number
  readonly first: Uint8Array
  readonly second: Uint8Array
}

/** Throws `Refusal` for anything but a proof. */
export function readForkProof(
  first: Uint8Array,
  second: Uint8Array,
  network: Uint8Array,
): ForkProof {
  const [a, b] = [read(first), read(second)]
  const isSamePlace =
    documentKey(a.id) === documentKey(b.id) &&
    a.fields.incarnation === b.fields.incarnation &&
    a.fields.seq === b.fields.seq
  if (!isSamePlace || a.hash === b.hash)
    throw new Refusal('BAD_FORK_PROOF', 'no two versions of one place')
  if (![a, b].every(({ fields }) => Buffer.from(fields.network).equals(network))) {
    throw new Refusal('BAD_FORK_PROOF', 'a proof about another network')
  }
  if (!isSigned(a) || !isSigned(b))
    throw new Refusal('BAD_FORK_PROOF', 'not signed by the author it accuses')
  return forkProofOf(a, b)
}

export function forkProofOf(a: Envelope, b: Envelope): ForkProof {
  const [first, second] = a.hash < b.hash ? [a, b] : [b, a]
  const { incarnation, seq } = a.fields
  return { id: a.id, incarnation, seq, first: first.bytes, second: second.bytes }
}

function read(bytes: Uint8Array): Envelope {
  try {
    return readEnvelope(bytes)
  } catch (cause) {
    throw new Refusal('BAD_FORK_PROOF', 'a proof that does not decode', { cause })
  }
}
