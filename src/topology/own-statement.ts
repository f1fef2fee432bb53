import type { StatedLink, StatedView } from '../../protocols/health/messages.ts'
import { LINKS_MAX, VIEWS_MAX } from '../../protocols/health/constants.ts'
import { LOSS_CHANGE, RTT_CHANGE_MS, RTT_CHANGE_SHARE } from './topology-limits.ts'

export interface Statable {
  readonly links: readonly StatedLink[]
  readonly views: readonly StatedView[]
}

/** How much of a change it is: `set` is told at once, `figures` when there is time. */
export function changeBetween(told: Statable, now: Statable): 'none' | 'figures' | 'set' {
  const before = new Map(told.links.map((link) => [link.peer, link]))
  if (before.size !== now.links.length || now.links.some((link) => !before.has(link.peer))) return 'set'
  const views = new Map(told.views.map((view) => [view.device, view.health]))
  if (views.size !== now.views.length || now.views.some((view) => views.get(view.device) !== view.health)) return 'set'
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
  if (Math.abs(told.loss - now.loss) > LOSS_CHANGE) return true
  if (told.rttMs === null || now.rttMs === null) return told.rttMs !== now.rttMs
  return Math.abs(told.rttMs - now.rttMs) > told.rttMs * RTT_CHANGE_SHARE + RTT_CHANGE_MS
}
