import type { Channel } from '../../protocols/channel/channel.ts'
import type { PathKindText, StatedLink, StatedView } from '../../protocols/health/messages.ts'
import type { Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { HealthRefusal } from './health-error.ts'
import type { PeerHealth } from './peer-health.ts'
import type { Sightings } from './reachability.ts'

/** What the health room needs of the topology room: it carries its statements and believes what it holds. */
export interface LinkStates extends Sightings {
  /** Called once, before anything else. */
  attach(outlet: LinkStateOutlet): void
  received(from: DeviceId, signed: readonly Uint8Array[]): readonly HealthRefusal[]
  opened(peer: DeviceId): void
  closed(peer: DeviceId): void
  /** Our own links or views changed. */
  ownChanged(): void
  /** It is known to run no more: what it stated last says nothing about now. */
  gone(device: DeviceId): void
  membersChanged(): void
  tick(): void
}

export interface LinkStateOutlet {
  send(to: DeviceId, signed: readonly Uint8Array[]): boolean
  /** Our links and views as they are now. */
  own(): { readonly links: readonly StatedLink[]; readonly views: readonly StatedView[] }
  /** Somebody else's statement changed what we hold. */
  changed(): void
}

export interface HealthComponents {
  readonly self: DeviceId
  readonly channel: Channel
  readonly clock: Clock
  readonly linkStates: LinkStates
  /** The members now, with or without ourselves. */
  members(): Iterable<DeviceId>
  pathKind(peer: DeviceId): PathKindText
  /** Dial now, whatever the back-off says. */
  dial(peer: DeviceId): void
  /** Cut every connection to this peer: it is dead though nobody closed it. */
  disconnect(peer: DeviceId): void
}

export interface HealthListener {
  changed?(change: HealthChange): void
  /** A peer sent something that was refused. */
  refused?(peer: DeviceId, code: HealthRefusal): void
}

export interface HealthChange {
  readonly device: DeviceId
  readonly before: PeerHealth
  readonly after: PeerHealth
  /** Wall clock. */
  readonly atMs: number
}

export interface HealthReport extends PeerHealth {
  readonly sinceMs: number
  readonly lastHeardMs: number | null
}

export type PingOutcome =
  | { readonly kind: 'reply'; readonly rttMs: number }
  | { readonly kind: 'lost'; readonly reason: 'not-connected' | 'timeout' | 'aborted' }
