import {
  PARKED_MAX_BYTES,
  PARKED_MAX_MS,
  PARKED_PER_AUTHOR_MAX,
} from '../../protocols/replica/constants.ts'
import type { Envelope } from './envelope.ts'
import { documentKey, type DocumentId } from './standing.ts'

interface Parked {
  readonly envelope: Envelope
  readonly atMs: number
}

/** Signed envelopes that came before the ones they follow. Losing one costs an exchange, not data. */
export class ParkingLot {
  readonly #byAuthor = new Map<string, Parked[]>()
  #bytes = 0

  /** False when the author's, or the whole, lot is full. */
  park(envelope: Envelope, nowMs: number): boolean {
    this.#expire(nowMs)
    const parked = this.#byAuthor.get(envelope.id.author) ?? []
    if (parked.some((other) => other.envelope.hash === envelope.hash)) return true
    if (
      parked.length >= PARKED_PER_AUTHOR_MAX ||
      this.#bytes + envelope.bytes.length > PARKED_MAX_BYTES
    )
      return false
    parked.push({ envelope, atMs: nowMs })
    this.#byAuthor.set(envelope.id.author, parked)
    this.#bytes += envelope.bytes.length
    return true
  }

  /** Takes out the envelope that stands at this place of the document, if one waits for it. */
  take(id: DocumentId, incarnation: number, seq: number): Envelope | undefined {
    const found = this.#byAuthor.get(id.author)?.find(({ envelope }) => {
      const { fields } = envelope
      return (
        documentKey(envelope.id) === documentKey(id) &&
        fields.incarnation === incarnation &&
        fields.seq === seq
      )
    })
    if (found !== undefined) this.#drop(id.author, (parked) => parked === found)
    return found?.envelope
  }

  forget(author: string): void {
    this.#drop(author, () => true)
  }

  get size(): number {
    return [...this.#byAuthor.values()].reduce((total, parked) => total + parked.length, 0)
  }

  #expire(nowMs: number): void {
    for (const author of [...this.#byAuthor.keys()])
      this.#drop(author, ({ atMs }) => nowMs - atMs > PARKED_MAX_MS)
  }

  #drop(author: string, isDropped: (parked: Parked) => boolean): void {
    const parked = this.#byAuthor.get(author) ?? []
    const kept = parked.filter((one) => !isDropped(one))
    for (const one of parked) if (isDropped(one)) this.#bytes -= one.envelope.bytes.length
    if (kept.length === 0) this.#byAuthor.delete(author)
    else this.#byAuthor.set(author, kept)
  }
}
