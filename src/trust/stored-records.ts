import { createHash } from 'node:crypto'
import type { Store, Write } from '../storage/store.ts'
import type { NetworkId } from '../identity/network-id.ts'
import { TrustError } from './trust-error.ts'
import { TrustLedger } from './trust-ledger.ts'
import { TrustParking } from './trust-parking.ts'
import { openRecord, type RecordId, type TrustRecord } from './trust-record.ts'

/** A stored record that cannot be read any more. Peers will send it again. */
export interface Quarantined {
  readonly key: string
  readonly reason: string
}

export interface LoadedLedger {
  readonly ledger: TrustLedger
  /** Those that lost a predecessor to damage: they wait for it as if they had just come. */
  readonly parking: TrustParking
  readonly quarantined: readonly Quarantined[]
}

/** A record is stored as `trust/<id>`: first 8 bytes of its SHA-256, then the record as it was received. */
const PREFIX = 'trust/'
const CHECKSUM_BYTES = 8

/** The checksum is for what the id does not cover: a damaged signature. */
export function storedForm(record: TrustRecord): Write {
  const value = new Uint8Array(CHECKSUM_BYTES + record.bytes.length)
  value.set(checksumOf(record.bytes))
  value.set(record.bytes, CHECKSUM_BYTES)
  return { put: PREFIX + record.id, value }
}

/** Records were judged and verified before they were stored; here only damage is looked for. */
export async function loadLedger(store: Store, networkId: NetworkId): Promise<LoadedLedger> {
  const records: TrustRecord[] = []
  const quarantined: Quarantined[] = []
  for await (const [key, value] of store.entries(PREFIX)) {
    const record = readStored(key, value, networkId)
    if ('reason' in record) quarantined.push(record)
    else records.push(record)
  }
  const ledger = new TrustLedger(networkId)
  const orphans = addInOrder(ledger, records)
  const parking = new TrustParking()
  for (const orphan of orphans) parking.add(orphan, ledger.graph.missingParents(orphan))
  return { ledger, parking, quarantined }
}

function readStored(
  key: string,
  value: Uint8Array,
  networkId: NetworkId,
): TrustRecord | Quarantined {
  const bytes = value.subarray(CHECKSUM_BYTES)
  if (!checksumOf(bytes).every((byte, i) => byte === value[i]))
    return { key, reason: 'damaged on disk' }
  try {
    const { record } = openRecord(bytes)
    if (key !== PREFIX + record.id) return { key, reason: 'stored under another record’s name' }
    if (record.network !== networkId)
      return { key, reason: `of another network, ${record.network}` }
    return record
  } catch (err) {
    if (!(err instanceof TrustError)) throw err
    return { key, reason: err.message }
  }
}

function checksumOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest().subarray(0, CHECKSUM_BYTES)
}

/** Adds records parents first; returns those that lack one. */
function addInOrder(ledger: TrustLedger, records: readonly TrustRecord[]): Iterable<TrustRecord> {
  const left = new Map(records.map((record) => [record.id, record]))
  const children = new Map<RecordId, TrustRecord[]>()
  const ready: TrustRecord[] = []
  for (const record of records) {
    const parents = new Set([...record.heads, ...(record.prev === null ? [] : [record.prev])])
    if (parents.size === 0) ready.push(record)
    for (const parent of parents) {
      const others = children.get(parent)
      if (others === undefined) children.set(parent, [record])
      else others.push(record)
    }
  }
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    if (!left.has(next.id) || ledger.graph.missingParents(next).length > 0) continue
    left.delete(next.id)
    ledger.add(next)
    ready.push(...(children.get(next.id) ?? []))
  }
  return left.values()
}
