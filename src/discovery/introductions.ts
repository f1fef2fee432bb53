import type { DeviceId } from '../identity/device-id.ts'

/** The first wait after a stranger turned out to be one; it doubles to an hour. */
const WAIT_MIN_MS = 30_000
const WAIT_MAX_MS = 3_600_000

/** Strangers remembered; the one tried longest ago is forgotten first. */
const STRANGERS_MAX = 256

interface Tried {
  readonly againAtMs: number
  readonly waitMs: number
}

/**
 * When to say hello to a stranger on the LAN. It may be one of ours that was admitted while we were away,
 * but mostly it is the neighbour's, who is seen every ten seconds.
 */
export class Introductions {
  readonly #tried = new Map<DeviceId, Tried>()

  /** True when it is time; counts as tried then. `nowMs` is monotonic. */
  isDue(device: DeviceId, nowMs: number): boolean {
    const tried = this.#tried.get(device)
    if (tried !== undefined && nowMs < tried.againAtMs) return false
    const waitMs = tried === undefined ? WAIT_MIN_MS : Math.min(tried.waitMs * 2, WAIT_MAX_MS)
    this.#tried.delete(device)
    this.#tried.set(device, { againAtMs: nowMs + waitMs, waitMs })
    for (const oldest of this.#tried.keys()) {
      if (this.#tried.size <= STRANGERS_MAX) break
      this.#tried.delete(oldest)
    }
    return true
  }
}
