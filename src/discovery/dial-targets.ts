import type { DeviceId } from '../identity/device-id.ts'
import { FULL_MESH_MEMBERS_MAX } from './discovery-limits.ts'

/**
 * Whom to stay connected to. Small networks: everybody. Larger ones: the devices at distance 1, 2, 4, … on the
 * ring of sorted ids, both ways round, so that both ends want the link and any two are few hops apart.
 */
export function dialTargets(self: DeviceId, members: Iterable<DeviceId>): ReadonlySet<DeviceId> {
  const ring = [...new Set([...members, self])].sort()
  if (ring.length <= FULL_MESH_MEMBERS_MAX) return new Set(ring.filter((device) => device !== self))
  const at = ring.indexOf(self)
  const targets = new Set<DeviceId>()
  for (let distance = 1; distance <= ring.length / 2; distance *= 2) {
    for (const index of [at + distance, at - distance + ring.length]) {
      const device = ring[index % ring.length]
      if (device !== undefined && device !== self) targets.add(device)
    }
  }
  return targets
}
