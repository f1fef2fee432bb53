import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnvelopeBody, SignedEnvelope } from '../../proto/gen/replica.js'
import { TrustRecordBody } from '../../proto/gen/trust.js'
import { type CanonicalShape, isCanonical } from '../../protocols/canonical-form.ts'
import {
  decodeEnvelope,
  ENVELOPE_FORM,
  encodeEnvelopeBody,
} from '../../protocols/replica/envelope-codec.ts'
import { RECORD_FORM } from '../../src/trust/record-form.ts'
import { openRecord } from '../../src/trust/trust-record.ts'
import { plain, readAsOthersDo, wireFields, type WireField } from '../support/other-reader.ts'
import { type ProtoSchema, readSchema } from '../support/proto-schema.ts'
import { bodyOf, signBody } from '../support/trust-bytes.ts'
import { DAY_MS, idOf, keyOf, SCENE_MS, TrustScene } from '../support/trust-scene.ts'

const RUNS = { numRuns: 10_000 }

const scene = new TrustScene('ana')
scene.admit('ana', 'bob', 'admin')
const invite = scene.invite('bob', 'party', 'member')
scene.admit('bob', 'cleo', 'member', { invite })
scene.role('ana', 'cleo', 'guest')
scene.act('ana', { kind: 'renew', devices: ['bob', 'cleo'].map(idOf), until: SCENE_MS + DAY_MS })
scene.act('ana', { kind: 'cancel', invite })
scene.act('ana', { kind: 'rename', name: 'zuhause 🦊' })
scene.act('ana', { kind: 'rekey', commitment: new Uint8Array(32) })
scene.revoke('ana', 'cleo')
scene.leave('bob')
const records = scene.records.map(({ bytes }) => bodyOf(bytes))

const hash = new Uint8Array(32).fill(7)
const place = { network: hash, author: keyOf('ana').publicKey, incarnation: 2 ** 31, timeMs: 9 }
const envelopes = [
  encodeEnvelopeBody({
    ...place,
    document: 'device',
    seq: 1,
    prev: new Uint8Array(32),
    kind: 'snapshot',
    clockFrom: 0,
    clockTo: 1,
    update: hash,
    stateHash: hash,
  }),
  encodeEnvelopeBody({
    ...place,
    document: 'annotations.0',
    seq: 2,
    prev: hash,
    kind: 'update',
    clockFrom: 1,
    clockTo: 9,
    update: hash,
    stateHash: undefined,
  }),
]

function varint(value: bigint, padding = 0): number[] {
  const isLast = value < 128n && padding === 0
  const byte = Number(value & 127n)
  return isLast
    ? [byte]
    : [byte | 128, ...varint(value >> 7n, value < 128n ? padding - 1 : padding)]
}

/** `padding`: needless bytes of its numbers. */
interface Written extends WireField {
  readonly padding: number
}

function written(fields: readonly Written[]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(({ number, wireType, value, bytes, padding }) => [
      ...varint(BigInt(number * 8 + wireType), padding & 1),
      ...(wireType === 0 ? varint(value, padding >> 1) : []),
      ...(wireType === 2 ? varint(BigInt(bytes.length), padding >> 1) : []),
      ...(wireType === 0 ? [] : bytes),
    ]),
  )
}

/** Fields taken out, repeated, moved, rewritten, and put in from elsewhere: each is one field still. */
function rearranged(bodies: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const all = bodies.flatMap(wireFields)
  const field: fc.Arbitrary<Written> = fc.oneof(
    fc.constantFrom(...all).map((one) => ({ ...one, padding: 0 })),
    fc.record({
      number: fc.oneof(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 90, max: 130 })),
      wireType: fc.constantFrom(0, 2),
      value: fc.oneof(fc.bigInt({ min: 0n, max: 300n }), fc.bigInt({ min: 0n, max: 2n ** 64n })),
      bytes: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc.constantFrom(...all.map(({ bytes }) => bytes)),
      ),
      padding: fc.constantFrom(0, 0, 0, 1, 2, 4),
    }),
  )
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.constantFrom(0, 0, 1, 2),
    put: fc.array(field, { maxLength: 2 }),
    sorts: fc.boolean(),
  })
  const edited = (
    fields: readonly Written[],
    { at, cut, put, sorts }: typeof edit extends fc.Arbitrary<infer Edit> ? Edit : never,
  ) => {
    const start = at % (fields.length + 1)
    const next = [...fields.slice(0, start), ...put, ...fields.slice(start + cut)]
    return sorts ? next.toSorted((a, b) => a.number - b.number) : next
  }
  return fc
    .tuple(
      fc.constantFrom(...bodies),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      edit,
    )
    .map(([body, edits, which, inner]) => {
      const fields = wireFields(body).map((one) => ({ ...one, padding: 0 }))
      const outer = edits.reduce(edited, fields)
      // One of them may be a message whose own fields are rearranged.
      const chosen = outer[which % (outer.length + 1)]
      if (chosen === undefined || chosen.number < 10 || chosen.wireType !== 2) return written(outer)
      try {
        const within = wireFields(chosen.bytes).map((one) => ({ ...one, padding: 0 }))
        const bytes = written(edited(within, inner))
        return written(outer.map((one) => (one === chosen ? { ...one, bytes } : one)))
      } catch {
        return written(outer) // no message
      }
    })
}

