import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProtocolError } from '../../../protocols/protocol-error.ts'
import { decodeHealth, encodeHealth } from '../../../protocols/health/codec.ts'
import {
  decodeLinkState,
  decodeSignedLinkState,
  encodeLinkState,
  encodeSignedLinkState,
} from '../../../protocols/health/link-state-codec.ts'
import type { HealthMessage, LinkState } from '../../../protocols/health/messages.ts'
import { decodeBookEntry, encodeBookEntry } from '../../../src/discovery/address-book-codec.ts'
import { deviceNumber } from './virtual-mesh.ts'

const RUNS = 10_000
const device = fc.integer({ min: 0, max: 50 }).map(deviceNumber)
const distinctDevices = (max: number) =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: max })
    .map((all) => all.map(deviceNumber))

const message: fc.Arbitrary<HealthMessage> = fc.oneof(
  fc.record({ kind: fc.constant('ping' as const), seq: fc.nat(0xffff_ffff), strain: fc.nat(8) }),
  fc.record({
    kind: fc.constant('pong' as const),
    seq: fc.nat(0xffff_ffff),
    strain: fc.nat(8),
    nowMs: fc.maxSafeNat(),
  }),
  fc.record({ kind: fc.constant('ask' as const), device }),
  fc.record({
    kind: fc.constant('answer' as const),
    device,
    sight: fc.oneof(
      fc.record({ kind: fc.constant('heard' as const), ageMs: fc.nat(60_000) }),
      fc.constant({ kind: 'silent' as const }),
      fc.constant({ kind: 'no-link' as const }),
    ),
  }),
  fc.record({ kind: fc.constant('suspicion' as const), device }),
  fc.record({
    kind: fc.constant('link-states' as const),
    signed: fc.array(fc.uint8Array({ minLength: 1, maxLength: 100 }), { maxLength: 10 }),
  }),
  fc.constant({ kind: 'goodbye' as const }),
)

const state: fc.Arbitrary<LinkState> = fc
  .record({
    peers: distinctDevices(12),
    viewed: distinctDevices(6),
    incarnation: fc.bigInt(0n, 2n ** 64n - 1n),
    seq: fc.bigInt(0n, 2n ** 64n - 1n),
  })
  .map(({ peers, viewed, incarnation, seq }) => ({
    network: 'bnetwork',
    observer: deviceNumber(0),
    incarnation,
    seq,
    links: peers.map((peer, i) => ({
      peer,
      kind: 'relayed' as const,
      rttMs: i === 0 ? null : i / 8,
      loss: i / 1_000,
    })),
    views: viewed.map((seen) => ({ device: seen, health: 'suspect' as const })),
  }))

/** Random bytes, and valid ones with a few bytes changed, cut off or put in. */
function hostile(valid: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const damage = fc.array(
    fc.record({ at: fc.nat(), byte: fc.nat(255), how: fc.constantFrom('change', 'cut', 'insert') }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  const damaged = fc.tuple(valid, damage).map(([bytes, damages]) => {
    const changed = [...bytes]
    for (const { at, byte, how } of damages) {
      const index = at % (changed.length + 1)
      if (how === 'change') changed[index] = byte
      else if (how === 'cut') changed.length = index
      else changed.splice(index, 0, byte)
    }
    return Uint8Array.from(changed)
  })
  return fc.oneof(fc.uint8Array({ maxLength: 400 }), damaged)
}

/** Either a value or a `ProtocolError` with a code. */
function isTotal(decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array): void {
  try {
    decode(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError)
    expect(['MALFORMED', 'UNEXPECTED_FRAME', 'TOO_LARGE']).toContain((error as ProtocolError).code)
  }
}

describe('decoders of what peers send', () => {
  it('give back every message that was encoded', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(decodeHealth(encodeHealth(sent))).toEqual(sent)
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(state, (sent) => {
        expect(decodeLinkState(encodeLinkState(sent))).toEqual(sent)
      }),
      { numRuns: 2_000 },
    )
  })

  it('a health frame is a message or an error with a code', () => {
    fc.assert(
      fc.property(hostile(message.map(encodeHealth)), (bytes) => isTotal(decodeHealth, bytes)),
      { numRuns: RUNS },
    )
  })

  it('a link-state is a statement or an error with a code', () => {
    fc.assert(
      fc.property(hostile(state.map(encodeLinkState)), (bytes) => isTotal(decodeLinkState, bytes)),
      { numRuns: RUNS },
    )
  })

  it('a signed link-state is a payload or an error with a code', () => {
    const signed = state.map((sent) =>
      encodeSignedLinkState({ payload: encodeLinkState(sent), signature: new Uint8Array(64) }),
    )
    fc.assert(
      fc.property(hostile(signed), (bytes) => isTotal(decodeSignedLinkState, bytes)),
      { numRuns: RUNS },
    )
  })

  it('a stored address book entry is an entry or nothing', () => {
    const entry = fc.array(fc.webUrl(), { maxLength: 16 }).map((addresses) =>
      encodeBookEntry({
        addresses: addresses.map((address) => ({
          address,
          source: 'mdns',
          lastSuccessAt: 1,
          addedAt: 2,
          failures: 3,
        })),
        attempts: [],
      }),
    )
    fc.assert(
      fc.property(hostile(entry), (bytes) => {
        const decoded = decodeBookEntry(bytes)
        expect(decoded === undefined || decoded.addresses.length <= 16).toBe(true)
      }),
      { numRuns: RUNS },
    )
  })

  it('do not grow the heap over ten thousand of the largest hostile frames', () => {
    const largest = encodeHealth({
      kind: 'link-states',
      signed: Array.from({ length: 64 }, () => new Uint8Array(1_000).fill(0xff)),
    })
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < RUNS; i++) {
      const decoded = decodeHealth(largest)
      if (decoded.kind === 'link-states' && i % 100 === 0) {
        for (const signed of decoded.signed) isTotal(decodeSignedLinkState, signed)
      }
    }
    globalThis.gc?.()
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1_048_576)
  })
})
