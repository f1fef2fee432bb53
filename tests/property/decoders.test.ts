import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddressBookRecord } from '../../proto/gen/address_book.js'
import { HealthFrame, LinkState } from '../../proto/gen/health.js'
import { HelloFrame } from '../../proto/gen/hello.js'
import { JoinFrame } from '../../proto/gen/join.js'
import { EnvelopeBody } from '../../proto/gen/replica.js'
import { ReplicaHead } from '../../proto/gen/replica_record.js'
import { TrustRecordBody } from '../../proto/gen/trust.js'
import { decodeHello, encodeHello } from '../../protocols/hello/codec.ts'
import { HELLO_NONCE_BYTES } from '../../protocols/hello/constants.ts'
import type { HelloMessage } from '../../protocols/hello/messages.ts'
import { decodeJoin, encodeJoin } from '../../protocols/join/codec.ts'
import { JOIN_GROUP_KEYS_MAX } from '../../protocols/join/constants.ts'
import type { JoinMessage } from '../../protocols/join/messages.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import { decodeTrust, encodeTrust, type TrustMessage } from '../../protocols/trust/codec.ts'
import { TRUST_KEYS_MAX } from '../../protocols/trust/constants.ts'

const RUNS = { numRuns: 10_000 }

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const hash = bytes(32)
const records = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 8 })
const timeMs = fc.oneof(
  fc.integer({ min: 0, max: 9_000_000_000_000 }),
  fc.integer({ min: 2 ** 31 - 2, max: 2 ** 32 + 1 }), // early 1970, where a varint of ours was wrong
)
const verdict = fc.record(
  {
    accepts: fc.boolean(),
    refusal: fc.constantFrom('stranger', 'revoked', 'review', 'expired', 'left', 'bad-records'),
  },
  { requiredKeys: ['accepts'] },
)

const hello: fc.Arbitrary<HelloMessage> = fc.oneof(
  fc
    .tuple(bytes(HELLO_NONCE_BYTES), timeMs, verdict)
    .map(([nonce, time, said]) => ({ kind: 'open' as const, nonce, timeMs: time, ...said })),
  fc.record({
    kind: fc.constant('proof' as const),
    mac: hash,
  }),
  fc.record({ kind: fc.constant('records' as const), records, more: fc.boolean() }),
  fc.constant({ kind: 'next' as const }),
  verdict.map((said) => ({ kind: 'verdict' as const, ...said })),
)

const join: fc.Arbitrary<JoinMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('request' as const),
    network: hash,
    invite: hash,
    commitment: hash,
    name: fc.string({ maxLength: 63 }),
    platform: fc.constantFrom('linux/x64', ''),
  }),
  fc.record({ kind: fc.constant('challenge' as const), nonce: hash }),
  fc.record({ kind: fc.constant('answer' as const), nonce: hash, signature: bytes(64) }),
  fc.record({ kind: fc.constant('pending' as const), waitMs: timeMs }),
  fc.record({ kind: fc.constant('records' as const), records, more: fc.boolean() }),
  fc.constant({ kind: 'next' as const }),
  fc.record({
    kind: fc.constant('admitted' as const),
    role: fc.constantFrom('owner', 'admin', 'operator', 'member', 'guest'),
    timeMs,
    groupKeys: fc.array(hash, { maxLength: JOIN_GROUP_KEYS_MAX }),
  }),
  fc.record({
    kind: fc.constant('refused' as const),
    reason: fc.constantFrom(
      'wrong-network',
      'expired',
      'used-up',
      'busy',
      'in-review',
      'bad-name',
      'bad-proof',
    ),
    detail: fc.string({ maxLength: 60 }),
    timeMs,
    expiredAtMs: timeMs,
  }),
)

const trust: fc.Arbitrary<TrustMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('frontier' as const),
    heads: fc.array(hash, { maxLength: 20 }),
    wantedKeys: fc.array(hash, { maxLength: TRUST_KEYS_MAX }),
  }),
  fc.record({ kind: fc.constant('records' as const), records, more: fc.boolean() }),
  fc.record({
    kind: fc.constant('group-keys' as const),
    keys: fc.array(hash, { maxLength: TRUST_KEYS_MAX }),
  }),
)

/** Noise, and honest frames with some bytes changed, put in or cut off: the second kind gets further. */
function hostile(honest: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(),
    byte: fc.nat({ max: 255 }),
    how: fc.constantFrom('change', 'cut', 'insert'),
  })
  const damaged = fc
    .tuple(honest, fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([frame, edits]) => {
      const changed = [...frame]
      for (const { at, byte, how } of edits) {
        const index = at % (changed.length + 1)
        if (how === 'change') changed[index] = byte
        else if (how === 'cut') changed.length = index
        else changed.splice(index, 0, byte)
      }
      return Uint8Array.from(changed)
    })
  return fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged, fc.tuple(honest, honest).map(joined))
}

/** Two frames in one, as a decoder that takes the last of repeated fields would like. */
const joined = ([one, other]: [Uint8Array, Uint8Array]) => Uint8Array.from([...one, ...other])