/** Bytes overwritten, cut and put in anywhere. */
function damaged(bodies: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.uint8Array({ maxLength: 4 }))
  return fc
    .tuple(fc.constantFrom(...bodies), fc.array(edit, { minLength: 1, maxLength: 3 }))
    .map(([body, edits]) =>
      edits.reduce((bytes, [at, cut, put]) => {
        const start = at % (bytes.length + 1)
        return Uint8Array.from([
          ...bytes.subarray(0, start),
          ...put,
          ...bytes.subarray(start + cut),
        ])
      }, body),
    )
}

/** The message without the fields that the schema does not name. */
function known(message: Uint8Array, schema: ProtoSchema, name: string): Uint8Array {
  const fields = schema.messages.get(name)
  const kept = wireFields(message).flatMap((one) => {
    const field = fields?.get(one.number)
    if (field === undefined) return []
    if (!schema.messages.has(field.type)) return [{ ...one, padding: 0 }]
    return [{ ...one, padding: 0, bytes: known(one.bytes, schema, field.type) }]
  })
  return written(kept)
}

interface Signed {
  readonly bodies: readonly Uint8Array[]
  readonly schema: ProtoSchema
  readonly name: string
  readonly shape: CanonicalShape
  readonly codec: { decode(bytes: Uint8Array): object; encode(fields: never): Uint8Array }
  /** Throws unless the body, signed, is accepted as far as its form goes. */
  readonly open: (body: Uint8Array) => void
}

const signed: readonly (readonly [string, Signed])[] = [
  [
    'a trust record',
    {
      bodies: records,
      schema: readSchema('proto/trust.proto'),
      name: 'TrustRecordBody',
      shape: RECORD_FORM,
      codec: TrustRecordBody,
      open: (body) => openRecord(signBody(body, keyOf('ana'))),
    },
  ],
  [
    'an envelope',
    {
      bodies: envelopes,
      schema: readSchema('proto/replica.proto'),
      name: 'EnvelopeBody',
      shape: ENVELOPE_FORM,
      codec: EnvelopeBody,
      open: (body) =>
        decodeEnvelope(SignedEnvelope.encode({ body, signature: new Uint8Array(64) })),
    },
  ],
]

describe.each(signed)('the body of %s', (_, { bodies, schema, name, shape, codec, open }) => {
  const opens = (body: Uint8Array): boolean => {
    try {
      open(body)
      return true
    } catch {
      return false
    }
  }
  const hostile = fc.oneof(
    { weight: 3, arbitrary: rearranged(bodies) },
    { weight: 1, arbitrary: damaged(bodies) },
  )

  it('is canonical as our own encoder writes it', () => {
    for (const body of bodies) expect(opens(body)).toBe(true)
  })

  it('that is accepted reads the same to other implementations', () => {
    let accepted = 0
    fc.assert(
      fc.property(hostile, (body) => {
        if (!opens(body)) return
        accepted += 1
        const ours = plain(codec.decode(body))
        expect(plain(readAsOthersDo(body, schema, name))).toEqual(ours)
      }),
      RUNS,
    )
    expect(accepted).toBeGreaterThan(RUNS.numRuns / 50) // else nothing was compared
  })

  it('is canonical if and only if encoding what we know of it gives the same bytes', () => {
    fc.assert(
      fc.property(hostile, (body) => {
        const isWhole = opens(body)
        if (isWhole) {
          const content = known(body, schema, name)
          expect(Buffer.from(codec.encode(codec.decode(content) as never))).toEqual(
            Buffer.from(content),
          )
        } else if (isKnown(body)) {
          const again = reencoded(body)
          if (again !== undefined && Buffer.compare(again, body) === 0)
            expect(isCanonical(body, shape)).toBe(true) // it is its values that are refused
        }
      }),
      RUNS,
    )
  })

  it('keeps what later versions add, in its place by number', () => {
    const later = fc.record({
      number: fc.constantFrom(100, 127, 128, 5_000),
      wireType: fc.constantFrom(0, 1, 2, 5),
      value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      bytes: fc.uint8Array({ maxLength: 20 }),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        fc.array(later, { minLength: 1, maxLength: 5 }),
        (body, fields) => {
          const sorted = fields
            .toSorted((a, b) => a.number - b.number)
            .map((one) => ({ ...one, padding: 0, bytes: sized(one) }))
          const longer = Uint8Array.from([...body, ...written(sorted)])
          expect(opens(longer)).toBe(true)
          expect(codec.decode(longer)).toEqual(codec.decode(body))
          expect(opens(Buffer.concat([written(sorted), body]))).toBe(false)
        },
      ),
    )
  })

  const isKnown = (body: Uint8Array): boolean => {
    try {
      return Buffer.compare(known(body, schema, name), body) === 0
    } catch {
      return false
    }
  }
  const reencoded = (body: Uint8Array): Uint8Array | undefined => {
    try {
      return codec.encode(codec.decode(body) as never)
    } catch {
      return undefined
    }
  }
})

