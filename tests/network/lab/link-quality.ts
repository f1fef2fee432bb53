/** How bad a link is; what is left out is as on a good one. */
export interface LinkQuality {
  /** One way. */
  readonly delayMs?: number
  /** Up to this much more or less, drawn for each packet; order is kept. */
  readonly jitterMs?: number
  /** Share of packets that never arrive, 0 to 1; 1 is a link that looks up and carries nothing. */
  readonly loss?: number
  /** Share of packets that are held back by `heldBackMs` and so overtaken. */
  readonly reorder?: number
  readonly heldBackMs?: number
  /** The same seed and the same packets have the same fate. */
  readonly seed?: number
}
