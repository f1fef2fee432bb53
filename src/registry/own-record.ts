import * as Y from 'yjs'
import type { Cancel, Clock } from '../clock/clock.ts'
import { canonicalJson, type Json } from '../replica/json.ts'
import type { Replica } from '../replica/replica.ts'
import { DEVICE_DOCUMENT } from '../replica/standing.ts'
import { AddressHysteresis } from './address-hysteresis.ts'
import {
  ADDRESSES_MAX,
  CAPABILITIES_MAX,
  type Profile,
  readDeviceRecord,
  RECEIPTS_MAX,
} from './device-record.ts'

const RECEIPTS = 'receipts'

/** Writes this device's own record, and only what really changed. */
export class OwnRecord {
  readonly #replica: Replica
  readonly #clock: Clock
  readonly #addresses = new AddressHysteresis()
  #later: { readonly cancel: Cancel; addresses: readonly string[] } | undefined

  constructor(replica: Replica, clock: Clock) {
    this.#replica = replica
    this.#clock = clock
  }

  async setProfile(patch: Partial<Profile>): Promise<void> {
    const { addresses, ...rest } = patch
    const fields: Record<string, Json> = {}
    for (const [key, value] of Object.entries(rest))
      if (value !== undefined) fields[key] = jsonOf(value)
    if (rest.capabilities !== undefined)
      fields['capabilities'] = sortedTexts(rest.capabilities, CAPABILITIES_MAX)
    if (addresses !== undefined && this.#isTime(addresses)) {
      fields['addresses'] = sortedTexts(addresses, ADDRESSES_MAX)
    }
    await this.#set(fields)
  }

  async recordReceipt(revocationId: string): Promise<void> {
    const known = readDeviceRecord(this.#current()).record.receipts
    if (known.has(revocationId)) return
    const appliedAt = this.#clock.now()
    await this.#replica.write(DEVICE_DOCUMENT, (root) => {
      const receipts = mapAt(root, RECEIPTS)
      const oldest = [...known]
        .sort(([, a], [, b]) => a - b)
        .slice(0, Math.max(0, known.size + 1 - RECEIPTS_MAX))
      for (const [id] of oldest) receipts.delete(id)
      receipts.set(revocationId, appliedAt)
    })
  }

  close(): void {
    this.#later?.cancel()
    this.#later = undefined
  }

  #isTime(addresses: readonly string[]): boolean {
    const published = readDeviceRecord(this.#current()).record.addresses
    const decision = this.#addresses.decide(
      published,
      addresses.slice(0, ADDRESSES_MAX),
      this.#clock.monotonic(),
    )
    if (typeof decision === 'string') {
      this.close()
      return decision === 'publish'
    }
    if (this.#later === undefined) {
      const cancel = this.#clock.after(decision.afterMs, () => void this.#publishLater())
      this.#later = { cancel, addresses }
    } else {
      this.#later.addresses = addresses
    }
    return false
  }

  async #publishLater(): Promise<void> {
    const addresses = this.#later?.addresses
    this.#later = undefined
    if (addresses === undefined) return
    try {
      await this.setProfile({ addresses })
    } catch {
      // The store or our membership is gone; whoever set the addresses meets the same at its next call.
    }
  }

  async #set(fields: Readonly<Record<string, Json>>): Promise<void> {
    const current = this.#current()
    const changed = Object.entries(fields).filter(
      ([key, value]) =>
        current[key] === undefined || canonicalJson(current[key]) !== canonicalJson(value),
    )
    if (changed.length === 0) return
    await this.#replica.write(DEVICE_DOCUMENT, (root) => {
      for (const [key, value] of changed) root.set(key, value)
      if (!root.has('registeredAt')) root.set('registeredAt', this.#clock.now())
    })
  }

  #current() {
    return this.#replica.read(this.#replica.self, DEVICE_DOCUMENT) ?? {}
  }
}

/** The nested map at `key`; its unknown members survive, as those of the root do. */
export function mapAt(root: Y.Map<unknown>, key: string): Y.Map<unknown> {
  const found = root.get(key)
  if (found instanceof Y.Map) return found
  const created = new Y.Map<unknown>()
  root.set(key, created)
  return created
}

function sortedTexts(texts: readonly string[], max: number): string[] {
  return [...new Set(texts)].sort().slice(0, max)
}

/** Plain objects, as Yjs wants them. */
function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
