import type { Cancel, Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { Store, Write } from '../storage/store.ts'
import {
  decodeBookEntry,
  encodeBookEntry,
  type BookEntry,
  type KnownAddress,
} from './address-book-codec.ts'
import type { AddressSource, DialAttempt } from './dial-outcome.ts'
import * as limits from './discovery-limits.ts'

const PREFIX = 'discovery/book/'
const ADDRESS = /^(\/[\x21-\x2e\x30-\x7e]+){2,}$/

export interface AddressBookComponents {
  readonly store: Store
  readonly clock: Clock
  /** A write failed; it is tried again with the next one. */
  writeFailed?(error: unknown): void
}

const EMPTY: BookEntry = { addresses: [], attempts: [] }

/** Where each device was found and what came of dialling it; survives restarts. */
export class AddressBook {
  readonly #components: AddressBookComponents
  readonly #entries = new Map<DeviceId, BookEntry>()
  readonly #dirty = new Set<DeviceId>()
  #cancelWrite: Cancel | undefined
  #writeAtMs = Number.POSITIVE_INFINITY
  #writing: Promise<void> = Promise.resolve()

  private constructor(components: AddressBookComponents) {
    this.#components = components
  }

  static async open(components: AddressBookComponents): Promise<AddressBook> {
    const book = new AddressBook(components)
    for await (const [key, value] of components.store.entries(PREFIX)) {
      const entry = decodeBookEntry(value)
      if (entry !== undefined) book.#entries.set(key.slice(PREFIX.length), entry)
    }
    return book
  }

  addresses(device: DeviceId): readonly KnownAddress[] {
    return this.#entry(device).addresses
  }

  /** Oldest first. */
  attempts(device: DeviceId): readonly DialAttempt[] {
    return this.#entry(device).attempts
  }

  lastSuccess(device: DeviceId): KnownAddress | undefined {
    return this.addresses(device)
      .filter((known) => known.lastSuccessAt !== null)
      .toSorted((a, b) => (b.lastSuccessAt ?? 0) - (a.lastSuccessAt ?? 0))[0]
  }

  /** True when the address is news. What is no multiaddr is not taken. */
  add(device: DeviceId, address: string, source: AddressSource): boolean {
    if (address.length > limits.ADDRESS_MAX_CHARS || !ADDRESS.test(address)) return false
    const entry = this.#entry(device)
    if (entry.addresses.some((known) => known.address === address)) return false
    if (!this.#entries.has(device) && this.#entries.size >= limits.BOOK_DEVICES_MAX) return false
    const addedAt = this.#components.clock.now()
    const added: KnownAddress = { address, source, lastSuccessAt: null, addedAt, failures: 0 }
    this.#set(
      device,
      { ...entry, addresses: worthKeeping([...entry.addresses, added]) },
      limits.BOOK_WRITE_AFTER_MS,
    )
    return true
  }

  attempted(device: DeviceId, attempt: DialAttempt): void {
    const entry = this.#entry(device)
    const isSuccess = attempt.outcome === 'connected'
    const addresses = entry.addresses.map((known) => {
      if (known.address !== attempt.address) return known
      return isSuccess
        ? { ...known, lastSuccessAt: attempt.at, failures: 0 }
        : { ...known, failures: known.failures + 1 }
    })
    const kept = { ...attempt, detail: attempt.detail.slice(0, limits.DETAIL_MAX_CHARS) }
    const attempts = [...entry.attempts, kept].slice(-limits.ATTEMPTS_PER_DEVICE_MAX)
    this.#set(
      device,
      { addresses, attempts },
      isSuccess ? limits.BOOK_WRITE_AFTER_MS : limits.BOOK_ATTEMPT_WRITE_AFTER_MS,
    )
  }

  forget(device: DeviceId): void {
    if (!this.#entries.delete(device)) return
    this.#dirty.add(device)
    this.#writeWithin(limits.BOOK_WRITE_AFTER_MS)
  }

  devices(): Iterable<DeviceId> {
    return this.#entries.keys()
  }

  /** Writes what is not on disk yet. */
  async flush(): Promise<void> {
    this.#cancelWrite?.()
    this.#cancelWrite = undefined
    this.#writeAtMs = Number.POSITIVE_INFINITY
    this.#writing = this.#writing.then(() => this.#write())
    await this.#writing
  }

  async #write(): Promise<void> {
    const devices = [...this.#dirty]
    if (devices.length === 0) return
    this.#dirty.clear()
    const writes = devices.map((device): Write => {
      const entry = this.#entries.get(device)
      const key = PREFIX + device
      return entry === undefined ? { delete: key } : { put: key, value: encodeBookEntry(entry) }
    })
    try {
      await this.#components.store.commit(writes)
    } catch (error) {
      for (const device of devices) this.#dirty.add(device)
      this.#components.writeFailed?.(error)
    }
  }

  #entry(device: DeviceId): BookEntry {
    return this.#entries.get(device) ?? EMPTY
  }

  #set(device: DeviceId, entry: BookEntry, writeWithinMs: number): void {
    this.#entries.set(device, entry)
    this.#dirty.add(device)
    this.#writeWithin(writeWithinMs)
  }

  #writeWithin(delayMs: number): void {
    const { clock } = this.#components
    const atMs = clock.monotonic() + delayMs
    if (atMs >= this.#writeAtMs) return
    this.#cancelWrite?.()
    this.#writeAtMs = atMs
    this.#cancelWrite = clock.after(delayMs, () => void this.flush())
  }
}

/** The last good, then what a person typed, then the newest. */
function worthKeeping(addresses: readonly KnownAddress[]): readonly KnownAddress[] {
  if (addresses.length <= limits.ADDRESSES_PER_DEVICE_MAX) return addresses
  const newest = addresses.at(-1)
  const worth = (known: KnownAddress): number => {
    if (known === newest) return Number.POSITIVE_INFINITY
    return (
      (known.lastSuccessAt ?? 0) * 2 +
      (known.source === 'manual' ? known.addedAt * 2 : known.addedAt)
    )
  }
  const worst = addresses.reduce((a, b) => (worth(b) < worth(a) ? b : a))
  return addresses.filter((known) => known !== worst)
}
