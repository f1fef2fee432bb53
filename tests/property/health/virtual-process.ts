import type { Cancel, Clock } from '../../../src/clock/clock.ts'
import type { VirtualTime } from './virtual-time.ts'

/**
 * One process with an event loop as Node's: while it is off the CPU nothing runs; once it is back, timers
 * that became due come before whatever arrived meanwhile.
 */
export class VirtualProcess implements Clock {
  readonly #time: VirtualTime
  readonly random: () => number
  #offUntilMs = 0
  #timers: (() => void)[] = []
  #arrivals: (() => void)[] = []
  #isDead = false
  /** Wall clock minus the true time. */
  skewMs = 0

  constructor(time: VirtualTime, random: () => number) {
    this.#time = time
    this.random = random
  }

  get isDead(): boolean {
    return this.#isDead
  }

  get isFrozen(): boolean {
    return this.#time.nowMs < this.#offUntilMs
  }

  kill(): void {
    this.#isDead = true
    this.#timers = []
    this.#arrivals = []
  }

  /** Off the CPU for so long (SIGSTOP, starvation). */
  freeze(forMs: number): void {
    const untilMs = this.#time.nowMs + forMs
    if (untilMs <= this.#offUntilMs) return
    this.#offUntilMs = untilMs
    this.#time.at(untilMs, () => this.#thaw())
  }

  now(): number {
    return 1_800_000_000_000 + this.#time.nowMs + this.skewMs
  }

  monotonic(): number {
    return this.#time.nowMs
  }

  after(delayMs: number, callback: () => void): Cancel {
    let isCancelled = false
    this.#time.at(this.#time.nowMs + delayMs, () =>
      this.#run(() => isCancelled || callback(), this.#timersOf),
    )
    return () => {
      isCancelled = true
    }
  }

  every(periodMs: number, callback: () => void): Cancel {
    let isCancelled = false
    const schedule = (): void => {
      this.after(periodMs, () => {
        if (isCancelled) return
        schedule()
        callback()
      })
    }
    schedule()
    return () => {
      isCancelled = true
    }
  }

  /** Something from outside reaches the event loop. */
  arrive(callback: () => void): void {
    this.#run(callback, this.#arrivalsOf)
  }

  readonly #timersOf = (): (() => void)[] => this.#timers
  readonly #arrivalsOf = (): (() => void)[] => this.#arrivals

  #run(callback: () => void, queue: () => (() => void)[]): void {
    if (this.#isDead) return
    if (this.isFrozen) queue().push(callback)
    else callback()
  }

  #thaw(): void {
    if (this.#isDead || this.isFrozen) return
    const callbacks = [...this.#timers, ...this.#arrivals]
    this.#timers = []
    this.#arrivals = []
    for (const callback of callbacks) if (!this.#isDead) callback()
  }
}
