import {
  ENVELOPE_MAX_BYTES,
  TAIL_MAX_BYTES,
  TAIL_UPDATES_MAX,
} from '../../protocols/replica/constants.ts'
import { verifySignature } from '../identity/device-key.ts'
import { type Envelope, NO_HASH, readEnvelope } from './envelope.ts'
import { emptyHead, type Head } from './head.ts'
import { Refusal, type RefusalCode } from './refusal.ts'
import { isKnownDocument, mayWrite, type DocumentId, type AuthorStanding } from './standing.ts'

export interface AcceptanceFacts {
  readonly network: Uint8Array
  standingOf(author: string): AuthorStanding
  headOf(id: DocumentId): Head | undefined
  /** Takes from the budget of the envelope's author; false when there is none left. */
  admit(envelope: Envelope): boolean
}

/**
 * What an envelope is to us. All but `past`, `stale` and `refused` are signed by their author.
 * - `next`: continues our chain, or starts a new incarnation
 * - `base`: a snapshot further on than we are, which replaces what we have
 * - `ahead`: has to wait for the ones between
 * - `conflict`: claims our next place after another history than ours
 * - `past`: a place we have an envelope for: known, or one half of a fork
 * - `stale`: of an incarnation its author has given up
 */
export type Verdict =
  | { readonly kind: 'next' | 'base' | 'ahead'; readonly envelope: Envelope }
  | { readonly kind: 'conflict' | 'past' | 'stale'; readonly envelope: Envelope }
  | {
      readonly kind: 'refused'
      readonly code: RefusalCode
      readonly detail: string
      readonly id: DocumentId | undefined
    }

/**
 * The acceptance rule up to the signature, cheapest check first. What is inside the update is judged by
 * `ReplicaDocument.apply`, for which the document is needed.
 */
export function judge(bytes: Uint8Array, facts: AcceptanceFacts): Verdict {
  if (bytes.length > ENVELOPE_MAX_BYTES)
    return refused('TOO_LARGE', `envelope of ${bytes.length} bytes`)
  let envelope: Envelope
  try {
    envelope = readEnvelope(bytes)
  } catch (error) {
    return refused('MALFORMED', error instanceof Error ? error.message : 'no envelope')
  }
  const { id } = envelope
  try {
    assertAddressed(envelope, facts)
    const head = facts.headOf(id) ?? emptyHead(0)
    const kind = placeOf(envelope, head)
    if (kind === 'past' || kind === 'stale') return { kind, envelope }
    if (kind === 'next') assertTail(envelope, head)
    if (!facts.admit(envelope))
      return refused('RATE_LIMITED', 'more than an author may publish', id)
    if (!isSigned(envelope)) return refused('BAD_SIGNATURE', 'not signed by its author', id)
    return { kind, envelope }
  } catch (error) {
    if (error instanceof Refusal) return refused(error.code, error.message, id)
    throw error
  }
}

export function isSigned(envelope: Envelope): boolean {
  return verifySignature(envelope.fields.author, envelope.signedBytes, envelope.signature)
}

function assertAddressed(envelope: Envelope, facts: AcceptanceFacts): void {
  const { id, fields } = envelope
  if (!Buffer.from(fields.network).equals(facts.network)) {
    throw new Refusal('WRONG_NETWORK', 'an envelope of another network')
  }
  if (!isKnownDocument(id.document))
    throw new Refusal('UNKNOWN_DOCUMENT', `document "${id.document}"`)
  const standing = facts.standingOf(id.author)
  if (!standing.isMember) throw new Refusal('NOT_MEMBER', 'its author is no member')
  if (!mayWrite(standing, id.document)) {
    throw new Refusal('NOT_PERMITTED', `a ${standing.role} may not write "${id.document}"`)
  }
  if (fields.incarnation < 1 || fields.seq < 1) throw new Refusal('MALFORMED', 'numbers start at 1')
  if ((fields.seq === 1) !== (envelope.prev === NO_HASH)) {
    throw new Refusal('MALFORMED', 'the first of an incarnation, and only it, follows nothing')
  }
}

function placeOf(envelope: Envelope, head: Head): Exclude<Verdict['kind'], 'refused'> {
  const { incarnation, seq, kind } = envelope.fields
  if (incarnation < head.incarnation) return 'stale'
  const isNewIncarnation = incarnation > head.incarnation
  const lastSeq = isNewIncarnation ? 0 : head.seq
  if (!isNewIncarnation && head.forkSeq !== 0 && seq >= head.forkSeq) {
    throw new Refusal('FORKED', `its author signed ${head.forkSeq} twice`)
  }
  if (seq <= lastSeq) return 'past'
  if (seq > lastSeq + 1) return kind === 'snapshot' ? 'base' : 'ahead'
  return isNewIncarnation || envelope.prev === head.hash ? 'next' : 'conflict'
}

function assertTail(envelope: Envelope, head: Head): void {
  if (envelope.fields.kind === 'snapshot' || envelope.fields.incarnation !== head.incarnation)
    return
  if (envelope.fields.seq - head.snapshotSeq > TAIL_UPDATES_MAX) {
    throw new Refusal('TAIL_TOO_LONG', `more than ${TAIL_UPDATES_MAX} updates without a snapshot`)
  }
  if (head.tailBytes + envelope.bytes.length > TAIL_MAX_BYTES) {
    throw new Refusal('TAIL_TOO_LONG', `more than ${TAIL_MAX_BYTES} bytes without a snapshot`)
  }
}

function refused(code: RefusalCode, detail: string, id?: DocumentId): Verdict {
  return { kind: 'refused', code, detail, id }
}
