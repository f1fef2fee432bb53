import type { TrustChange } from '../../src/trust/trust-log.ts'
import type { WaitingJoin } from '../../src/network/join-service.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { HealthChange } from '../../src/health/health-service.ts'
import type { TopologyChange } from '../../src/topology/topology-history.ts'
import type { Refusal } from '../../src/network/gate.ts'
import type { Role } from '../../src/trust/role.ts'

/** What one network tells the rest of the process. Facts in the past tense; nothing is asked. */
export interface MeshListener {
  trustChanged(change: TrustChange): void
  deviceChanged(device: DeviceId): void
  healthChanged(change: HealthChange): void
  topologyChanged(change: TopologyChange): void
  linkOpened(peer: DeviceId): void
  linkClosed(peer: DeviceId): void
  joinRequested(join: WaitingJoin): void
  joinAdmitted(device: DeviceId, name: string, role: Role): void
  joinRefused(device: DeviceId, name: string, reason: string): void
  gateRefused(peer: DeviceId, what: string, refusal: Refusal, count: number): void
  refusedByPeer(peer: DeviceId, refusal: string): void
  offence(peer: DeviceId, room: string, code: string, detail: string): void
  quarantined(author: DeviceId | undefined, code: string, detail: string): void
  forked(author: DeviceId): void
  interfacesChanged(added: readonly string[], removed: readonly string[]): void
  /** Work in the background failed; nothing is lost, it is tried again. */
  failed(what: string, err: unknown): void
  /** The admins agree that this device's clock is wrong by so much, ahead when positive. */
  clockSkewed(errorMs: number): void
  receiptApplied(revocationId: string, device: DeviceId): void
}
