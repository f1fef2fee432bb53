import type { Connection } from '@libp2p/interface'
import type { AsgardNode } from '../../node/library.ts'
import { idOf, meshOf } from './nodes.ts'

/** A device that is in a network, and those that it cannot reach, whether they are in it already or not. */
type Rift = readonly [node: AsgardNode, others: readonly AsgardNode[]]

/**
 * Keeps devices apart as a broken network does: whatever connects them is cut as soon as it opens, be it at one end
 * only. Their present network is affected, no other.
 */
export class Partition {
  readonly #nodes: readonly AsgardNode[]
  readonly #stops: (() => void)[] = []

  constructor(...rifts: readonly Rift[]) {
    this.#nodes = rifts.map(([node]) => node)
    for (const [node, others] of rifts) this.#isolate(node, others)
  }

  heal(): void {
    for (const stop of this.#stops) stop()
    for (const node of this.#nodes) meshOf(node).dials.dialAll()
  }

  #isolate(node: AsgardNode, others: readonly AsgardNode[]): void {
    const blocked = new Set(others.map(idOf))
    const { libp2p } = meshOf(node).host
    const cut = (connection: Connection) => {
      if (blocked.has(connection.remotePeer.toString())) {
        connection.abort(new DOMException('the network is broken', 'NetworkError'))
      }
    }
    const opened = (event: CustomEvent<Connection>) => cut(event.detail)
    libp2p.addEventListener('connection:open', opened)
    this.#stops.push(() => libp2p.removeEventListener('connection:open', opened))
    for (const connection of libp2p.getConnections()) cut(connection)
  }
}
