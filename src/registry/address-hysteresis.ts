/** Interfaces and relays come and go in bursts; every publication is signed, stored and sent to everybody. */
export const ADDRESSES_EVERY_MS = 10_000

export type AddressDecision = 'publish' | 'nothing' | { readonly afterMs: number }

/** Decides when a changed set of addresses is worth publishing. */
export class AddressHysteresis {
  #publishedAtMs = -Infinity

  /** At once when nothing that was published still holds; else at most every `ADDRESSES_EVERY_MS`. */
  decide(published: readonly string[], current: readonly string[], nowMs: number): AddressDecision {
    const [before, after] = [new Set(published), new Set(current)]
    const kept = [...before].filter((address) => after.has(address)).length
    if (kept === before.size && kept === after.size) return 'nothing'
    const waitMs = this.#publishedAtMs + ADDRESSES_EVERY_MS - nowMs
    if (waitMs <= 0 || kept === 0) {
      this.#publishedAtMs = nowMs
      return 'publish'
    }
    return { afterMs: waitMs }
  }
}
