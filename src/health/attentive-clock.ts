import { STRAIN_MAX } from '../../protocols/health/constants.ts'

const LATE_MS = 100
const VERY_LATE_MS = 500
const STALLED_MS = 1_000
/** One point is forgiven for each second of punctual ticks. */
const FORGIVE_MS = 1_000

/**
 * Time during which this process could have noticed anything, after Lifeguard (Dadgar et al., 2018).
 * A process that was kept off the CPU finds its timers due before it has read what arrived meanwhile; counting
 * that time would turn its own nap into everybody else's silence. So a late tick counts as one punctual
 * tick and a little, and lateness leaves a strain behind that widens every timeout for a while.
 */
export class AttentiveClock {
  readonly #tickMs: number
  #lastTickMs: number | undefined
  #attentiveMs = 0
  #strain = 0
  #punctualMs = 0

  constructor(tickMs: number) {
    this.#tickMs = tickMs
  }

  /** 0 (punctual) to 8. */
  get strain(): number {
    return this.#strain
  }

  /** Attentive time at `nowMs` (monotonic). */
  at(nowMs: number): number {
    if (this.#lastTickMs === undefined) return this.#attentiveMs
    return this.#attentiveMs + this.#counted(nowMs - this.#lastTickMs)
  }

  /** Returns by how much the tick was late. */
  tick(nowMs: number): number {
    if (this.#lastTickMs === undefined) {
      this.#lastTickMs = nowMs
      return 0
    }
    const elapsedMs = nowMs - this.#lastTickMs
    const lateMs = Math.max(0, elapsedMs - this.#tickMs)
    this.#attentiveMs += this.#counted(elapsedMs)
    this.#lastTickMs = nowMs
    this.#learn(lateMs)
    return lateMs
  }

  #counted(elapsedMs: number): number {
    return Math.max(0, Math.min(elapsedMs, this.#tickMs + LATE_MS))
  }

  #learn(lateMs: number): void {
    if (lateMs < LATE_MS) {
      this.#punctualMs += this.#tickMs
      if (this.#punctualMs < FORGIVE_MS) return
      this.#punctualMs = 0
      this.#strain = Math.max(0, this.#strain - 1)
      return
    }
    this.#punctualMs = 0
    const points = lateMs >= STALLED_MS ? 4 : lateMs >= VERY_LATE_MS ? 2 : 1
    this.#strain = Math.min(STRAIN_MAX, this.#strain + points)
  }
}
