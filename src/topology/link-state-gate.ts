import {
  decodeLinkState,
  decodeSignedLinkState,
  encodeSignedLinkState,
  signedBytesOf,
} from '../../protocols/health/link-state-codec.ts'
import type { LinkState, SignedLinkState } from '../../protocols/health/messages.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import type { HealthRefusal } from '../health/health-error.ts'
import { TokenBucket } from '../health/token-bucket.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { NetworkId } from '../identity/network-id.ts'
import type { LinkStateTable } from './link-state-table.ts'
import * as limits from './topology-limits.ts'

export interface LinkStateGateNeeds {
  readonly self: DeviceId
  readonly network: NetworkId
  readonly table: LinkStateTable
  verify(device: DeviceId, bytes: Uint8Array, signature: Uint8Array): boolean
  isMember(device: DeviceId): boolean
}

export type GateVerdict =
  /** `canonical`: the one encoding to pass on, without whatever a forwarder may have added around it. */
  | { readonly kind: 'news'; readonly state: LinkState; readonly canonical: Uint8Array }
  /** We hold this one, or a newer one; with flooding that is nothing unusual. */
  | { readonly kind: 'known' }
  | { readonly kind: 'older'; readonly observer: DeviceId }
  | { readonly kind: 'refused'; readonly code: HealthRefusal }

/**
 * Decides on a statement that a neighbour passed on. Cheap checks come first, so that a liar cannot make us
 * verify more signatures than its budget.
 */
export class LinkStateGate {
  readonly #needs: LinkStateGateNeeds
  readonly #checks = new Map<DeviceId, TokenBucket>()
  readonly #statements = new Map<DeviceId, TokenBucket>()

  constructor(needs: LinkStateGateNeeds) {
    this.#needs = needs
  }

  /** The neighbour is gone; its budget goes with it. */
  forget(neighbour: DeviceId): void {
    this.#checks.delete(neighbour)
  }

  membersChanged(): void {
    for (const device of this.#statements.keys()) {
      if (!this.#needs.isMember(device)) this.#statements.delete(device)
    }
  }

  judge(from: DeviceId, bytes: Uint8Array, nowMs: number): GateVerdict {
    const { self, network, table } = this.#needs
    let signed: SignedLinkState
    let state: LinkState
    try {
      signed = decodeSignedLinkState(bytes)
      state = decodeLinkState(signed.payload)
    } catch (error) {
      if (error instanceof ProtocolError)
        return refused(error.code === 'TOO_LARGE' ? 'TOO_LARGE' : 'MALFORMED')
      throw error
    }
    if (state.network !== network) return refused('WRONG_NETWORK')
    if (state.observer !== self && !this.#needs.isMember(state.observer))
      return refused('NOT_A_MEMBER')
    const order = table.order(state)
    if (order === 'known') return { kind: 'known' }
    if (order === 'older') return { kind: 'older', observer: state.observer }
    if (!table.hasRoomFor(state.observer)) return refused('TABLE_FULL')
    const checks = bucketOf(
      this.#checks,
      from,
      limits.CHECKS_PER_SECOND,
      limits.CHECKS_BURST,
      nowMs,
    )
    if (!checks.take(nowMs)) return refused('RATE_LIMITED')
    if (!this.#needs.verify(state.observer, signedBytesOf(signed.payload), signed.signature))
      return refused('FORGED')
    const statements = bucketOf(
      this.#statements,
      state.observer,
      limits.STATEMENTS_PER_SECOND,
      limits.STATEMENTS_BURST,
      nowMs,
    )
    if (!statements.take(nowMs)) return refused('RATE_LIMITED')
    return { kind: 'news', state, canonical: encodeSignedLinkState(signed) }
  }
}

function refused(code: HealthRefusal): GateVerdict {
  return { kind: 'refused', code }
}

function bucketOf(
  buckets: Map<DeviceId, TokenBucket>,
  device: DeviceId,
  perSecond: number,
  burst: number,
  nowMs: number,
): TokenBucket {
  let found = buckets.get(device)
  if (found === undefined) {
    found = new TokenBucket(perSecond, burst, nowMs)
    buckets.set(device, found)
  }
  return found
}
