import type { DeviceId } from '../../src/identity/device-id.ts'
import type * as mesh from '../api/contract/mesh.ts'
import type * as network from '../api/contract/network.ts'

/** What the device as a whole knows of one of its networks. */
export interface NetworkPlace {
  readonly status: () => network.Network['status']
  readonly isCurrent: () => boolean
  /** The network has been left: it stops, and goes altogether if `erase`. */
  readonly left: (erase: boolean) => Promise<void>
  readonly forgotten: ReadonlySet<DeviceId>
  readonly forget: (id: DeviceId) => Promise<void>
  readonly publish: (type: mesh.EventType, device: DeviceId | null, text: string) => void
}
