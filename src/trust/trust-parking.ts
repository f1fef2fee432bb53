import { PARKED_MAX, PARKED_MAX_BYTES } from './trust-limits.ts'
import type { RecordId, TrustRecord } from './trust-record.ts'

/** Verified records that name predecessors we do not have. The oldest give way: a peer will send them again. */
export class TrustParking {
  /** In order of arrival. */
  readonly #parked = new Map<RecordId, TrustRecord>()
  readonly #waiting = new Map<RecordId, Set<RecordId>>()
  #bytes = 0

  get size(): number {
    return this.#parked.size
  }

  has(id: RecordId): boolean {
    return this.#parked.has(id)
  }

  /** Parks the record until one of `missing` arrives; returns how many older ones had to go. */
  add(record: TrustRecord, missing: readonly RecordId[]): number {
    this.#parked.set(record.id, record)
    this.#bytes += record.bytes.length
    for (const id of missing) {
      const waiting = this.#waiting.get(id) ?? new Set()
      this.#waiting.set(id, waiting.add(record.id))
    }
    let dropped = 0
    for (const oldest of this.#parked.values()) {
      if (this.#parked.size <= PARKED_MAX && this.#bytes <= PARKED_MAX_BYTES) break
      this.#remove(oldest)
      dropped++
    }
    return dropped
  }

  /** Takes out the records that waited for `id`; some may wait for others still. */
  take(id: RecordId): TrustRecord[] {
    const records = [...(this.#waiting.get(id) ?? [])].flatMap(
      (waiting) => this.#parked.get(waiting) ?? [],
    )
    for (const record of records) this.#remove(record)
    this.#waiting.delete(id)
    return records
  }

  #remove(record: TrustRecord): void {
    this.#parked.delete(record.id)
    this.#bytes -= record.bytes.length
    for (const id of [...record.heads, ...(record.prev === null ? [] : [record.prev])]) {
      const waiting = this.#waiting.get(id)
      waiting?.delete(record.id)
      if (waiting?.size === 0) this.#waiting.delete(id)
    }
  }
}
