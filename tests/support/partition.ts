import type { Connection } from '@libp2p/interface'
import type { AsgardNode } from '../../node/library.ts'
import { meshOf } from './nodes.ts'

/**
 * Keeps two groups of devices apart, as a broken network does: whatever connects them is cut as soon as it opens.
 * Only their present network is affected.
 */
export class Partition {
  readonly #nodes: readonly AsgardNode[]
  readonly #stops: (() => void)[] = []

  constructor(here: readonly AsgardNode[], there: readonly AsgardNode[]) {
    this.#nodes = [...here, ...there]
    this.#isolate(here, there)
    this.#isolate(there, here)
  }

  heal(): void {
    for (const stop of this.#stops) stop()
    for (const node of this.#nodes) meshOf(node).dials.dialAll()
  }

  #isolate(nodes: readonly AsgardNode[], others: readonly AsgardNode[]): void {
    const blocked = new Set(others.map((node) => meshOf(node).key.id))
    for (const node of nodes) {
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
}
