import type { DeviceId } from '../identity/device-id.ts'
import type { TrustState } from '../trust/trust-state.ts'

export type Refusal = 'stranger' | 'revoked' | 'review' | 'expired' | 'left'

export type Standing =
  | { readonly accepts: true }
  | { readonly accepts: false; readonly refusal: Refusal }

/**
 * Is this device a member now? The one rule behind every protocol's door.
 * `nowMs` is the observer's own wall clock: expiry is the only thing that depends on it.
 */
export function standingOf(state: TrustState, device: DeviceId, nowMs: number): Standing {
  if (state.revocations.has(device)) return { accepts: false, refusal: 'revoked' }
  const member = state.members.get(device)
  if (member !== undefined) {
    const isExpired = member.until !== null && member.until <= nowMs
    return isExpired ? { accepts: false, refusal: 'expired' } : { accepts: true }
  }
  if (state.reviews.has(device)) return { accepts: false, refusal: 'review' }
  if (state.left.has(device)) return { accepts: false, refusal: 'left' }
  return { accepts: false, refusal: 'stranger' }
}

/** Streams of one connection that wait for its hello: a new member's services open some ten at once. */
const WAITING_STREAMS_MAX = 16

/** Strangers remembered for the counters; the oldest is forgotten first. */
const REFUSED_PEERS_MAX = 256

export interface GateComponents {
  state(): TrustState
  nowMs(): number
  /** Called for the first refusal of each (peer, protocol) and then for every thousandth. */
  onRefused(peer: DeviceId, what: string, refusal: Refusal, count: number): void
}

/**
 * Keeps non-members out of every protocol on every transport: `GatedRegistrar` asks it for each inbound
 * stream and each topology, the connection gater for each connection.
 */
export class Gate {
  readonly #components: GateComponents
  /** Connections whose hello is under way; their streams wait for its end. */
  readonly #greeting = new Map<string, { readonly settled: Promise<unknown>; waiting: number }>()
  readonly #refused = new Map<string, number>()

  constructor(components: GateComponents) {
    this.#components = components
  }

  standing(peer: DeviceId): Standing {
    return standingOf(this.#components.state(), peer, this.#components.nowMs())
  }

  isMember(peer: DeviceId): boolean {
    return this.standing(peer).accepts
  }

  /** Lets streams on this connection wait until `hello` has settled. */
  greeting(connectionId: string, hello: Promise<unknown>): void {
    const over = () => {
      if (this.#greeting.get(connectionId)?.settled === settled) this.#greeting.delete(connectionId)
    }
    const settled: Promise<unknown> = hello.then(over, over)
    this.#greeting.set(connectionId, { settled, waiting: 0 })
  }

  /** Undefined when the answer has to wait for the hello: then `whenGreeted` has it. */
  admits(peer: DeviceId, connectionId: string): boolean | undefined {
    if (this.isMember(peer)) return true
    const greeting = this.#greeting.get(connectionId)
    return greeting !== undefined && greeting.waiting < WAITING_STREAMS_MAX ? undefined : false
  }

  async whenGreeted(peer: DeviceId, connectionId: string): Promise<boolean> {
    const greeting = this.#greeting.get(connectionId)
    if (greeting !== undefined) {
      greeting.waiting += 1
      await greeting.settled
    }
    return this.isMember(peer)
  }

  refused(peer: DeviceId, what: string): void {
    const standing = this.standing(peer)
    const key = `${peer} ${what}`
    const count = (this.#refused.get(key) ?? 0) + 1
    this.#refused.delete(key)
    this.#refused.set(key, count)
    if (this.#refused.size > REFUSED_PEERS_MAX) {
      for (const oldest of this.#refused.keys()) {
        this.#refused.delete(oldest)
        break
      }
    }
    if (count === 1 || count % 1_000 === 0) {
      this.#components.onRefused(
        peer,
        what,
        standing.accepts ? 'stranger' : standing.refusal,
        count,
      )
    }
  }
}