/** What the rest of the program may rely on in whatever a decoder lets through. */
const bounds = {
  hello: (message: HelloMessage) => {
    if (message.kind === 'open') {
      expect(message.nonce).toHaveLength(HELLO_NONCE_BYTES)
      expect(Number.isSafeInteger(message.timeMs)).toBe(true)
    }
    if (message.kind === 'proof') expect(message.mac).toHaveLength(32)
  },
  join: (message: JoinMessage) => {
    if (message.kind === 'request') {
      for (const key of [message.network, message.invite, message.commitment]) {
        expect(key).toHaveLength(32)
      }
      expect(Buffer.byteLength(message.name)).toBeLessThanOrEqual(252)
    }
    if (message.kind === 'pending') expect(Number.isSafeInteger(message.waitMs)).toBe(true)
    if (message.kind === 'admitted') {
      expect(message.groupKeys.length).toBeLessThanOrEqual(JOIN_GROUP_KEYS_MAX)
      for (const key of message.groupKeys) expect(key).toHaveLength(32)
    }
  },
  trust: (message: TrustMessage) => {
    const hashes =
      message.kind === 'frontier'
        ? [...message.heads, ...message.wantedKeys]
        : message.kind === 'group-keys'
          ? message.keys
          : []
    for (const each of hashes) expect(each).toHaveLength(32)
  },
}

function suite<Message extends { readonly kind: string }>(
  name: string,
  message: fc.Arbitrary<Message>,
  encode: (message: Message) => Uint8Array,
  decode: (bytes: Uint8Array) => Message,
  isWithinBounds: (message: Message) => void,
): void {
  describe(`a ${name} frame`, () => {
    it('comes back as it was sent', () => {
      fc.assert(
        fc.property(message, (sent) => {
          expect(decode(encode(sent))).toEqual(sent)
        }),
        { numRuns: 2_000 },
      )
    })

    it('of hostile bytes is a message within its bounds or an error with a code', () => {
      fc.assert(
        fc.property(hostile(message.map(encode)), (frame) => {
          let decoded: Message
          try {
            decoded = decode(frame)
          } catch (error) {
            expect(error).toBeInstanceOf(ProtocolError)
            expect(['MALFORMED', 'TOO_LARGE']).toContain((error as ProtocolError).code)
            return
          }
          isWithinBounds(decoded)
        }),
        RUNS,
      )
    })
  })
}

describe('a number of 64 bits', () => {
  /** The varint as the protobuf documentation has it. */
  function varint(value: bigint): number[] {
    return value < 128n ? [Number(value)] : [Number(value & 127n) | 128, ...varint(value >> 7n)]
  }

  const number = fc.oneof(
    fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }),
    fc.bigInt({ min: 2n ** 31n - 2n, max: 2n ** 32n + 1n }),
  )
  const none = new Uint8Array(0)

  it.each<[string, number, (value: bigint) => Uint8Array]>([
    ['the time of a trust record', 6, (timeMs) => bare(TrustRecordBody, { timeMs })],
    ['the time of an envelope', 11, (timeMs) => bare(EnvelopeBody, { timeMs })],
    ['the incarnation of an envelope', 4, (incarnation) => bare(EnvelopeBody, { incarnation })],
    ['the incarnation of a link-state', 3, (incarnation) => bare(LinkState, { incarnation })],
    ['the clock of a pong', 3, (nowMs) => bare(HealthFrame.Pong, { nowMs })],
    ['the clock of a hello', 4, (timeMs) => bare(HelloFrame.Open, { timeMs })],
    ['the wait of a join', 1, (waitMs) => bare(JoinFrame.Pending, { waitMs })],
    ['a size on disk', 8, (tailBytes) => bare(ReplicaHead, { tailBytes })],
    ['a time on disk', 4, (addedAt) => bare(AddressBookRecord.Address, { addedAt })],
  ])('is written right as %s', (_, field, encode) => {
    fc.assert(
      fc.property(number, (value) => {
        expect([...encode(value)]).toEqual([field << 3, ...varint(value)])
      }),
    )
  })

  function bare<Fields extends object>(
    message: { encode(fields: Fields): Uint8Array; decode(bytes: Uint8Array): Fields },
    fields: Partial<Fields>,
  ): Uint8Array {
    return message.encode({ ...message.decode(none), ...fields })
  }
})

suite('hello', hello, encodeHello, decodeHello, bounds.hello)
suite('join', join, encodeJoin, decodeJoin, bounds.join)
suite('trust', trust, encodeTrust, decodeTrust, bounds.trust)

describe('a list in a frame', () => {
  it('is refused when it is longer than its limit', () => {
    const many = (count: number) => Array.from({ length: count }, () => new Uint8Array(32))
    const keys = { kind: 'group-keys' as const, keys: many(TRUST_KEYS_MAX + 1) }
    expect(() => decodeTrust(encodeTrust(keys))).toThrow(ProtocolError)
    const admitted = { kind: 'admitted' as const, role: 'member', timeMs: 0 }
    const tooMany = { ...admitted, groupKeys: many(JOIN_GROUP_KEYS_MAX + 1) }
    expect(() => decodeJoin(encodeJoin(tooMany))).toThrow(ProtocolError)
  })
})