const sized = ({ wireType, bytes }: { wireType: number; bytes: Uint8Array }): Uint8Array =>
  wireType === 1 ? new Uint8Array(8) : wireType === 5 ? new Uint8Array(4) : bytes

describe('the known fields of a signed message', () => {
  const kindOf: Readonly<Record<string, string>> = {
    bytes: 'bytes',
    string: 'text',
    bool: 'flag',
    uint32: 'uint32',
    uint64: 'uint64',
  }
  function described(schema: ProtoSchema, name: string): CanonicalShape['fields'] {
    const fields = [...(schema.messages.get(name) ?? [])].map(([number, { type, isRepeated }]) => {
      if (schema.messages.has(type)) return [number, { fields: described(schema, type) }]
      if (isRepeated) return [number, 'list']
      return [number, schema.enums.has(type) ? 'uint32' : kindOf[type]]
    })
    return Object.fromEntries(fields) as CanonicalShape['fields']
  }

  it.each(signed)('are those of the schema: %s', (_, { schema, name, shape }) => {
    expect(shape.fields).toEqual(described(schema, name))
  })

  it('have every operation, now and later, between two numbers', () => {
    const [first = 0, last = 0] = RECORD_FORM.oneof ?? []
    const fields = readSchema('proto/trust.proto').messages.get('TrustRecordBody') ?? []
    for (const [number, { oneof }] of fields)
      expect(number >= first && number <= last).toBe(oneof === 'operation')
  })
})

describe('the wrapper of an envelope', () => {
  const [body = hash] = envelopes
  const whole = SignedEnvelope.encode({ body, signature: new Uint8Array(64) })
  const signature = whole.subarray(-66)

  it.each([
    ['something after them', [...whole, 0x18, 1]],
    ['two bodies', [...whole.subarray(0, -66), ...whole]],
    ['the two swapped', [...signature, ...whole.subarray(0, -66)]],
    ['a long way to write a length', [0x12, 0xc0, 0, ...signature.subarray(2)]],
  ])('has no room but for body and signature: %s', (_, bytes) => {
    expect(() => decodeEnvelope(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'MALFORMED' }),
    )
  })
})

describe('two operations in one record', () => {
  const [genesis = new Uint8Array(0)] = records
  const operation = (number: number, bytes: readonly number[]) => [
    ...varint(BigInt(number * 8 + 2)),
    bytes.length,
    ...bytes,
  ]
  const common = known(genesis, readSchema('proto/trust.proto'), 'TrustRecordBody').subarray(
    0,
    genesis.indexOf(0x52, 70),
  )
  const leave = operation(14, [])
  const rename = operation(18, [0x0a, 1, 0x78])

  it.each([
    ['in order', [...leave, ...rename]],
    ['the other way round', [...rename, ...leave]],
    ['twice the same', [...leave, ...leave]],
    ['one of a later version', [...leave, ...operation(20, [])]],
    ['two of a later version', [...operation(20, []), ...operation(99, [])]],
  ])('are refused: %s', (_, operations) => {
    const body = Uint8Array.from([...common, ...operations])
    expect(() => openRecord(signBody(body, keyOf('network')))).toThrow(
      expect.objectContaining({ code: 'MALFORMED' }),
    )
  })

  it('are not one of a later version', () => {
    const body = Uint8Array.from([...common, ...operation(20, [1, 2, 3])])
    const { record } = openRecord(signBody(body, keyOf('network')))
    expect(record.operation).toEqual({ kind: 'unknown' })
  })
})
