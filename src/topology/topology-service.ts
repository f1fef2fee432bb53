import { HEALTH_FRAME_MAX_BYTES, LINK_STATES_PER_FRAME_MAX } from '../../protocols/health/constants.ts'
import {
  decodeLinkState,
  decodeSignedLinkState,
  encodeLinkState,
  encodeSignedLinkState,
  signedBytesOf,
} from '../../protocols/health/link-state-codec.ts'
import type { LinkState, SignedLinkState } from '../../protocols/health/messages.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import type { Clock } from '../clock/clock.ts'
import type { HealthRefusal } from '../health/health-error.ts'
import type { LinkStateOutlet, LinkStates } from '../health/health-service.ts'
import { TokenBucket } from '../health/token-bucket.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { NetworkId } from '../network/network-id.ts'
import { LinkStateTable, type Statement } from './link-state-table.ts'
import { bounded, changeBetween, type Statable } from './own-statement.ts'
import { TopologyHistory, type TopologyChange } from './topology-history.ts'
import * as limits from './topology-limits.ts'
import { groupsOf, linksOf, neighboursOf, viewsOf, whoSees, type Grouping, type TopologyLink, type TopologyView } from './topology.ts'

export interface TopologyComponents {
  readonly self: DeviceId
  readonly network: NetworkId
  readonly clock: Clock
  /** Larger than at any earlier start of this device: `nextIncarnation`. */
  readonly incarnation: bigint
  sign(bytes: Uint8Array): Uint8Array
  verify(device: DeviceId, bytes: Uint8Array, signature: Uint8Array): boolean
  isMember(device: DeviceId): boolean
  members(): Iterable<DeviceId>
}

export type TopologyListener = (change: TopologyChange) => void

/** Floods signed link-states and holds what the whole mesh states. */
export class TopologyService implements LinkStates {
  readonly #components: TopologyComponents
  readonly #table = new LinkStateTable()
  readonly #history = new TopologyHistory()
  readonly #listeners = new Set<TopologyListener>()
  readonly #neighbours = new Set<DeviceId>()
  readonly #introduceAt = new Map<DeviceId, number>()
  readonly #checks = new Map<DeviceId, TokenBucket>()
  readonly #statements = new Map<DeviceId, TokenBucket>()
  #outlet: LinkStateOutlet | undefined
  #incarnation: bigint
  #seq = 0n
  #told: Statable = { links: [], views: [] }
  #toldMs = Number.NEGATIVE_INFINITY
  #refreshMs = limits.REFRESH_EVERY_MS
  #figuresMs = Number.NEGATIVE_INFINITY
  #isDirty = true
  #groups = ''
  #pendingGroups = ''
  #pendingSinceMs = 0
  #areGroupsStale = true
  #staleCheckMs = 0

  constructor(components: TopologyComponents) {
    this.#components = components
    this.#incarnation = components.incarnation
  }

  // What the health room calls.

  attach(outlet: LinkStateOutlet): void {
    this.#outlet = outlet
  }

  opened(peer: DeviceId): void {
    this.#neighbours.add(peer)
    this.#introduceAt.set(peer, this.#nowMs() + limits.INTRODUCE_AFTER_MS)
    const own = this.#table.get(this.#components.self)
    if (own !== undefined) this.#outlet?.send(peer, [own.signed])
  }

  closed(peer: DeviceId): void {
    this.#neighbours.delete(peer)
    this.#introduceAt.delete(peer)
    this.#checks.delete(peer)
  }

