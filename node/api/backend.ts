import type { z } from 'zod'
import type * as device from './contract/device.ts'
import type * as mesh from './contract/mesh.ts'
import type * as network from './contract/network.ts'

/** What the API asks of the node. One implementation: `node/device/device-node.ts`. Failures are `ApiError`s. */
export interface Backend {
  status(): Promise<mesh.Status>
  identity(): Promise<device.Identity>
  doctor(): Promise<mesh.DoctorReport>
  stop(): void

  networks(): Promise<network.Network[]>
  createNetwork(request: network.CreateNetwork): Promise<network.Network>
  /** Yields progress; the last line is `joined` or `failed`. */
  join(request: network.JoinRequest, signal: AbortSignal): AsyncIterable<network.JoinProgress>
  /** `selector`: network id, name or unique prefix; undefined is the current one. */
  network(selector?: string): NetworkBackend
  useNetwork(selector: string): Promise<network.Network>

  readonly events: EventSource
  readonly logs: LogSource
  readonly settings: SettingsBackend
}

/** Failures are `ApiError`s: `SETTING_UNKNOWN` for a key that does not exist, `BAD_REQUEST` for a bad value. */
export interface SettingsBackend {
  list(): Promise<mesh.Setting[]>
  get(key: string): Promise<mesh.Setting>
  /** Writes the file; the reply tells whether a restart is needed. */
  set(key: string, value: unknown): Promise<mesh.Setting>
  /** Takes the key out of the file; the reply is what holds now. */
  unset(key: string): Promise<mesh.Setting>
}

export interface NetworkBackend {
  readonly id: string
  show(): Promise<network.Network>
  rename(name: string): Promise<network.Network>
  leave(options: { erase: boolean; force: boolean }): Promise<network.Network>

  /** Every device, self first, then by name. */
  devices(): Promise<device.Device[]>
  /** `selector`: name, unique prefix, peer id or id tail. Throws `DEVICE_UNKNOWN` or `DEVICE_AMBIGUOUS`. */
  device(selector: string): Promise<device.Device>
  patchDevice(selector: string, patch: device.PatchDevice): Promise<device.Device>
  setRole(selector: string, request: z.output<typeof device.putRole>): Promise<device.Device>
  revoke(selector: string, reason: string): Promise<network.Revocation>
  forget(selector: string): Promise<void>
  revocations(): Promise<network.Revocation[]>

  invites(): Promise<network.Invite[]>
  createInvite(request: z.output<typeof network.createInvite>): Promise<network.CreatedInvite>
  cancelInvite(id: string): Promise<network.Invite>
  pendingJoins(): Promise<network.PendingJoin[]>
  /** `selector`: join id or device name, as `device` takes it. */
  approve(selector: string): Promise<device.Device>
  deny(selector: string): Promise<void>

  connections(selector?: string): Promise<device.Connection[]>
  topology(): Promise<mesh.Topology>
  path(selector: string): Promise<device.PathReport>
  ping(
    request: z.output<typeof device.pingRequest>,
    signal: AbortSignal,
  ): AsyncIterable<device.PingLine>
}

export interface EventSource {
  /** Differs after each start of the node, so that a reader notices that sequence numbers began anew. */
  readonly boot: string
  /** Sequence number of the newest event; 0 when there is none. */
  readonly lastSeq: number
  /** Kept events after `since`, oldest first, or undefined when some of them are no longer kept. */
  after(since: number): readonly mesh.Event[] | undefined
  /** Calls back for each new event, synchronously; the listener must not block. */
  listen(listener: (event: mesh.Event) => void): () => void
}

export interface LogSource {
  recent(): readonly mesh.LogLine[]
  listen(listener: (line: mesh.LogLine) => void): () => void
}
