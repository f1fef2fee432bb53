import type { ComponentLogger } from '@libp2p/interface'
import type { LogSource, SettingsBackend } from '../api/backend.ts'
import type { Settings } from '../settings/schema.ts'
import type { Log } from './log.ts'
import type { Passphrase } from './passphrase.ts'
import type { Paths } from './paths.ts'

/** What the process offers to the node inside it. */
export interface DaemonHooks {
  readonly version: string
  /** A log for each subsystem. */
  readonly log: (subsystem: string) => Log
  /** The same, for `createLibp2p({ logger })`. */
  readonly libp2pLogger: ComponentLogger | undefined
  /** What the API's `logs` routes read. */
  readonly logs: LogSource
  /** What the API's `config` routes read and write. */
  readonly settings: SettingsBackend
  readonly passphrase: Passphrase | undefined
  /** Ends the process in good order; what `Backend.stop()` calls. Returns at once. */
  readonly requestStop: () => void
}

export interface RunningDaemon {
  /** Where the page is served, or null. */
  readonly ui: string | null
  /** Closes everything; called once. */
  stop(): Promise<void>
}

/**
 * Starts a node: opens the store, the networks, and the API's doors (the unix socket at `paths.socket` last, since
 * whoever waits for the node waits for it). The directories exist and are private; the home is locked.
 */
export type StartDaemon = (
  settings: Settings,
  paths: Paths,
  hooks: DaemonHooks,
) => Promise<RunningDaemon>
