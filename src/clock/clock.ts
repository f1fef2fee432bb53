/** Ends a timer; calling it again does nothing. */
export type Cancel = () => void

/**
 * Time and chance as everything in `src` sees them, so that a simulated mesh can supply its own.
 * The rules take `now` as an argument instead; only the shells around them hold a clock.
 */
export interface Clock {
  /** Wall-clock time in ms since 1970. May step in either direction; never orders anything. */
  now(): number
  /** Milliseconds from an arbitrary start; never goes back, stands still while the machine sleeps. */
  monotonic(): number
  /** Calls `callback` once, `delayMs` from now. A pending timer does not keep the process alive. */
  after(delayMs: number, callback: () => void): Cancel
  /** Calls `callback` every `periodMs`. */
  every(periodMs: number, callback: () => void): Cancel
  /** A number in [0, 1), for jitter and sampling; never for keys. */
  random(): number
}
