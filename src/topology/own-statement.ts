import { LINKS_MAX, VIEWS_MAX } from '../../protocols/health/constants.ts'
import {
  encodeLinkState,
  encodeSignedLinkState,
  signedBytesOf,
} from '../../protocols/health/link-state-codec.ts'
import type { LinkState, StatedLink, StatedView } from '../../protocols/health/messages.ts'
import type { Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { NetworkId } from '../identity/network-id.ts'
import * as limits from './topology-limits.ts'

export interface Statable {
  readonly links: readonly StatedLink[]
  readonly views: readonly StatedView[]
}

export interface OwnStatementNeeds {
  readonly self: DeviceId
  readonly network: NetworkId
  readonly clock: Clock
  /** Larger than at any earlier start of this device: `nextIncarnation`. */
  readonly incarnation: bigint
  sign(bytes: Uint8Array): Uint8Array
  own(): Statable
  /** It is to be told to every neighbour. */
  tell(state: LinkState, signed: Uint8Array): void
}

/** When to state our own links anew, and how. */
export class OwnStatement {
  readonly #needs: OwnStatementNeeds
  #incarnation: bigint
  #seq = 0n
  #told: Statable = { links: [], views: [] }
  #toldMs = Number.NEGATIVE_INFINITY
  #refreshMs = limits.REFRESH_EVERY_MS
  #figuresMs = Number.NEGATIVE_INFINITY
  #mayHaveChanged = true

  constructor(needs: OwnStatementNeeds) {
    this.#needs = needs
    this.#incarnation = needs.incarnation
  }

  /** Links or views changed: told at once, unless something was told a moment ago. */
  changed(): void {
    this.#mayHaveChanged = true
    this.#tellChange(this.#needs.clock.monotonic())
  }

  tick(nowMs: number): void {
    this.#tellChange(nowMs)
    if (nowMs - this.#toldMs >= this.#refreshMs) this.#tell(this.#now())
    if (nowMs - this.#figuresMs < limits.RTT_TOLD_EVERY_MS) return
    this.#figuresMs = nowMs
    const now = this.#now()
    if (changeBetween(this.#told, now) !== 'none') this.#tell(now)
  }

  /** Our own word from an earlier life came back and is ahead of us: go ahead of it, as OSPF does. */
  overtake(incarnation: bigint): void {
    if (incarnation < this.#incarnation) return
    this.#incarnation = incarnation + 1n
    this.#tell(this.#now())
  }

  #tellChange(nowMs: number): void {
    if (!this.#mayHaveChanged || nowMs - this.#toldMs < limits.COALESCE_MS) return
    this.#mayHaveChanged = false
    const now = this.#now()
    if (changeBetween(this.#told, now) === 'set') this.#tell(now)
  }

  #now(): Statable {
    return bounded(this.#needs.own())
  }

  #tell(now: Statable): void {
    const { self, network, clock } = this.#needs
    this.#told = now
    this.#mayHaveChanged = false
    this.#toldMs = clock.monotonic()
    this.#figuresMs = this.#toldMs
    // Spread, so that a mesh that started together does not refresh together.
    this.#refreshMs = limits.REFRESH_EVERY_MS * (0.9 + clock.random() / 5)
    this.#seq += 1n
    const state: LinkState = {
      network,
      observer: self,
      incarnation: this.#incarnation,
      seq: this.#seq,
      ...now,
    }
    const payload = encodeLinkState(state)
    const signature = this.#needs.sign(signedBytesOf(payload))
    this.#needs.tell(state, encodeSignedLinkState({ payload, signature }))
  }
}

/** How much of a change it is: `set` is told at once, `figures` when there is time. */
export function changeBetween(told: Statable, now: Statable): 'none' | 'figures' | 'set' {
  const before = new Map(told.links.map((link) => [link.peer, link]))
  if (before.size !== now.links.length || now.links.some((link) => !before.has(link.peer)))
    return 'set'
  const views = new Map(told.views.map((view) => [view.device, view.health]))
  if (
    views.size !== now.views.length ||
    now.views.some((view) => views.get(view.device) !== view.health)
  )
    return 'set'
  return now.links.some((link) => hasMoved(before.get(link.peer), link)) ? 'figures' : 'none'
}

/** What fits into one statement; a device with more links than that states the first by id. */
export function bounded(own: Statable): Statable {
  if (own.links.length <= LINKS_MAX && own.views.length <= VIEWS_MAX) return own
  return {
    links: own.links.toSorted((a, b) => (a.peer < b.peer ? -1 : 1)).slice(0, LINKS_MAX),
    views: own.views.toSorted((a, b) => (a.device < b.device ? -1 : 1)).slice(0, VIEWS_MAX),
  }
}

function hasMoved(told: StatedLink | undefined, now: StatedLink): boolean {
  if (told === undefined || told.kind !== now.kind) return true
  if (Math.abs(told.loss - now.loss) > limits.LOSS_CHANGE) return true
  if (told.rttMs === null || now.rttMs === null) return told.rttMs !== now.rttMs
  return (
    Math.abs(told.rttMs - now.rttMs) > told.rttMs * limits.RTT_CHANGE_SHARE + limits.RTT_CHANGE_MS
  )
}
