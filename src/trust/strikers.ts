import type { DeviceId } from '../identity/device-id.ts'
import { subjectRemoved } from './contests.ts'
import type { TrustGraph } from './trust-graph.ts'
import type { InviteId } from './trust-operation.ts'

const NONE: readonly number[] = []

/** A set of records that may deprive others of their effect, to be asked by what they act on. */
export class Strikers implements Iterable<number> {
  readonly #graph: TrustGraph
  readonly #all = new Set<number>()
  readonly #removing = new Map<DeviceId, number[]>()
  readonly #cancelling = new Map<InviteId, number[]>()
  readonly #using = new Map<InviteId, number[]>()

  constructor(graph: TrustGraph) {
    this.#graph = graph
  }

  get size(): number {
    return this.#all.size
  }

  has(record: number): boolean {
    return this.#all.has(record)
  }

  add(record: number): void {
    if (this.#all.has(record)) return
    this.#all.add(record)
    this.#listOf(record)?.push(record)
  }

  delete(record: number): void {
    if (!this.#all.delete(record)) return
    const list = this.#listOf(record)
    list?.splice(list.indexOf(record), 1)
  }

  /** Revocations, departures and demotions of the device. */
  removing(device: DeviceId): readonly number[] {
    return this.#removing.get(device) ?? NONE
  }

  cancelling(invite: InviteId): readonly number[] {
    return this.#cancelling.get(invite) ?? NONE
  }

  /** Admissions that compete for the invite's uses. */
  using(invite: InviteId): readonly number[] {
    return this.#using.get(invite) ?? NONE
  }

  [Symbol.iterator](): Iterator<number> {
    return this.#all.values()
  }

  #listOf(record: number): number[] | undefined {
    const { operation } = this.#graph.record(record)
    if (operation.kind === 'cancel') return listAt(this.#cancelling, operation.invite)
    if (operation.kind === 'admit') {
      return operation.invite === undefined ? undefined : listAt(this.#using, operation.invite)
    }
    const removed = subjectRemoved(this.#graph, record)
    return removed === undefined ? undefined : listAt(this.#removing, removed)
  }
}

function listAt<Key>(lists: Map<Key, number[]>, key: Key): number[] {
  const list = lists.get(key)
  if (list !== undefined) return list
  const created: number[] = []
  lists.set(key, created)
  return created
}
