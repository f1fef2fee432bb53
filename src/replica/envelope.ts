import { createHash } from 'node:crypto'
import { ENVELOPE_DOMAIN, HASH_BYTES } from '../../protocols/replica/constants.ts'
import {
  decodeEnvelope,
  encodeEnvelopeBody,
  encodeSignedBody,
} from '../../protocols/replica/envelope-codec.ts'
import type { EnvelopeFields } from '../../protocols/replica/messages.ts'
import { deviceIdOf, type DeviceId } from '../identity/device-id.ts'
import type { DocumentId } from './standing.ts'

const DOMAIN = Buffer.from(`${ENVELOPE_DOMAIN}\0`)

/** Hash before the first envelope of an incarnation. */
export const NO_HASH = '0'.repeat(HASH_BYTES * 2)

/** An envelope as received: `bytes` are what is stored and passed on, everything else is read from them. */
export interface Envelope {
  readonly bytes: Uint8Array
  readonly id: DocumentId
  readonly fields: EnvelopeFields
  /** SHA-256 of domain and body, in hex: what `prev` of the next one names. */
  readonly hash: string
  /** Hex, as `hash`. */
  readonly prev: string
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
}

/** What signs: a `DeviceKey`. */
export interface Signer {
  readonly id: DeviceId
  readonly publicKey: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
}

export function signEnvelope(fields: EnvelopeFields, signer: Signer): Envelope {
  const body = encodeEnvelopeBody(fields)
  const signature = signer.sign(signedBytesOf(body))
  return readEnvelope(encodeSignedBody({ body, signature }))
}

/** Throws `ProtocolError` when the bytes are no envelope. The signature is not checked here. */
export function readEnvelope(bytes: Uint8Array): Envelope {
  const { signed, fields } = decodeEnvelope(bytes)
  const signedBytes = signedBytesOf(signed.body)
  return {
    bytes,
    id: { author: deviceIdOf(fields.author), document: fields.document },
    fields,
    hash: sha256Hex(signedBytes),
    prev: Buffer.from(fields.prev).toString('hex'),
    signedBytes,
    signature: signed.signature,
  }
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function signedBytesOf(body: Uint8Array): Uint8Array {
  return Buffer.concat([DOMAIN, body])
}
