import { AddressBookRecord } from '../../proto/gen/address_book.js'
import type { AddressSource, DialAttempt, DialResult } from './dial-outcome.ts'
import { ADDRESSES_PER_DEVICE_MAX, ATTEMPTS_PER_DEVICE_MAX } from './discovery-limits.ts'

export interface KnownAddress {
  readonly address: string
  readonly source: AddressSource
  /** Wall clock; null: never. */
  readonly lastSuccessAt: number | null
  readonly addedAt: number
  /** Attempts failed since the last success. */
  readonly failures: number
}

export interface BookEntry {
  readonly addresses: readonly KnownAddress[]
  readonly attempts: readonly DialAttempt[]
}

const { Source, Outcome } = AddressBookRecord
const SOURCES: Readonly<Record<AddressSource, AddressBookRecord.Source>> = {
  mdns: Source.MDNS,
  dht: Source.DHT,
  record: Source.RECORD,
  'address-book': Source.ADDRESS_BOOK,
  manual: Source.MANUAL,
  ticket: Source.TICKET,
}
const SOURCE_WORDS = new Map(
  Object.entries(SOURCES).map(([word, wire]) => [wire, word as AddressSource]),
)
const OUTCOMES: Readonly<Record<DialResult, AddressBookRecord.Outcome>> = {
  connected: Outcome.CONNECTED,
  refused: Outcome.REFUSED,
  timeout: Outcome.TIMEOUT,
  unreachable: Outcome.UNREACHABLE,
  'wrong-device': Outcome.WRONG_DEVICE,
  denied: Outcome.DENIED,
  failed: Outcome.FAILED,
}
const OUTCOME_WORDS = new Map(
  Object.entries(OUTCOMES).map(([word, wire]) => [wire, word as DialResult]),
)

export function encodeBookEntry(entry: BookEntry): Uint8Array {
  return AddressBookRecord.encode({
    addresses: entry.addresses.map((known) => ({
      address: known.address,
      source: SOURCES[known.source],
      lastSuccessAt: timeToWire(known.lastSuccessAt ?? 0),
      addedAt: timeToWire(known.addedAt),
      failures: known.failures,
    })),
    attempts: entry.attempts.map((attempt) => ({
      address: attempt.address,
      source: SOURCES[attempt.source],
      at: timeToWire(attempt.at),
      durationMs: Math.round(attempt.durationMs),
      outcome: OUTCOMES[attempt.outcome],
      detail: attempt.detail,
    })),
  })
}

/** Undefined when the stored bytes are damaged: addresses are found again, so that is no reason not to start. */
export function decodeBookEntry(bytes: Uint8Array): BookEntry | undefined {
  let wire: AddressBookRecord
  try {
    wire = AddressBookRecord.decode(bytes, {
      limits: { addresses: ADDRESSES_PER_DEVICE_MAX, attempts: ATTEMPTS_PER_DEVICE_MAX },
    })
  } catch {
    return undefined
  }
  return {
    addresses: wire.addresses.map(({ address, source, lastSuccessAt, addedAt, failures }) => ({
      address,
      source: SOURCE_WORDS.get(source) ?? 'address-book',
      lastSuccessAt: lastSuccessAt === 0n ? null : timeFromWire(lastSuccessAt),
      addedAt: timeFromWire(addedAt),
      failures,
    })),
    attempts: wire.attempts.map(({ address, source, at, durationMs, outcome, detail }) => ({
      address,
      source: SOURCE_WORDS.get(source) ?? 'address-book',
      at: timeFromWire(at),
      durationMs,
      outcome: OUTCOME_WORDS.get(outcome) ?? 'failed',
      detail,
    })),
  }
}

function timeToWire(ms: number): bigint {
  return BigInt(Math.max(0, Math.round(ms)))
}

function timeFromWire(ms: bigint): number {
  return Number(BigInt.asUintN(53, ms))
}
