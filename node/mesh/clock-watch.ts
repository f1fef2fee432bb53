import type { Cancel, Clock } from '../../src/clock/clock.ts'
import type { TrustTime } from '../../src/clock/trust-time.ts'
import type { HealthService } from '../../src/health/health-service.ts'
import type { TrustLog } from '../../src/trust/trust-log.ts'

/** Clocks drift slowly; a step is noticed at the next hello anyway. */
const COMPARE_EVERY_MS = 30_000

export interface ClockWatchComponents {
  readonly clock: Clock
  readonly time: TrustTime
  readonly trust: TrustLog
  readonly health: HealthService
  /** Called when this device's clock turns out to be far off, not again until it has been right. */
  readonly onSkewed: (errorMs: number) => void
}

/** Lets the admins that are connected say what time it is. */
export class ClockWatch {
  readonly #components: ClockWatchComponents
  #cancel: Cancel | undefined
  #isWrong = false

  constructor(components: ClockWatchComponents) {
    this.#components = components
  }

  start(): void {
    this.#cancel ??= this.#components.clock.every(COMPARE_EVERY_MS, () => this.#compare())
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #compare(): void {
    const { clock, time, trust, health, onSkewed } = this.#components
    for (const [peer, { role }] of trust.state.members) {
      const skew = role === 'owner' || role === 'admin' ? health.skewOf(peer) : undefined
      if (skew !== undefined) time.witness(peer, clock.now() + skew.offsetMs)
    }
    const isWrong = time.errorMs !== 0
    if (isWrong && !this.#isWrong) onSkewed(time.errorMs)
    this.#isWrong = isWrong
  }
}
