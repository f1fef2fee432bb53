import type { LinkState } from '../../protocols/health/messages.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { ORIGINS_MAX, STALE_AFTER_MS } from './topology-limits.ts'

export interface Statement {
  readonly state: LinkState
  /** Encoded, to be passed on. */
  readonly signed: Uint8Array
  /** Monotonic clock. */
  readonly receivedMs: number
  /** Wall clock. */
  readonly atMs: number
  /** Peers of its links. */
  readonly peers: ReadonlySet<DeviceId>
}

export type Order = 'newer' | 'known' | 'older'

/** The newest statement of each observer. */
export class LinkStateTable {
  readonly #statements = new Map<DeviceId, Statement>()
  readonly #gone = new Set<DeviceId>()

  get(observer: DeviceId): Statement | undefined {
    return this.#statements.get(observer)
  }

  all(): Iterable<Statement> {
    return this.#statements.values()
  }

  hasRoomFor(observer: DeviceId): boolean {
    return this.#statements.has(observer) || this.#statements.size < ORIGINS_MAX
  }

  order(state: LinkState): Order {
    const held = this.#statements.get(state.observer)?.state
    if (held === undefined || state.incarnation > held.incarnation) return 'newer'
    if (state.incarnation < held.incarnation || state.seq < held.seq) return 'older'
    return state.seq === held.seq ? 'known' : 'newer'
  }

  put(state: LinkState, signed: Uint8Array, receivedMs: number, atMs: number): Statement {
    const peers = new Set(state.links.map((link) => link.peer))
    const statement: Statement = { state, signed, receivedMs, atMs, peers }
    this.#statements.set(state.observer, statement)
    this.#gone.delete(state.observer)
    return statement
  }

  /** Its process ended: the statement is history until a new one comes. */
  markGone(observer: DeviceId): void {
    if (this.#statements.has(observer)) this.#gone.add(observer)
  }

  isGone(observer: DeviceId): boolean {
    return this.#gone.has(observer)
  }

  retain(isMember: (device: DeviceId) => boolean): void {
    for (const observer of [...this.#statements.keys()]) {
      if (isMember(observer)) continue
      this.#statements.delete(observer)
      this.#gone.delete(observer)
    }
  }

  /** The statement of `observer` unless it is stale or its process is gone. */
  fresh(observer: DeviceId, nowMs: number): Statement | undefined {
    const statement = this.#statements.get(observer)
    if (statement === undefined || this.#gone.has(observer)) return undefined
    return nowMs - statement.receivedMs > STALE_AFTER_MS ? undefined : statement
  }
}
