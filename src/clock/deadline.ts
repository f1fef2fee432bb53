import type { Clock } from './clock.ts'

/** A signal that aborts after `delayMs`, by the given clock. */
export function deadline(clock: Clock, delayMs: number): AbortSignal {
  const controller = new AbortController()
  clock.after(delayMs, () =>
    controller.abort(new DOMException(`not within ${delayMs} ms`, 'TimeoutError')),
  )
  return controller.signal
}
