import type { PathKindText, StatedView } from '../../protocols/health/messages.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { LinkStateTable } from './link-state-table.ts'

export interface TopologyLink {
  /** Who states it. */
  readonly from: DeviceId
  readonly to: DeviceId
  readonly kind: PathKindText
  readonly rttMs: number | null
  readonly loss: number
  /** Wall clock of when we learned it. */
  readonly atMs: number
  readonly isStale: boolean
}

export interface TopologyView {
  readonly observer: DeviceId
  readonly device: DeviceId
  readonly health: StatedView['health']
}

export interface Grouping {
  /** Devices that see each other: ours first, then others of two or more, largest first. */
  readonly groups: readonly (readonly DeviceId[])[]
  /** Devices that nobody says to see. */
  readonly alone: readonly DeviceId[]
}

/** Every link that anybody states, once for each end that states it. */
export function linksOf(table: LinkStateTable, nowMs: number): readonly TopologyLink[] {
  const links: TopologyLink[] = []
  for (const { state, atMs } of table.all()) {
    const isStale = table.fresh(state.observer, nowMs) === undefined
    for (const { peer, kind, rttMs, loss } of state.links) {
      links.push({ from: state.observer, to: peer, kind, rttMs, loss, atMs, isStale })
    }
  }
  return links
}

/** What each observer thinks of the devices that it has an opinion on. */
export function viewsOf(table: LinkStateTable): readonly TopologyView[] {
  const views: TopologyView[] = []
  for (const { state } of table.all()) {
    if (table.isGone(state.observer)) continue
    for (const link of state.links)
      views.push({ observer: state.observer, device: link.peer, health: 'alive' })
    for (const view of state.views) views.push({ observer: state.observer, ...view })
  }
  return views
}

/** Devices that state freshly to be connected to `device`. */
export function whoSees(
  table: LinkStateTable,
  device: DeviceId,
  nowMs: number,
): readonly DeviceId[] {
  const observers: DeviceId[] = []
  for (const { state } of table.all()) {
    if (table.fresh(state.observer, nowMs)?.peers.has(device) === true)
      observers.push(state.observer)
  }
  return observers
}

/** Devices that `device` states freshly to be connected to, or that state it of `device`. */
export function neighboursOf(
  table: LinkStateTable,
  device: DeviceId,
  nowMs: number,
): ReadonlySet<DeviceId> {
  return new Set([...(table.fresh(device, nowMs)?.peers ?? []), ...whoSees(table, device, nowMs)])
}

/**
 * Connected components of the links that hold. A link holds when one end states it and the other end does not
 * deny it: it states it too, or has stated nothing. Stale statements count here, because a device that we can
 * no longer hear may well see those it saw last; but a device whose process is known to be gone sees nobody.
 */
export function groupsOf(
  table: LinkStateTable,
  self: DeviceId,
  members: Iterable<DeviceId>,
): Grouping {
  const all = new Set([self, ...members])
  const parent = new Map<DeviceId, DeviceId>([...all].map((device) => [device, device]))
  for (const { state, peers } of table.all()) {
    if (!all.has(state.observer) || table.isGone(state.observer)) continue
    for (const peer of peers) {
      if (!all.has(peer) || table.isGone(peer)) continue
      const other = table.get(peer)
      if (other === undefined || other.peers.has(state.observer)) join(parent, state.observer, peer)
    }
  }
  const components = new Map<DeviceId, DeviceId[]>()
  for (const device of all) {
    const root = rootOf(parent, device)
    components.set(root, [...(components.get(root) ?? []), device])
  }
  const ours: DeviceId[][] = []
  const others: DeviceId[][] = []
  const alone: DeviceId[] = []
  for (const component of components.values()) {
    component.sort()
    if (component.includes(self)) ours.push(component)
    else if (component.length > 1) others.push(component)
    else alone.push(...component)
  }
  others.sort((a, b) => b.length - a.length || (String(a) < String(b) ? -1 : 1))
  return { groups: [...ours, ...others], alone: alone.sort() }
}

function rootOf(parent: Map<DeviceId, DeviceId>, device: DeviceId): DeviceId {
  let root = device
  for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
  parent.set(device, root)
  return root
}

function join(parent: Map<DeviceId, DeviceId>, a: DeviceId, b: DeviceId): void {
  parent.set(rootOf(parent, a), rootOf(parent, b))
}