  ownChanged(): void {
    this.#isDirty = true
    if (this.#nowMs() - this.#toldMs >= limits.COALESCE_MS) this.#tellChange()
  }

  gone(device: DeviceId): void {
    this.#table.markGone(device)
    this.#changed()
  }

  membersChanged(): void {
    const { self, isMember } = this.#components
    this.#table.retain((device) => device === self || isMember(device))
    for (const device of this.#statements.keys()) if (!isMember(device)) this.#statements.delete(device)
    this.#changed()
  }

  tick(): void {
    const nowMs = this.#nowMs()
    if (this.#isDirty && nowMs - this.#toldMs >= limits.COALESCE_MS) this.#tellChange()
    if (nowMs - this.#toldMs >= this.#refreshMs) this.#tell()
    else if (nowMs - this.#figuresMs >= limits.RTT_TOLD_EVERY_MS) this.#tellFigures(nowMs)
    for (const [peer, atMs] of this.#introduceAt) if (nowMs >= atMs) this.#introduce(peer)
    if (nowMs - this.#staleCheckMs >= limits.RTT_TOLD_EVERY_MS) {
      this.#staleCheckMs = nowMs
      this.#outlet?.changed() // statements may have become stale
    }
    this.#reviewGroups(nowMs)
  }

  received(from: DeviceId, signed: readonly Uint8Array[]): readonly HealthRefusal[] {
    const refusals: HealthRefusal[] = []
    const news: Statement[] = []
    for (const bytes of signed) {
      const outcome = this.#accept(from, bytes)
      if (typeof outcome === 'string') refusals.push(outcome)
      else if (outcome !== undefined) news.push(outcome)
    }
    if (news.length > 0) this.#forward(from, news)
    return refusals
  }

  statedAt(observer: DeviceId): number | undefined {
    return this.#table.fresh(observer, this.#nowMs())?.receivedMs
  }

  linksOf(observer: DeviceId): Iterable<DeviceId> {
    return this.#table.get(observer)?.peers ?? []
  }

  failuresOf(observer: DeviceId): Iterable<DeviceId> {
    const views = this.#table.get(observer)?.state.views ?? []
    return views.filter((view) => view.health === 'failed').map((view) => view.device)
  }

  // What everybody else asks.

  listen(listener: TopologyListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  links(): readonly TopologyLink[] {
    return linksOf(this.#table, this.#nowMs())
  }

  views(): readonly TopologyView[] {
    return viewsOf(this.#table)
  }

  groups(): Grouping {
    return groupsOf(this.#table, this.#components.self, this.#components.members())
  }

  whoSees(device: DeviceId): readonly DeviceId[] {
    return whoSees(this.#table, device, this.#nowMs())
  }

  neighboursOf(device: DeviceId): ReadonlySet<DeviceId> {
    return neighboursOf(this.#table, device, this.#nowMs())
  }

  history(sinceMs: number): readonly TopologyChange[] {
    return this.#history.since(sinceMs)
  }

  #nowMs(): number {
    return this.#components.clock.monotonic()
  }

  #accept(from: DeviceId, bytes: Uint8Array): Statement | HealthRefusal | undefined {
    const { network, self, isMember, verify } = this.#components
    const nowMs = this.#nowMs()
    let signed: SignedLinkState
    let state: LinkState
    try {
      signed = decodeSignedLinkState(bytes)
      state = decodeLinkState(signed.payload)
    } catch (error) {
      if (error instanceof ProtocolError) return error.code === 'TIMEOUT' ? 'MALFORMED' : error.code
      throw error
    }
    if (state.network !== network) return 'WRONG_NETWORK'
    const isOwn = state.observer === self
    if (!isOwn && !isMember(state.observer)) return 'NOT_A_MEMBER'
    const order = this.#table.order(state)
    if (order !== 'newer') return undefined
    if (!this.#table.hasRoomFor(state.observer)) return 'TABLE_FULL'
    if (!bucket(this.#checks, from, limits.CHECKS_PER_SECOND, limits.CHECKS_BURST, nowMs).take(nowMs)) {
      return 'RATE_LIMITED'
    }
    if (!verify(state.observer, signedBytesOf(signed.payload), signed.signature)) return 'FORGED'
    if (isOwn) {
      // Our own word from an earlier life, ahead of ours: go ahead of it (OSPF does the same).
      this.#incarnation = state.incarnation + 1n
      this.#tell()
      return undefined
    }
    const perObserver = bucket(
      this.#statements,
      state.observer,
      limits.STATEMENTS_PER_SECOND,
      limits.STATEMENTS_BURST,
      nowMs,
    )
    if (!perObserver.take(nowMs)) return 'RATE_LIMITED'
    return this.#put(state, bytes)
  }

  #put(state: LinkState, signed: Uint8Array): Statement | undefined {
    const { clock } = this.#components
    const atMs = clock.now()
    const before = this.#table.put(state, signed, clock.monotonic(), atMs)
    const after = this.#table.get(state.observer)
    for (const to of after?.peers ?? []) {
      if (before?.peers.has(to) !== true) this.#record({ kind: 'link-up', atMs, from: state.observer, to })
    }
    for (const to of before?.peers ?? []) {
      if (after?.peers.has(to) !== true) this.#record({ kind: 'link-down', atMs, from: state.observer, to })
    }
    this.#changed()
    return after
  }

  /** Passes news on to those neighbours that have no link to the observer themselves. */
  #forward(from: DeviceId, news: readonly Statement[]): void {
    for (const peer of this.#neighbours) {
      if (peer !== from) this.#sendAll(peer, news.filter((statement) => !this.#isLinked(statement, peer)))
    }
  }

  #introduce(peer: DeviceId): void {
    this.#introduceAt.delete(peer)
    const others = [...this.#table.all()].filter((statement) => !this.#isLinked(statement, peer))
    this.#sendAll(peer, others)
  }

  #isLinked({ state, peers }: Statement, peer: DeviceId): boolean {
    const { observer } = state
    return observer === peer || peers.has(peer) || this.#table.get(peer)?.peers.has(observer) === true
  }

  #sendAll(peer: DeviceId, statements: readonly Statement[]): void {
    let batch: Uint8Array[] = []
    let bytes = 0
    for (const { signed } of statements) {
      const isFull = bytes + signed.length > HEALTH_FRAME_MAX_BYTES / 2 || batch.length >= LINK_STATES_PER_FRAME_MAX
      if (isFull && batch.length > 0) {
        this.#outlet?.send(peer, batch)
        batch = []
        bytes = 0
      }
      batch.push(signed)
      bytes += signed.length
    }
    if (batch.length > 0) this.#outlet?.send(peer, batch)
  }

  #tellChange(): void {
    const own = this.#outlet?.own()
    if (own === undefined) return
    this.#isDirty = false
    if (changeBetween(this.#told, bounded(own)) === 'set') this.#tell()
  }

  #tellFigures(nowMs: number): void {
    const own = this.#outlet?.own()
    if (own === undefined) return
    this.#figuresMs = nowMs
    if (changeBetween(this.#told, bounded(own)) !== 'none') this.#tell()
  }

  #tell(): void {
    const own = this.#outlet?.own()
    if (own === undefined) return
    const { self, network, sign, clock } = this.#components
    const told = bounded(own)
    this.#seq += 1n
    const state: LinkState = { network, observer: self, incarnation: this.#incarnation, seq: this.#seq, ...told }
    const payload = encodeLinkState(state)
    const signed = encodeSignedLinkState({ payload, signature: sign(signedBytesOf(payload)) })
    this.#told = told
    this.#isDirty = false
    this.#toldMs = clock.monotonic()
    this.#figuresMs = this.#toldMs
    this.#refreshMs = limits.REFRESH_EVERY_MS * (0.9 + clock.random() / 5)
    this.#put(state, signed)
    for (const peer of this.#neighbours) this.#outlet?.send(peer, [signed])
  }

  #changed(): void {
    this.#areGroupsStale = true
    this.#outlet?.changed()
  }

  /** Announces a split, or its end, once it has lasted. */
  #reviewGroups(nowMs: number): void {
    if (this.#areGroupsStale) {
      this.#areGroupsStale = false
      const key = JSON.stringify(this.groups().groups)
      if (key !== this.#pendingGroups) {
        this.#pendingGroups = key
        this.#pendingSinceMs = nowMs
      }
    }
    if (this.#pendingGroups === this.#groups || nowMs - this.#pendingSinceMs < limits.SETTLE_MS) return
    const { groups } = this.groups()
    const wasSplit = this.#groups !== '' && (JSON.parse(this.#groups) as unknown[]).length > 1
    this.#groups = this.#pendingGroups
    const atMs = this.#components.clock.now()
    if (groups.length > 1) this.#record({ kind: 'partition', atMs, groups })
    else if (wasSplit) this.#record({ kind: 'healed', atMs, groups })
  }

  #record(change: TopologyChange): void {
    this.#history.add(change)
    for (const listener of this.#listeners) listener(change)
  }
}

function bucket(
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
