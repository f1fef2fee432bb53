import { EnvelopeBody, SignedEnvelope } from '../../proto/gen/replica.js'
import { type CanonicalShape, isCanonical } from '../canonical-form.ts'
import { ProtocolError } from '../protocol-error.ts'
import { timeToWire } from '../wire-time.ts'
import { documentName, exactly, integer } from './codec.ts'
import { HASH_BYTES, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from './constants.ts'
import type { EnvelopeFields, SignedBody } from './messages.ts'

const NO_HASH = new Uint8Array(0)

/** `EnvelopeBody` of proto/replica.proto. */
export const ENVELOPE_FORM: CanonicalShape = {
  fields: {
    1: 'bytes', // network
    2: 'text', // document
    3: 'bytes', // author
    4: 'uint64', // incarnation
    5: 'uint64', // seq
    6: 'bytes', // prev
    7: 'uint32', // kind
    8: 'uint64', // clock_from
    9: 'uint64', // clock_to
    10: 'bytes', // update
    11: 'uint64', // time_ms
    12: 'bytes', // state_hash
  },
}

export function encodeEnvelopeBody(fields: EnvelopeFields): Uint8Array {
  return EnvelopeBody.encode({
    network: fields.network,
    document: fields.document,
    author: fields.author,
    incarnation: BigInt(fields.incarnation),
    seq: BigInt(fields.seq),
    prev: fields.prev,
    kind: fields.kind === 'snapshot' ? EnvelopeBody.Kind.SNAPSHOT : EnvelopeBody.Kind.UPDATE,
    clockFrom: BigInt(fields.clockFrom),
    clockTo: BigInt(fields.clockTo),
    update: fields.update,
    timeMs: timeToWire(fields.timeMs),
    stateHash: fields.stateHash ?? NO_HASH,
  })
}

export function encodeSignedBody(signed: SignedBody): Uint8Array {
  return SignedEnvelope.encode({
    body: signed.body,
    signature: signed.signature,
  })
}

/** Checks form, not truth: no signature is looked at here. */
export function decodeEnvelope(bytes: Uint8Array): {
  readonly signed: SignedBody
  readonly fields: EnvelopeFields
} {
  const signed = decodeSignedBody(bytes)
  return { signed, fields: decodeEnvelopeBody(signed.body) }
}

function decodeSignedBody(bytes: Uint8Array): SignedBody {
  let wire: SignedEnvelope
  try {
    wire = SignedEnvelope.decode(bytes)
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'envelope does not decode', { cause })
  }
  const signature = exactly(wire.signature, SIGNATURE_BYTES, 'signature')
  // Nobody signs the wrapper: whoever passes an envelope on could put something into it.
  if (Buffer.compare(encodeSignedBody(wire), bytes) !== 0) {
    throw new ProtocolError('MALFORMED', 'an envelope is a body and a signature, nothing else')
  }
  return { body: wire.body, signature }
}

function decodeEnvelopeBody(body: Uint8Array): EnvelopeFields {
  let wire: EnvelopeBody
  try {
    wire = EnvelopeBody.decode(body)
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'envelope body does not decode', { cause })
  }
  if (!isCanonical(body, ENVELOPE_FORM))
    throw new ProtocolError('MALFORMED', 'an envelope body is written in one way only')
  const kind = kindFromWire(wire.kind)
  return {
    network: exactly(wire.network, PUBLIC_KEY_BYTES, 'network'),
    document: documentName(wire.document),
    author: exactly(wire.author, PUBLIC_KEY_BYTES, 'author'),
    incarnation: integer(wire.incarnation),
    seq: integer(wire.seq),
    prev: exactly(wire.prev, HASH_BYTES, 'previous hash'),
    kind,
    clockFrom: integer(wire.clockFrom),
    clockTo: integer(wire.clockTo),
    update: wire.update,
    timeMs: integer(wire.timeMs),
    stateHash: kind === 'snapshot' ? exactly(wire.stateHash, HASH_BYTES, 'state hash') : undefined,
  }
}

function kindFromWire(kind: EnvelopeBody.Kind): EnvelopeFields['kind'] {
  switch (kind) {
    case EnvelopeBody.Kind.UPDATE:
      return 'update'
    case EnvelopeBody.Kind.SNAPSHOT:
      return 'snapshot'
    default:
      throw new ProtocolError('MALFORMED', 'envelope of an unknown kind')
  }
}
