import type { Clock } from '../../src/clock/clock.ts'

export type RefusalKind =
  | 'foreign-host'
  | 'foreign-origin'
  | 'bad-target'
  | 'token-in-query'
  | 'no-credential'
  | 'bad-credential'
  | 'bad-launch'
  | 'bad-ticket'
  | 'late-ticket'
  | 'too-many-failures'
  | 'too-many-sockets'
  | 'too-many-connections'
  | 'slow-socket'
  | 'slow-request'
  | 'bad-request-line'
  | 'not-permitted'
  | 'wrong-door'

export interface ApiLogEntry {
  readonly level: 'error' | 'warn' | 'info' | 'debug'
  readonly subsystem: 'api'
  readonly message: string
  readonly fields: Readonly<Record<string, unknown>>
}
export type ApiLog = (entry: ApiLogEntry) => void

/** A flood of refusals must not become a flood of log lines. */
const LOG_PERIOD_MS = 60_000

/** Counts what the doors turned away and says so, once per kind and minute. */
export class Refusals {
  readonly #clock: Clock
  readonly #log: ApiLog
  readonly #counts = new Map<RefusalKind, number>()
  readonly #loggedAtMs = new Map<RefusalKind, number>()

  constructor(clock: Clock, log: ApiLog) {
    this.#clock = clock
    this.#log = log
  }

  /** How many of each kind since the start. */
  get counts(): ReadonlyMap<RefusalKind, number> {
    return this.#counts
  }

  count(kind: RefusalKind, fields: Readonly<Record<string, unknown>> = {}): void {
    const total = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, total)
    const nowMs = this.#clock.monotonic()
    const loggedAtMs = this.#loggedAtMs.get(kind)
    if (loggedAtMs !== undefined && nowMs - loggedAtMs < LOG_PERIOD_MS) return
    this.#loggedAtMs.set(kind, nowMs)
    this.#log({
      level: 'warn',
      subsystem: 'api',
      message: `refused: ${kind}`,
      fields: { ...fields, total },
    })
  }
}
