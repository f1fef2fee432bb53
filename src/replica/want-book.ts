import { WANT_ITEMS_MAX, WANTS_PER_PEER_MAX } from '../../protocols/replica/constants.ts'
import type { WireHead } from '../../protocols/replica/messages.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { documentKey, type DocumentId } from './standing.ts'

/** A peer is further on with this document than we were when it said so. */
export interface Wanted {
  readonly id: DocumentId
  readonly theirs: WireHead
  /** Ask from here even if we have it: to find where two histories part. */
  readonly backTo?: number
}

export interface Question {
  readonly id: number
  readonly items: readonly (Wanted & { readonly fromSeq: number })[]
}

/** Documents in the first question to a peer; doubled while answers are whole, cut down to what one held. */
const FIRST_ITEMS = 64

interface Outstanding extends Question {
  readonly peer: DeviceId
  readonly sentAtMs: number
}

/** What may wait for its turn to be asked of one peer. */
const QUEUE_MAX = 16 * WANT_ITEMS_MAX

/** Which document is asked of whom: one peer at a time for each, a bounded number of questions to each peer. */
export class WantBook {
  readonly #queues = new Map<DeviceId, Map<string, Wanted>>()
  readonly #outstanding = new Map<number, Outstanding>()
  readonly #asked = new Set<string>()
  readonly #itemsMax = new Map<DeviceId, number>()
  #nextId = 1

  add(peer: DeviceId, wanted: Wanted): void {
    const queue = this.#queues.get(peer) ?? new Map<string, Wanted>()
    if (queue.size < QUEUE_MAX) queue.set(documentKey(wanted.id), wanted)
    this.#queues.set(peer, queue)
  }

  waiting(): readonly DeviceId[] {
    return [...this.#queues.keys()]
  }

  /** The next question for this peer; `fromSeqOf` says whether, and from where, a document is still wanted. */
  next(
    peer: DeviceId,
    nowMs: number,
    fromSeqOf: (wanted: Wanted) => number | undefined,
  ): Question | undefined {
    const queue = this.#queues.get(peer)
    if (queue === undefined || this.#openOf(peer) >= WANTS_PER_PEER_MAX) return undefined
    const items: (Wanted & { fromSeq: number })[] = []
    const itemsMax = this.#itemsMax.get(peer) ?? FIRST_ITEMS
    for (const [key, wanted] of queue) {
      if (items.length >= itemsMax) break
      if (this.#asked.has(key)) continue // another peer's answer may make this one needless
      queue.delete(key)
      const fromSeq = fromSeqOf(wanted)
      if (fromSeq !== undefined) items.push({ ...wanted, fromSeq })
    }
    if (queue.size === 0) this.#queues.delete(peer)
    if (items.length === 0) return undefined
    const id = this.#nextId
    this.#nextId += 1
    for (const { id: document } of items) this.#asked.add(documentKey(document))
    this.#outstanding.set(id, { peer, id, items, sentAtMs: nowMs })
    return { id, items }
  }

  /** Closes a question of which `served` items were answered; undefined when this peer was never asked it. */
  answered(peer: DeviceId, id: number, served: number): Question | undefined {
    const outstanding = this.#outstanding.get(id)
    if (outstanding?.peer !== peer) return undefined
    this.#close(outstanding)
    const fitting = served >= outstanding.items.length ? 2 * outstanding.items.length : served + 1
    this.#itemsMax.set(peer, Math.min(WANT_ITEMS_MAX, Math.max(16, fitting)))
    return outstanding
  }

  /** Gives up what was asked before `beforeMs`. */
  expire(beforeMs: number): void {
    for (const outstanding of this.#outstanding.values()) {
      if (outstanding.sentAtMs <= beforeMs) this.#close(outstanding)
    }
  }

  forget(peer: DeviceId): void {
    this.#queues.delete(peer)
    for (const outstanding of this.#outstanding.values())
      if (outstanding.peer === peer) this.#close(outstanding)
  }

  #openOf(peer: DeviceId): number {
    return [...this.#outstanding.values()].filter((outstanding) => outstanding.peer === peer).length
  }

  #close(outstanding: Outstanding): void {
    this.#outstanding.delete(outstanding.id)
    for (const { id } of outstanding.items) this.#asked.delete(documentKey(id))
  }
}
