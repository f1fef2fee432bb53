import type { DeviceId } from '../../../src/identity/device-id.ts'
import type { Standing } from '../../../src/network/gate.ts'
import type { GroupKeys } from '../../../src/network/group-keys.ts'
import type { TrustLog } from '../../../src/trust/trust-log.ts'
import type { VirtualProcess } from './virtual-process.ts'
import type { WireChannel } from './wire-channel.ts'

/** What the wire sees of a process. */
export interface Endpoint {
  readonly id: DeviceId
  readonly process: VirtualProcess
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  standing(peer: DeviceId): Standing
  isMember(peer: DeviceId): boolean
  /** What the peer's clock shows, as it said in the hello. */
  hearTime(peer: DeviceId, theirMs: number): void
  channel(protocol: string): WireChannel
  linkUp(peer: DeviceId, link: LinkEnd): void
  /** The other end gave up reading it, for the `breaks`th time on this connection. */
  streamLost(peer: DeviceId, protocol: string, breaks: number, link: LinkEnd): void
  linkDown(peer: DeviceId, link: LinkEnd): void
}

/** What a process sees of a connection. */
export interface LinkEnd {
  /** False when it is closed or its queue is full. */
  sendFrom(end: Endpoint, protocol: string, bytes: Uint8Array): boolean
  /** `orderly`: what was sent arrives before the end does. `abort`: it need not. */
  closeOf(end: Endpoint, how: 'orderly' | 'abort'): void
}
