import type { DeviceId } from '../identity/device-id.ts'
import type { TrustGraph, View } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'
import type { InviteId } from './trust-operation.ts'

/**
 * Who goes first where more devices used an invite than it has uses: the one that knew of the fewest others, then
 * the one with the lowest id. So an admission that knew of the others never displaces them.
 */
export class UseOrder {
  readonly #graph: TrustGraph
  readonly #usersSeen = new Map<number, number>()
  /** Admissions that compete, by invite. */
  readonly competing = new Map<InviteId, readonly number[]>()

  constructor(graph: TrustGraph, index: TrustIndex, view: View) {
    this.#graph = graph
    for (const invite of index.oftenCited) {
      const admissions = index.citing.get(invite).filter((admission) => graph.isIn(admission, view))
      const uses = index.invites
        .get(invite)
        .filter((record) => graph.isIn(record, view))
        .map((record) => usesOf(graph, record))
      if (devicesOf(graph, admissions).size <= Math.min(...uses)) continue
      for (const admission of admissions) {
        const seen = admissions.filter((other) => graph.isAncestor(other, admission))
        this.#usersSeen.set(admission, devicesOf(graph, seen).size)
      }
      this.competing.set(invite, admissions)
    }
  }

  /** Whether admission `a` takes a use before its concurrent competitor `b` does. */
  isBefore(a: number, b: number): boolean {
    if (!this.#graph.isConcurrent(a, b) || admitted(this.#graph, a) === admitted(this.#graph, b))
      return false
    const difference = (this.#usersSeen.get(a) ?? 0) - (this.#usersSeen.get(b) ?? 0)
    return difference === 0 ? this.#graph.record(a).id < this.#graph.record(b).id : difference < 0
  }
}

export function admitted(graph: TrustGraph, admission: number): DeviceId {
  const { operation } = graph.record(admission)
  return operation.kind === 'admit' ? operation.device : ''
}

function devicesOf(graph: TrustGraph, admissions: readonly number[]): Set<DeviceId> {
  return new Set(admissions.map((admission) => admitted(graph, admission)))
}

function usesOf(graph: TrustGraph, invite: number): number {
  const { operation } = graph.record(invite)
  return operation.kind === 'invite' ? operation.uses : 0
}
