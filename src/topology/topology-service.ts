import {
  HEALTH_FRAME_MAX_BYTES,
  LINK_STATES_PER_FRAME_MAX,
} from '../../protocols/health/constants.ts'
import type { LinkState } from '../../protocols/health/messages.ts'
import type { Clock } from '../clock/clock.ts'
import type { LinkStateOutlet, LinkStates } from '../health/health-components.ts'
import type { HealthRefusal } from '../health/health-error.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { NetworkId } from '../identity/network-id.ts'
import { LinkStateGate } from './link-state-gate.ts'
import { LinkStateTable, type Statement } from './link-state-table.ts'
import { OwnStatement } from './own-statement.ts'
import { SplitWatch } from './split-watch.ts'
import { TopologyHistory, type TopologyChange } from './topology-history.ts'
import { INTRODUCE_AFTER_MS, STALE_CHECK_EVERY_MS } from './topology-limits.ts'
import {
  groupsOf,
  linksOf,
  neighboursOf,
  viewsOf,
  whoSees,
  type Grouping,
  type TopologyLink,
  type TopologyView,
} from './topology.ts'

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
  readonly #gate: LinkStateGate
  readonly #own: OwnStatement
  readonly #splits = new SplitWatch()
  readonly #history = new TopologyHistory()
  readonly #listeners = new Set<TopologyListener>()
  readonly #neighbours = new Set<DeviceId>()
  readonly #introduceAt = new Map<DeviceId, number>()
  #outlet: LinkStateOutlet | undefined
  #grouping: Grouping | undefined
  #staleCheckMs = 0

  constructor(components: TopologyComponents) {
    this.#components = components
    const { self, network, clock, incarnation } = components
    this.#gate = new LinkStateGate({
      self,
      network,
      table: this.#table,
      verify: (device, bytes, signature) => components.verify(device, bytes, signature),
      isMember: (device) => components.isMember(device),
    })
    this.#own = new OwnStatement({
      self,
      network,
      clock,
      incarnation,
      sign: (bytes) => components.sign(bytes),
      own: () => this.#outlet?.own() ?? { links: [], views: [] },
      tell: (state, signed) => this.#tell(state, signed),
    })
  }

  // What the health room calls.

  attach(outlet: LinkStateOutlet): void {
    this.#outlet = outlet
  }

  opened(peer: DeviceId): void {
    this.#neighbours.add(peer)
    this.#introduceAt.set(peer, this.#nowMs() + INTRODUCE_AFTER_MS)
    const own = this.#table.get(this.#components.self)
    if (own !== undefined) this.#outlet?.send(peer, [own.signed])
  }

  closed(peer: DeviceId): void {
    this.#neighbours.delete(peer)
    this.#introduceAt.delete(peer)
    this.#gate.forget(peer)
  }

  ownChanged(): void {
    this.#own.changed()
  }

  gone(device: DeviceId): void {
    this.#table.markGone(device)
    this.#changed()
  }

  membersChanged(): void {
    const components = this.#components
    this.#table.retain((device) => device === components.self || components.isMember(device))
    this.#gate.membersChanged()
    this.#changed()
  }

  tick(): void {
    const nowMs = this.#nowMs()
    this.#own.tick(nowMs)
    for (const [peer, atMs] of this.#introduceAt) if (nowMs >= atMs) this.#introduce(peer)
    if (nowMs - this.#staleCheckMs >= STALE_CHECK_EVERY_MS) {
      this.#staleCheckMs = nowMs
      this.#outlet?.changed() // statements may have become stale
    }
    const { groups } = this.groups()
    const kind = this.#splits.review(groups, nowMs)
    if (kind !== undefined) this.#record({ kind, atMs: this.#components.clock.now(), groups })
  }

  received(from: DeviceId, signed: readonly Uint8Array[]): readonly HealthRefusal[] {
    const refusals: HealthRefusal[] = []
    const news: Statement[] = []
    for (const bytes of signed) {
      const verdict = this.#gate.judge(from, bytes, this.#nowMs())
      if (verdict.kind === 'refused') refusals.push(verdict.code)
      if (verdict.kind === 'older' && verdict.observer === from) this.#remind(from)
      if (verdict.kind !== 'news') continue
      if (verdict.state.observer === this.#components.self)
        this.#own.overtake(verdict.state.incarnation)
      else news.push(this.#put(verdict.state, verdict.canonical))
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
    const { self } = this.#components
    this.#grouping ??= groupsOf(this.#table, self, this.#components.members())
    return this.#grouping
  }

  /** Devices that state freshly to be connected to `device`. */
  whoSees(device: DeviceId): readonly DeviceId[] {
    return whoSees(this.#table, device, this.#nowMs())
  }

  neighboursOf(device: DeviceId): ReadonlySet<DeviceId> {
    return neighboursOf(this.#table, device, this.#nowMs())
  }

  /** What changed since then (wall clock), as far as it is still kept. */
  history(sinceMs: number): readonly TopologyChange[] {
    return this.#history.since(sinceMs)
  }

  #nowMs(): number {
    return this.#components.clock.monotonic()
  }

  #tell(state: LinkState, signed: Uint8Array): void {
    this.#put(state, signed)
    for (const peer of this.#neighbours) this.#outlet?.send(peer, [signed])
  }

  #put(state: LinkState, signed: Uint8Array): Statement {
    const { clock } = this.#components
    const atMs = clock.now()
    const before = this.#table.get(state.observer)
    const after = this.#table.put(state, signed, clock.monotonic(), atMs)
    const from = state.observer
    for (const to of after.peers) {
      if (before?.peers.has(to) !== true) this.#record({ kind: 'link-up', atMs, from, to })
    }
    for (const to of before?.peers ?? []) {
      if (!after.peers.has(to)) this.#record({ kind: 'link-down', atMs, from, to })
    }
    this.#changed()
    return after
  }

  /** Passes news on to those neighbours that have no link to the observer themselves. */
  #forward(from: DeviceId, news: readonly Statement[]): void {
    for (const peer of this.#neighbours) {
      if (peer !== from) this.#send(peer, news)
    }
  }

  /** It counts from an earlier point than in an earlier life; its old word lets it go ahead of that. */
  #remind(observer: DeviceId): void {
    const held = this.#table.get(observer)
    if (held !== undefined) this.#outlet?.send(observer, [held.signed])
  }

  /** Tells a new neighbour what it cannot hear first hand. */
  #introduce(peer: DeviceId): void {
    this.#introduceAt.delete(peer)
    this.#send(peer, this.#table.all())
  }

  #send(peer: DeviceId, statements: Iterable<Statement>): void {
    let batch: Uint8Array[] = []
    let bytes = 0
    for (const statement of statements) {
      if (this.#isLinked(statement, peer)) continue
      const { signed } = statement
      const isFull =
        bytes + signed.length > HEALTH_FRAME_MAX_BYTES / 2 ||
        batch.length >= LINK_STATES_PER_FRAME_MAX
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

  #isLinked({ state, peers }: Statement, peer: DeviceId): boolean {
    const { observer } = state
    return (
      observer === peer || peers.has(peer) || this.#table.get(peer)?.peers.has(observer) === true
    )
  }

  #changed(): void {
    this.#grouping = undefined
    this.#outlet?.changed()
  }

  #record(change: TopologyChange): void {
    this.#history.add(change)
    for (const listener of this.#listeners) listener(change)
  }
}
