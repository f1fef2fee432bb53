import { createHash } from 'node:crypto'
import { SignedTrustRecord, TrustRecordBody } from '../../proto/gen/trust.js'
import { isCanonical } from '../../protocols/canonical-form.ts'
import { timeToWire } from '../../protocols/wire-time.ts'
import { deviceIdOf, type DeviceId } from '../identity/device-id.ts'
import { SIGNATURE_BYTES, verifySignature, type DeviceKey } from '../identity/device-key.ts'
import { networkIdOf, networkKeyOf, type NetworkId } from '../identity/network-id.ts'
import { RECORD_FORM } from './record-form.ts'
import { operationFromWire, operationToWire } from './trust-operation-codec.ts'
import type { TrustOperation } from './trust-operation.ts'
import { TrustError } from './trust-error.ts'
import { HEADS_MAX, LOG_RECORDS_MAX, RECORD_MAX_BYTES, TIME_MAX_MS } from './trust-limits.ts'

/** Hex SHA-256 of the domain and the record's body. */
export type RecordId = string

/** A decoded record. Immutable; `bytes` is what was received and what is stored and forwarded. */
export interface TrustRecord {
  readonly id: RecordId
  readonly network: NetworkId
  readonly author: DeviceId
  /** Position in the author's own chain, from 1. */
  readonly seq: number
  /** The author's previous record. */
  readonly prev: RecordId | null
  readonly heads: readonly RecordId[]
  readonly timeMs: number
  readonly operation: TrustOperation
  readonly bytes: Uint8Array
}

export interface UnsignedRecord {
  readonly network: NetworkId
  readonly seq: number
  readonly prev: RecordId | null
  readonly heads: readonly RecordId[]
  readonly timeMs: number
  readonly operation: TrustOperation
}

const DOMAIN = new TextEncoder().encode('asgard/trust/1\0')
export const RECORD_ID_BYTES = 32

/**
 * The id covers the body and not the signature: an author can sign one body in many ways, and all of them
 * are the same record. The wrapper has to be in canonical form, so a record has no room for stowaways; so has the
 * body, apart from fields of later versions, so that everybody reads the same in it.
 */
export function sealRecord(record: UnsignedRecord, key: DeviceKey): Uint8Array {
  const body = TrustRecordBody.encode({
    network: networkKeyOf(record.network),
    author: key.publicKey,
    seq: BigInt(record.seq),
    prev: record.prev === null ? new Uint8Array(0) : idToBytes(record.prev),
    heads: [...record.heads].sort().map(idToBytes),
    timeMs: timeToWire(record.timeMs),
    ...operationToWire(record.operation),
  })
  return SignedTrustRecord.encode({ body, signature: key.sign(withDomain(body)) })
}

/** A record of which everything but the signature has been checked. */
export interface UnverifiedRecord {
  readonly record: TrustRecord
  isSignatureValid(): boolean
}

/** Throws `TrustError` TOO_LARGE or MALFORMED; never anything else. */
export function openRecord(received: Uint8Array): UnverifiedRecord {
  if (received.length > RECORD_MAX_BYTES) {
    throw new TrustError(
      'TOO_LARGE',
      `a trust record has at most ${RECORD_MAX_BYTES} bytes, this one ${received.length}`,
    )
  }
  const bytes = received.slice()
  let signed: SignedTrustRecord
  let wire: TrustRecordBody
  try {
    signed = SignedTrustRecord.decode(bytes)
    wire = TrustRecordBody.decode(signed.body)
  } catch (cause) {
    throw new TrustError('MALFORMED', 'not a trust record', { cause })
  }
  if (
    signed.signature.length !== SIGNATURE_BYTES ||
    !isSame(SignedTrustRecord.encode(signed), bytes)
  ) {
    throw new TrustError(
      'MALFORMED',
      'a trust record is a body and a 64-byte signature, nothing else',
    )
  }
  const { body, signature } = signed
  if (!isCanonical(body, RECORD_FORM))
    throw new TrustError('MALFORMED', 'a trust record is written in one way only')
  const message = withDomain(body)
  const authorKey = wire.author
  const record: TrustRecord = {
    id: createHash('sha256').update(message).digest('hex'),
    network: networkIdOf(keyFromWire(wire.network, 'network')),
    author: deviceIdOf(keyFromWire(authorKey, 'author')),
    seq: seqFromWire(wire.seq),
    prev: wire.prev.length === 0 ? null : idFromWire(wire.prev),
    heads: headsFromWire(wire.heads),
    timeMs: timeFromWire(wire.timeMs),
    operation: operationFromWire(wire),
    bytes,
  }
  if ((record.seq === 1) !== (record.prev === null)) {
    throw new TrustError(
      'MALFORMED',
      'the first record of an author, and only that, has no predecessor',
    )
  }
  return { record, isSignatureValid: () => verifySignature(authorKey, message, signature) }
}

export function idToBytes(id: RecordId): Uint8Array {
  return new Uint8Array(Buffer.from(id, 'hex'))
}

export function idFromBytes(bytes: Uint8Array): RecordId {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

function withDomain(body: Uint8Array): Uint8Array {
  const message = new Uint8Array(DOMAIN.length + body.length)
  message.set(DOMAIN)
  message.set(body, DOMAIN.length)
  return message
}

function keyFromWire(key: Uint8Array, field: string): Uint8Array {
  if (key.length !== 32) throw new TrustError('MALFORMED', `${field} is a 32-byte key`)
  return key
}

function idFromWire(bytes: Uint8Array): RecordId {
  if (bytes.length !== RECORD_ID_BYTES)
    throw new TrustError('MALFORMED', 'a record id has 32 bytes')
  return idFromBytes(bytes)
}

/** Ascending and without repetition, so that one set of heads has one encoding. */
function headsFromWire(heads: readonly Uint8Array[]): readonly RecordId[] {
  if (heads.length > HEADS_MAX)
    throw new TrustError('MALFORMED', `a record names at most ${HEADS_MAX} heads`)
  const ids = heads.map(idFromWire)
  if (ids.some((id, i) => i > 0 && id <= (ids[i - 1] ?? ''))) {
    throw new TrustError('MALFORMED', 'heads are in ascending order, each once')
  }
  return ids
}

function seqFromWire(seq: bigint): number {
  if (seq < 1n || seq > BigInt(LOG_RECORDS_MAX * 2))
    throw new TrustError('MALFORMED', `${seq} is no sequence number`)
  return Number(seq)
}

function timeFromWire(timeMs: bigint): number {
  if (timeMs > BigInt(TIME_MAX_MS)) throw new TrustError('MALFORMED', 'a time beyond the year 2100')
  return Number(timeMs)
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
