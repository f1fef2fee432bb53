import type { DeviceId } from '../identity/device-id.ts'
import type { TrustGraph } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'
import type { InviteId } from './trust-operation.ts'

/**
 * The records that have to be judged again, lowest index first, so that whatever a record rests on is settled
 * before it. Grows as records turn out to have no effect: who depends on them comes into doubt.
 */
export class Doubts {
  readonly #graph: TrustGraph
  readonly #index: TrustIndex
  readonly #heap: number[] = []
  readonly #known = new Set<number>()
  readonly #devices = new Set<DeviceId>()
  readonly #invites = new Set<InviteId>()
  #areOwnersIn = false

  constructor(graph: TrustGraph, index: TrustIndex) {
    this.#graph = graph
    this.#index = index
  }

  add(record: number): void {
    if (this.#known.has(record)) return
    this.#known.add(record)
    push(this.#heap, record)
  }

  /** Takes out the lowest. */
  next(): number | undefined {
    return pop(this.#heap)
  }

  /** The record has no effect: doubts all that came after it and may rest on it. */
  spread(record: number): void {
    const { author, operation } = this.#graph.record(record)
    if ('device' in operation) this.#doubtDevice(operation.device, record)
    if (operation.kind === 'leave') this.#doubtDevice(author, record)
    if (operation.kind === 'renew')
      for (const device of operation.devices) this.#doubtDevice(device, record)
    if (operation.kind === 'invite') this.#doubtInvite(operation.id, record)
    if (operation.kind === 'cancel') this.#doubtInvite(operation.invite, record)
    if (operation.kind === 'admit' && operation.invite !== undefined)
      this.#doubtInvite(operation.invite, record)
  }

  #doubtDevice(device: DeviceId, after: number): void {
    if (this.#devices.has(device)) return
    this.#devices.add(device)
    const index = this.#index
    this.#addAll(index.byAuthor.get(device), after)
    this.#addAll(index.grants.get(device), after)
    this.#addAll(index.removals.get(device), after)
    for (const invite of index.invitesBy.get(device) ?? []) this.#doubtInvite(invite, after)
    if (!index.owners.has(device) || this.#areOwnersIn) return
    // Whether another owner is left decides over departures and demotions of owners.
    this.#areOwnersIn = true
    for (const owner of index.owners) {
      this.#addAll(index.grants.get(owner), after)
      this.#addAll(index.removals.get(owner), after)
    }
  }

  #doubtInvite(invite: InviteId, after: number): void {
    if (this.#invites.has(invite)) return
    this.#invites.add(invite)
    this.#addAll(this.#index.citing.get(invite), after)
    this.#addAll(this.#index.cancels.get(invite), after)
  }

  #addAll(records: readonly number[], after: number): void {
    for (const record of records) if (record > after) this.add(record)
  }
}

/** A binary heap: each number is at most as great as the two below it, at 2i + 1 and 2i + 2. */
function push(heap: number[], value: number): void {
  let at = heap.push(value) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    if ((heap[above] as number) <= value) break
    heap[at] = heap[above] as number
    at = above
  }
  heap[at] = value
}

function pop(heap: number[]): number | undefined {
  const lowest = heap[0]
  const value = heap.pop()
  if (value === undefined || heap.length === 0) return lowest
  let at = 0
  for (;;) {
    let below = 2 * at + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && (heap[below + 1] as number) < (heap[below] as number)) below++
    if ((heap[below] as number) >= value) break
    heap[at] = heap[below] as number
    at = below
  }
  heap[at] = value
  return lowest
}
