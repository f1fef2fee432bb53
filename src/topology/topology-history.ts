import type { DeviceId } from '../identity/device-id.ts'
import { HISTORY_MAX } from './topology-limits.ts'

export type TopologyChange =
  | {
      readonly kind: 'link-up' | 'link-down'
      readonly atMs: number
      readonly from: DeviceId
      readonly to: DeviceId
    }
  | {
      readonly kind: 'partition' | 'healed'
      readonly atMs: number
      readonly groups: readonly (readonly DeviceId[])[]
    }

/** The last changes, oldest first; older ones are dropped. */
export class TopologyHistory {
  readonly #changes: TopologyChange[] = []

  add(change: TopologyChange): void {
    this.#changes.push(change)
    if (this.#changes.length > HISTORY_MAX) this.#changes.shift()
  }

  since(atMs: number): readonly TopologyChange[] {
    return this.#changes.filter((change) => change.atMs >= atMs)
  }
}
