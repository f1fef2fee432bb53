/** Milliseconds since 1970 for the wire; 0, "not known", for a clock that stands before that. */
export function timeToWire(timeMs: number): bigint {
  return BigInt(Math.max(0, Math.floor(timeMs)))
}
