/** protons-runtime 7.1 writes unsigned numbers from 2^31 to 2^32 wrongly; as times they lie in early 1970. */
const WIRE_TIME_MIN_MS = 2 ** 32

/** Milliseconds since 1970 for the wire; 0, "not known", for a clock that was never set. */
export function timeToWire(timeMs: number): bigint {
  return timeMs < WIRE_TIME_MIN_MS ? 0n : BigInt(Math.floor(timeMs))
}
