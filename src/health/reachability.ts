import type { DeviceId } from '../identity/device-id.ts'

/** What others have stated about their own links. Statements that are stale are left out. */
export interface Sightings {
  /** When `observer` last stated its links, by our monotonic clock; undefined when it has not of late. */
  statedAt(observer: DeviceId): number | undefined
  linksOf(observer: DeviceId): Iterable<DeviceId>
  /** Devices that `observer` itself found to have failed. */
  failuresOf(observer: DeviceId): Iterable<DeviceId>
}

/** Nobody has stated anything. */
export const NO_SIGHTINGS: Sightings = {
  statedAt: () => undefined,
  linksOf: () => [],
  failuresOf: () => [],
}

export interface Reach {
  /** Devices connected to something that we reach, with those who say so. */
  readonly via: ReadonlyMap<DeviceId, readonly DeviceId[]>
  /** Devices that somebody we reach found failed: when each said so. */
  readonly failures: ReadonlyMap<DeviceId, readonly number[]>
}

const VIA_MAX = 8

/**
 * Walks the stated links outwards from the devices we hear ourselves. `counts` decides whether a statement
 * is news about a device: one made before we lost it says nothing about now.
 */
export function reachOf(
  heard: Iterable<DeviceId>,
  sightings: Sightings,
  counts: (device: DeviceId, observer: DeviceId, statedAtMs: number) => boolean,
): Reach {
  const via = new Map<DeviceId, DeviceId[]>()
  const failures = new Map<DeviceId, number[]>()
  const queue = [...heard]
  const visited = new Set(queue)
  // The queue grows while it is walked; each device enters it once.
  for (const observer of queue) {
    const statedAtMs = sightings.statedAt(observer)
    if (statedAtMs === undefined) continue
    for (const device of sightings.linksOf(observer)) {
      if (!counts(device, observer, statedAtMs)) continue
      const observers = via.get(device)
      if (observers === undefined) via.set(device, [observer])
      else if (observers.length < VIA_MAX) observers.push(observer)
      if (visited.has(device)) continue
      visited.add(device)
      queue.push(device)
    }
    for (const device of sightings.failuresOf(observer)) {
      const times = failures.get(device)
      if (times === undefined) failures.set(device, [statedAtMs])
      else if (times.length < VIA_MAX) times.push(statedAtMs)
    }
  }
  return { via, failures }
}
