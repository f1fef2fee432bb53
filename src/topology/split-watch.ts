import type { DeviceId } from '../identity/device-id.ts'
import { SETTLE_MS } from './topology-limits.ts'

export type Groups = readonly (readonly DeviceId[])[]

/** Says when the mesh fell into groups and when it is whole again, once either has lasted. */
export class SplitWatch {
  #announced: Groups = []
  #announcedKey = '[]'
  #pendingKey = '[]'
  #pendingSinceMs = 0

  /** Returns what is to be announced. */
  review(groups: Groups, nowMs: number): 'partition' | 'healed' | undefined {
    const key = JSON.stringify(groups)
    if (key !== this.#pendingKey) {
      this.#pendingKey = key
      this.#pendingSinceMs = nowMs
    }
    if (key === this.#announcedKey || nowMs - this.#pendingSinceMs < SETTLE_MS) return undefined
    const wasSplit = this.#announced.length > 1
    this.#announced = groups
    this.#announcedKey = key
    if (groups.length > 1) return 'partition'
    return wasSplit ? 'healed' : undefined
  }
}
