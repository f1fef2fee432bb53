import type { DeviceId } from '../../src/identity/device-id.ts'

/** Kinds of offences remembered, over all peers; the oldest is forgotten first. */
const KINDS_MAX = 1_024
const SHOWN_EVERY = 1_000

/** Counts what peers do wrong, and says what is worth a line: the first of a kind, then every thousandth. */
export class Offences {
  readonly #counts = new Map<string, number>()

  /** How often this has happened, if that is to be said; undefined otherwise. */
  count(peer: DeviceId, room: string, code: string): number | undefined {
    const kind = `${peer} ${room} ${code}`
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.delete(kind)
    this.#counts.set(kind, count)
    if (this.#counts.size > KINDS_MAX) {
      const [oldest] = this.#counts.keys()
      if (oldest !== undefined) this.#counts.delete(oldest)
    }
    return count === 1 || count % SHOWN_EVERY === 0 ? count : undefined
  }
}
