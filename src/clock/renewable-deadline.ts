import type { Cancel, Clock } from './clock.ts'

/** Aborts its signal when `delayMs` have passed since it was made or last renewed. */
export class RenewableDeadline {
  readonly #clock: Clock
  readonly #delayMs: number
  readonly #controller = new AbortController()
  #cancel: Cancel

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock
    this.#delayMs = delayMs
    this.#cancel = this.#arm()
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  renew(): void {
    this.#cancel()
    this.#cancel = this.#arm()
  }

  #arm(): Cancel {
    return this.#clock.after(this.#delayMs, () =>
      this.#controller.abort(new DOMException(`not within ${this.#delayMs} ms`, 'TimeoutError')),
    )
  }
}
