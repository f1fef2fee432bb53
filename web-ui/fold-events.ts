import type { Event } from '../node/api/contract/mesh.ts'

export interface FoldedEvent {
  readonly event: Event
  /** How often the same was said in a row. */
  readonly times: number
}

/** A run of the same event of the same device is one line: the newest, and how many there were. */
export function foldEvents(newestFirst: readonly Event[], max: number): FoldedEvent[] {
  const folded: FoldedEvent[] = []
  for (const event of newestFirst) {
    const last = folded.at(-1)
    if (last !== undefined && isSame(last.event, event)) {
      folded[folded.length - 1] = { event: last.event, times: last.times + 1 }
    } else if (folded.length === max) break
    else folded.push({ event, times: 1 })
  }
  return folded
}

function isSame(one: Event, other: Event): boolean {
  return one.type === other.type && one.device === other.device && one.text === other.text
}
