import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '../../../protocols/replica/codec.ts'
import { BUCKET_DIGEST_BYTES, BUCKETS } from '../../../protocols/replica/constants.ts'
import { decodeEnvelope } from '../../../protocols/replica/envelope-codec.ts'
import type { ReplicaMessage } from '../../../protocols/replica/messages.ts'
import { ProtocolError } from '../../../protocols/protocol-error.ts'
import { Refusal } from '../../../src/replica/refusal.ts'
import { ReplicaDocument } from '../../../src/replica/replica-document.ts'
import { ForeignAuthor } from '../../support/foreign-author.ts'
import { namedKey } from '../../support/replica-mesh.ts'
import { ANY, setRoot, update } from '../../support/yjs-bytes.ts'

const RUNS = { numRuns: 10_000 }
const CLIENT = 4_242_424_242

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
const name = fc.constantFrom('device', 'annotations.0', 'x.y-z')
const count = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const blob = fc.uint8Array({ maxLength: 200 })
const message: fc.Arbitrary<ReplicaMessage> = fc.oneof(
  fc.record({ kind: fc.constant('summary' as const), root: hash }),
  fc.record({
    kind: fc.constant('buckets' as const),
    digests: fc.array(
      fc.uint8Array({ minLength: BUCKET_DIGEST_BYTES, maxLength: BUCKET_DIGEST_BYTES }),
      {
        minLength: BUCKETS,
        maxLength: BUCKETS,
      },
    ),
  }),
  fc.record({
    kind: fc.constant('heads' as const),
    buckets: fc
      .array(fc.nat({ max: BUCKETS - 1 }))
      .map((list) => new Set(list.sort((a, b) => a - b))),
    heads: fc.array(
      fc.record({
        author: hash,
        document: name,
        incarnation: count,
        seq: count,
        headHash: hash,
        forkSeq: count,
      }),
    ),
    isAnswer: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('want' as const),
    id: count,
    items: fc.array(
      fc.record({ author: hash, document: name, incarnation: count, fromSeq: count }),
    ),
  }),
  fc.record({
    kind: fc.constant('range' as const),
    id: count,
    envelopes: fc.array(blob),
    served: fc.nat({ max: 1_024 }),
  }),
  fc.record({ kind: fc.constant('push' as const), envelopes: fc.array(blob, { maxLength: 16 }) }),
  fc.record({ kind: fc.constant('fork' as const), first: blob, second: blob }),
)

/** Bytes that are nearly right: an honest encoding with some bytes changed, cut or added. */
function damaged(honest: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  return fc
    .tuple(honest, edits, fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 4 }))
    .map(([bytes, list, cut, more]) => {
      const copy = Uint8Array.from([...bytes.subarray(0, Math.max(0, bytes.length - cut)), ...more])
      for (const { at, byte } of list) if (copy.length > 0) copy[at % copy.length] = byte
      return copy
    })
}

function throwsOnly(kind: typeof ProtocolError | typeof Refusal, work: () => unknown): void {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(kind)
  }
}

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString('hex')
    : value instanceof Set
      ? [...value]
      : Array.isArray(value)
        ? value.map(plain)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
          : value

describe('frames', () => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(plain(decodeMessage(encodeMessage(sent)))).toEqual(plain(sent))
      }),
      {
        numRuns: 2_000,
      },
    )
  })

  it('of random bytes end in a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => {
        throwsOnly(ProtocolError, () => decodeMessage(bytes))
      }),
      RUNS,
    )
  })

  it('that are nearly right end in a typed error or a message', () => {
    fc.assert(
      fc.property(damaged(message.map(encodeMessage)), (bytes) => {
        throwsOnly(ProtocolError, () => decodeMessage(bytes))
      }),
      RUNS,
    )
  }, 60_000)
})

describe('envelopes', () => {
  const author = new ForeignAuthor(namedKey('ana'))
  const honest = [author.next(0), author.next(1), author.snapshot(2)].map(({ bytes }) => bytes)

  it('of random bytes end in a typed error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => {
        throwsOnly(ProtocolError, () => decodeEnvelope(bytes))
      }),
      RUNS,
    )
  })

  it('that are nearly right end in a typed error or fields', () => {
    fc.assert(
      fc.property(damaged(fc.constantFrom(...honest)), (bytes) => {
        throwsOnly(ProtocolError, () => decodeEnvelope(bytes))
      }),
      RUNS,
    )
  })
})

describe('updates', () => {
  const value = fc.constantFrom<readonly number[]>(
    ANY.null,
    ANY.true,
    ANY.int(9),
    ANY.text('é'),
    ANY.array(ANY.null),
    ANY.object(['k', ANY.int(1)]),
  )
  const honest = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'nested'), value), { maxLength: 5 })
    .map((sets) =>
      update(
        CLIENT,
        0,
        sets.map(([key, any]) => setRoot(key, any)),
      ),
    )

  it('of random bytes end in a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 512 }), (bytes) => {
        throwsOnly(Refusal, () => ReplicaDocument.empty(CLIENT).apply(bytes))
      }),
      RUNS,
    )
  })

  it('that are nearly right end in a refusal or in a document that reads back and leaves nothing pending', () => {
    const before = process.memoryUsage().heapUsed
    fc.assert(
      fc.property(damaged(honest), (bytes) => {
        throwsOnly(Refusal, () => {
          const document = ReplicaDocument.empty(CLIENT)
          document.apply(bytes)
          const { text } = document.read()
          const copy = ReplicaDocument.empty(CLIENT)
          copy.apply(document.snapshot())
          expect(copy.read().text).toBe(text)
        })
      }),
      RUNS,
    )
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(128 * 2 ** 20)
  }, 60_000)
})
