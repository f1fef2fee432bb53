import type { Cancel, Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { Store, Write } from '../storage/store.ts'

const PREFIX = 'health/seen/'

/** Written this seldom: a crash costs the last minute of "last seen", nothing else. */
const WRITE_EVERY_MS = 60_000

/** Devices remembered, those that are gone included. */
const DEVICES_MAX = 4_096

/** When each device was last heard by this one, by this one's wall clock; survives restarts. */
export class LastSeen {
  readonly #store: Store
  readonly #clock: Clock
  readonly #seen: Map<DeviceId, number>
  readonly #dirty = new Set<DeviceId>()
  #cancel: Cancel | undefined

  private constructor(store: Store, clock: Clock, seen: Map<DeviceId, number>) {
    this.#store = store
    this.#clock = clock
    this.#seen = seen
  }

  static async open(store: Store, clock: Clock): Promise<LastSeen> {
    const seen = new Map<DeviceId, number>()
    for await (const [key, value] of store.entries(PREFIX)) {
      if (value.byteLength === 8)
        seen.set(key.slice(PREFIX.length), Number(Buffer.from(value).readBigUInt64BE()))
    }
    return new LastSeen(store, clock, seen)
  }

  start(): void {
    this.#cancel ??= this.#clock.every(WRITE_EVERY_MS, () => void this.flush())
  }

  async stop(): Promise<void> {
    this.#cancel?.()
    this.#cancel = undefined
    await this.flush()
  }

  get(device: DeviceId): number | undefined {
    return this.#seen.get(device)
  }

  set(device: DeviceId, atMs: number): void {
    if (atMs <= (this.#seen.get(device) ?? 0)) return
    if (!this.#seen.has(device) && this.#seen.size >= DEVICES_MAX) return
    this.#seen.set(device, Math.round(atMs))
    this.#dirty.add(device)
  }

  async flush(): Promise<void> {
    const devices = [...this.#dirty]
    if (devices.length === 0) return
    this.#dirty.clear()
    const writes = devices.map((device): Write => {
      const value = Buffer.alloc(8)
      value.writeBigUInt64BE(BigInt(this.#seen.get(device) ?? 0))
      return { put: PREFIX + device, value }
    })
    await this.#store.commit(writes)
  }
}
