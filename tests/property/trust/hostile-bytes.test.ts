import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SignedTrustRecord } from '../../../proto/gen/trust.js'
import {
  parseTicket,
  ticketFromBytes,
  ticketText,
  ticketToBytes,
} from '../../../src/network/ticket.ts'
import { TicketError } from '../../../src/network/ticket-error.ts'
import { TrustError } from '../../../src/trust/trust-error.ts'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import { openRecord } from '../../../src/trust/trust-record.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { bodyOf, signBody } from '../../support/trust-bytes.ts'
import { canonical, DAY_MS, idOf, keyOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

const RUNS = 10_000

const scene = new TrustScene('ana')
scene.admit('ana', 'bob', 'admin')
const invite = scene.invite('bob', 'party', 'member')
scene.admit('bob', 'cleo', 'member', { invite })
scene.role('ana', 'cleo', 'guest')
scene.act('ana', { kind: 'renew', devices: ['bob', 'cleo'].map(idOf), until: SCENE_MS + DAY_MS })
scene.act('ana', { kind: 'cancel', invite })
scene.act('ana', { kind: 'rekey', commitment: new Uint8Array(32) })
scene.revoke('ana', 'cleo')
scene.leave('bob')
const valid = scene.records.map(({ bytes }) => bytes)

/** Cuts, overwrites and inserts, so that most of the structure survives. */
function mutated(originals: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 8 }),
    put: fc.uint8Array({ maxLength: 8 }),
  })
  return fc
    .tuple(fc.constantFrom(...originals), fc.array(edit, { minLength: 1, maxLength: 4 }))
    .map(([bytes, edits]) =>
      edits.reduce((current, { at, cut, put }) => {
        const start = at % (current.length + 1)
        return new Uint8Array(
          Buffer.concat([current.subarray(0, start), put, current.subarray(start + cut)]),
        )
      }, bytes),
    )
}

const bodies = valid.map(bodyOf)
const hostile = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  mutated(valid),
  // Signed by its writer: what a hostile member can send.
  mutated(bodies).map((body) => signBody(body, keyOf('ana'))),
  fc.uint8Array({ maxLength: 200 }).map((body) => signBody(body, keyOf('ana'))),
)

describe('a trust record from a hostile peer', () => {
  it('is decoded or refused with a code, never more', () => {
    fc.assert(
      fc.property(hostile, (bytes) => {
        try {
          openRecord(bytes).isSignatureValid()
        } catch (err) {
          expect(err).toBeInstanceOf(TrustError)
          expect(['MALFORMED', 'TOO_LARGE']).toContain((err as TrustError).code)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('that was mutated on the way is never accepted', async () => {
    const log = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
    await log.ingest(valid)
    const before = canonical(log.state)
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutated(valid), { minLength: 1, maxLength: 50 }),
        async (records) => {
          const report = await log.ingest(records)
          expect(report.accepted).toEqual([])
          expect(canonical(log.state)).toBe(before)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('is not accepted with any one bit flipped', async () => {
    const log = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
    await log.ingest(valid.slice(0, 1))
    const [, admission = new Uint8Array(0)] = valid
    const flips = Array.from({ length: admission.length * 8 }, (_, bit) => {
      const bytes = admission.slice()
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return bytes
    })
    const report = await log.ingest(flips)
    expect(report.accepted).toEqual([])
    expect(report.refused.length + report.parked).toBe(flips.length)
    expect((await log.ingest([admission])).accepted).toHaveLength(1)
  })

  it('signed by a member never throws out of the log, whatever it says', async () => {
    const log = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
    await log.ingest(valid)
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (records) => {
        const report = await log.ingest(records)
        const settled =
          report.accepted.length + report.duplicates + report.parked + report.refused.length
        expect(settled).toBe(records.length)
      }),
      { numRuns: 300 },
    )
  })

  it('cannot claim more memory than it has bytes', () => {
    // Field 1 (body) that claims 2^31 bytes, in a record of ten.
    const bomb = Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3, 4)
    expect(() => openRecord(bomb)).toThrow(expect.objectContaining({ code: 'MALFORMED' }))
    const body = Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07)
    const signed = SignedTrustRecord.encode({ body, signature: new Uint8Array(64) })
    expect(() => openRecord(signed)).toThrow(expect.objectContaining({ code: 'MALFORMED' }))
  })
})

describe('a store with damage anywhere', () => {
  it('opens, and knows no more than what is undamaged', async () => {
    const key = fc.constantFrom(...scene.records.map(({ id }) => `trust/${id}`))
    await fc.assert(
      fc.asyncProperty(
        key,
        fc.oneof(fc.uint8Array({ maxLength: 100 }), mutated(valid)),
        async (damaged, value) => {
          const store = new MemoryStore()
          const log = await TrustLog.open({ networkId: scene.networkId, store })
          await log.ingest(valid)
          await store.commit([{ put: damaged, value }])
          const reopened = await TrustLog.open({ networkId: scene.networkId, store })
          expect(reopened.quarantined.map((one) => one.key)).toEqual([damaged])
          await reopened.ingest(valid)
          expect(canonical(reopened.state)).toBe(canonical(log.state))
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a ticket from anywhere', () => {
  const ticket = {
    networkId: scene.networkId,
    inviter: idOf('ana'),
    addresses: ['/ip4/192.168.1.20/tcp/4001', '/dns4/home.example.org/tcp/443'],
    expiresAt: SCENE_MS,
    role: 'member',
    approve: true,
    secret: new Uint8Array(16).fill(1),
  } as const
  const text = ticketText(ticket)
  const characters = fc.constantFrom(...Array.from('asgrdb1234567 \nABZ/<é😀'))
  const mutatedText = fc
    .tuple(fc.nat(), fc.nat({ max: 10 }), fc.string({ unit: characters, maxLength: 10 }))
    .map(
      ([at, cut, put]) =>
        text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut),
    )
  /** With a checksum that fits: what somebody makes who knows the format. */
  const resealed = mutated([ticketToBytes(ticket).subarray(0, -4)]).map((content) => {
    const checksum = createHash('sha256')
      .update('asgard/ticket/1\0')
      .update(content)
      .digest()
      .subarray(0, 4)
    return new Uint8Array(Buffer.concat([content, checksum]))
  })

  it('is read or refused with a code', () => {
    const any = fc.oneof(
      fc.string(),
      mutatedText,
      fc.string({ unit: characters }).map((rest) => `asgard1b${rest}`),
    )
    fc.assert(
      fc.property(any, (input) => {
        try {
          expect(parseTicket(input)).toEqual(ticket)
        } catch (err) {
          expect(err).toBeInstanceOf(TicketError)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('is read or refused with a code when its checksum is right, and is written as it was read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), resealed), (bytes) => {
        try {
          const read = ticketFromBytes(bytes)
          expect(ticketFromBytes(ticketToBytes(read))).toEqual(read)
        } catch (err) {
          expect(err).toBeInstanceOf(TicketError)
        }
      }),
      { numRuns: RUNS },
    )
  })
})
