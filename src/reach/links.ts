import type { Connection } from '@libp2p/interface'
import type { DeviceId } from '../identity/device-id.ts'
import { pathKindOf } from './path-kind.ts'

export interface LinkListener {
  /** The first usable connection to a member exists. */
  up(peer: DeviceId): void
  /** Another connection is the best one now. */
  moved(peer: DeviceId): void
  /** The last one is gone. */
  down(peer: DeviceId): void
}

/**
 * The connections on which both ends have accepted each other as members.
 * Invariant: a peer is up exactly while this holds an open connection to it.
 */
export class Links {
  readonly #self: DeviceId
  readonly #connections = new Map<DeviceId, Connection[]>()
  readonly #listeners = new Set<LinkListener>()

  constructor(self: DeviceId) {
    this.#self = self
  }

  peers(): readonly DeviceId[] {
    return [...this.#connections.keys()]
  }

  isUp(peer: DeviceId): boolean {
    return this.#connections.has(peer)
  }

  connections(peer: DeviceId): readonly Connection[] {
    return this.#connections.get(peer) ?? []
  }

  /** The connection to use: best kind of path, then the dialler that both ends agree on, then the newest. */
  best(peer: DeviceId): Connection | undefined {
    return this.#connections.get(peer)?.[0]
  }

  listen(listener: LinkListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(connection: Connection): void {
    if (connection.status !== 'open') return
    const peer = connection.remotePeer.toString()
    const connections = this.#connections.get(peer) ?? []
    if (connections.includes(connection)) return
    const before = connections[0]
    connections.push(connection)
    connections.sort((a, b) => this.#rank(a) - this.#rank(b) || b.timeline.open - a.timeline.open)
    this.#connections.set(peer, connections)
    for (const listener of this.#listeners) {
      if (before === undefined) listener.up(peer)
      else if (connections[0] !== before) listener.moved(peer)
    }
  }

  remove(connection: Connection): void {
    const peer = connection.remotePeer.toString()
    const connections = this.#connections.get(peer)
    const at = connections?.indexOf(connection) ?? -1
    if (connections === undefined || at < 0) return
    connections.splice(at, 1)
    if (connections.length > 0) return
    this.#connections.delete(peer)
    for (const listener of this.#listeners) listener.down(peer)
  }

  /**
   * Connections that this device should close because a better one exists. The two ends must never close each
   * other's choice: between connections that both dialled, the device with the lower id decides; between those
   * that one of them dialled, that one, which alone knows their order.
   */
  surplus(peer: DeviceId): readonly Connection[] {
    const [best, ...others] = this.connections(peer)
    if (best === undefined) return []
    return others.filter((connection) =>
      this.#rank(connection) === this.#rank(best)
        ? best.direction === 'outbound'
        : this.#self < peer,
    )
  }

  #rank(connection: Connection): number {
    const kind = { local: 0, direct: 1, 'hole-punched': 2, relayed: 3 }[
      pathKindOf(connection.remoteAddr)
    ]
    const dialler =
      connection.direction === 'outbound' ? this.#self : connection.remotePeer.toString()
    const other = dialler === this.#self ? connection.remotePeer.toString() : this.#self
    return kind * 2 + (dialler < other ? 0 : 1)
  }
}
