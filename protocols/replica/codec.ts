import { ReplicaFrame } from '../../proto/gen/replica.js'
import { ProtocolError } from '../protocol-error.ts'
import {
  BUCKETS,
  BUCKET_DIGEST_BYTES,
  DOCUMENT_NAME_PATTERN,
  ENVELOPE_MAX_BYTES,
  HASH_BYTES,
  HEADS_MAX,
  PUBLIC_KEY_BYTES,
  PUSH_ENVELOPES_MAX,
  RANGE_ENVELOPES_MAX,
  WANT_ITEMS_MAX,
} from './constants.ts'
import type { ReplicaMessage, WantItem, WireHead } from './messages.ts'

const LIMITS = {
  heads: { heads: HEADS_MAX },
  want: { items: WANT_ITEMS_MAX },
  range: { envelopes: RANGE_ENVELOPES_MAX },
  push: { envelopes: PUSH_ENVELOPES_MAX },
}

export function encodeMessage(message: ReplicaMessage): Uint8Array {
  switch (message.kind) {
    case 'summary':
      return ReplicaFrame.encode({ summary: { root: message.root } })
    case 'buckets':
      return ReplicaFrame.encode({ buckets: { digests: Buffer.concat(message.digests) } })
    case 'heads':
      return ReplicaFrame.encode({
        heads: {
          buckets: bitsOf(message.buckets),
          heads: message.heads.map(headToWire),
          isAnswer: message.isAnswer,
        },
      })
    case 'want':
      return ReplicaFrame.encode({
        want: { id: BigInt(message.id), items: message.items.map(itemToWire) },
      })
    case 'range':
      return ReplicaFrame.encode({
        range: {
          id: BigInt(message.id),
          envelopes: [...message.envelopes],
          served: message.served,
        },
      })
    case 'push':
      return ReplicaFrame.encode({ push: { envelopes: [...message.envelopes] } })
    case 'fork':
      return ReplicaFrame.encode({
        fork: { first: message.first, second: message.second },
      })
  }
}

export function decodeMessage(frame: Uint8Array): ReplicaMessage {
  const wire = parse(frame)
  if (wire.summary !== undefined) {
    return { kind: 'summary', root: exactly(wire.summary.root, HASH_BYTES, 'root') }
  }
  if (wire.buckets !== undefined) {
    const bytes = exactly(wire.buckets.digests, BUCKETS * BUCKET_DIGEST_BYTES, 'bucket digests')
    const digests = Array.from({ length: BUCKETS }, (_, i) =>
      bytes.subarray(i * BUCKET_DIGEST_BYTES, (i + 1) * BUCKET_DIGEST_BYTES),
    )
    return { kind: 'buckets', digests }
  }
  if (wire.heads !== undefined) {
    return {
      kind: 'heads',
      buckets: bitsFrom(wire.heads.buckets),
      heads: wire.heads.heads.map(headFromWire),
      isAnswer: wire.heads.isAnswer,
    }
  }
  if (wire.want !== undefined) {
    return { kind: 'want', id: integer(wire.want.id), items: wire.want.items.map(itemFromWire) }
  }
  if (wire.range !== undefined) {
    return {
      kind: 'range',
      id: integer(wire.range.id),
      envelopes: wire.range.envelopes.map(envelope),
      served: wire.range.served,
    }
  }
  if (wire.push !== undefined) return { kind: 'push', envelopes: wire.push.envelopes.map(envelope) }
  if (wire.fork !== undefined) {
    return { kind: 'fork', first: envelope(wire.fork.first), second: envelope(wire.fork.second) }
  }
  throw new ProtocolError('MALFORMED', 'replica frame of an unknown kind')
}

function parse(frame: Uint8Array): ReplicaFrame {
  try {
    return ReplicaFrame.decode(frame, { limits: LIMITS })
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'replica frame does not decode', { cause })
  }
}

function headToWire(head: WireHead): ReplicaFrame.Head {
  return {
    author: head.author,
    document: head.document,
    incarnation: BigInt(head.incarnation),
    seq: BigInt(head.seq),
    headHash: head.headHash,
    forkSeq: BigInt(head.forkSeq),
  }
}

function headFromWire(wire: ReplicaFrame.Head): WireHead {
  return {
    author: exactly(wire.author, PUBLIC_KEY_BYTES, 'author'),
    document: documentName(wire.document),
    incarnation: integer(wire.incarnation),
    seq: integer(wire.seq),
    headHash: exactly(wire.headHash, HASH_BYTES, 'head hash'),
    forkSeq: integer(wire.forkSeq),
  }
}

function itemToWire(item: WantItem): ReplicaFrame.Want.Item {
  return {
    author: item.author,
    document: item.document,
    incarnation: BigInt(item.incarnation),
    fromSeq: BigInt(item.fromSeq),
  }
}

function itemFromWire(wire: ReplicaFrame.Want.Item): WantItem {
  return {
    author: exactly(wire.author, PUBLIC_KEY_BYTES, 'author'),
    document: documentName(wire.document),
    incarnation: integer(wire.incarnation),
    fromSeq: integer(wire.fromSeq),
  }
}

function bitsOf(buckets: ReadonlySet<number>): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(BUCKETS / 8)
  for (const bucket of buckets) bits[bucket >> 3] = (bits[bucket >> 3] ?? 0) | (1 << (bucket & 7))
  return bits
}

function bitsFrom(bits: Uint8Array): Set<number> {
  exactly(bits, BUCKETS / 8, 'bucket set')
  const buckets = new Set<number>()
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    if (((bits[bucket >> 3] ?? 0) & (1 << (bucket & 7))) !== 0) buckets.add(bucket)
  }
  return buckets
}

export function exactly(bytes: Uint8Array, length: number, what: string): Uint8Array {
  if (bytes.length !== length)
    throw new ProtocolError('MALFORMED', `${what} of ${bytes.length} bytes`)
  return bytes
}

/** Numbers above 2^53 are nobody's honest sequence number; they would lose their last bits here. */
export function integer(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ProtocolError('MALFORMED', 'a number above 2^53')
  return Number(value)
}

export function documentName(name: string): string {
  if (!DOCUMENT_NAME_PATTERN.test(name))
    throw new ProtocolError('MALFORMED', 'a document name that is none')
  return name
}

function envelope(bytes: Uint8Array): Uint8Array {
  if (bytes.length > ENVELOPE_MAX_BYTES)
    throw new ProtocolError('TOO_LARGE', `envelope of ${bytes.length} bytes`)
  return bytes
}
