import type { Cancel, Clock } from '../../../src/clock/clock.ts'
import type { Dice } from './dice.ts'
import type { VirtualTime } from './virtual-time.ts'

/** The battery-backed clock of a machine: what `now` says, apart from the truth. */
export interface WallClock {
  offsetMs: number
  /** Parts per million that it runs fast. */
  readonly driftPpm: number
}

/** One process on one machine: it can be killed, kept off the CPU, or put to sleep with its machine. */
export class VirtualProcess implements Clock {
  readonly #time: VirtualTime
  readonly #wall: WallClock
  readonly #dice: Dice
  /** Virtual time that its monotonic clock has missed. */
  #missedMs = 0
  #asleepSinceMs: number | undefined
  #isStalled = false
  #backlog: (() => void)[] = []
  #isDead = false

  constructor(parts: {
    readonly time: VirtualTime
    readonly wall: WallClock
    readonly dice: Dice
  }) {
    this.#time = parts.time
    this.#wall = parts.wall
    this.#dice = parts.dice
  }

  get isDead(): boolean {
    return this.#isDead
  }

  get isPaused(): boolean {
    return this.#isStalled || this.#asleepSinceMs !== undefined
  }

  get isAsleep(): boolean {
    return this.#asleepSinceMs !== undefined
  }

  now(): number {
    const { nowMs } = this.#time
    return Math.floor(nowMs * (1 + this.#wall.driftPpm / 1e6) + this.#wall.offsetMs)
  }

  monotonic(): number {
    return (this.#asleepSinceMs ?? this.#time.nowMs) - this.#missedMs
  }

  random(): number {
    return this.#dice.throw()
  }

  after(delayMs: number, callback: () => void): Cancel {
    let isCancelled = false
    let cancel: Cancel = () => {}
    // Node's timers know whole milliseconds only, and none below one.
    const dueMs = this.monotonic() + Math.max(1, Math.trunc(delayMs))
    const fire = (): void => {
      if (isCancelled) return
      if (this.monotonic() < dueMs - 1e-6) arm() // the machine slept meanwhile
      else callback()
    }
    const arm = (): void => {
      cancel = this.#time.at(dueMs + this.#missedMs, () => this.arrive(fire))
    }
    arm()
    return () => {
      isCancelled = true
      cancel()
    }
  }

  every(periodMs: number, callback: () => void): Cancel {
    let cancel: Cancel = () => {}
    const arm = (): void => {
      cancel = this.after(periodMs, () => {
        arm()
        callback()
      })
    }
    arm()
    return () => cancel()
  }

  /** Something reaches the event loop: at once, or when the process runs again. */
  arrive(callback: () => void): void {
    if (this.#isDead) return
    if (this.isPaused) this.#backlog.push(callback)
    else callback()
  }

  kill(): void {
    this.#isDead = true
    this.#backlog = []
  }

  /** SIGSTOP, or starved of the CPU: time goes on without it. */
  stall(): void {
    this.#isStalled = true
  }

  /** Suspend: the monotonic clock stands still too. */
  sleep(): void {
    this.#asleepSinceMs ??= this.#time.nowMs
  }

  resume(): void {
    if (this.#asleepSinceMs !== undefined) this.#missedMs += this.#time.nowMs - this.#asleepSinceMs
    this.#asleepSinceMs = undefined
    this.#isStalled = false
    const backlog = this.#backlog
    this.#backlog = []
    for (const callback of backlog) this.#time.in(0, () => this.arrive(callback))
  }
}
