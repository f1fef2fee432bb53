import { crc32 } from 'node:zlib'

/** A running digest of everything that happened, in order: two runs of one seed must end with the same. */
export class EventHash {
  #high = 0x811c9dc5
  #low = 0x01000193
  readonly #number = new Float64Array(1)
  readonly #words = new Uint32Array(this.#number.buffer)

  time(ms: number): void {
    this.#number[0] = ms
    this.#mix(this.#words[0] ?? 0)
    this.#mix(this.#words[1] ?? 0)
  }

  bytes(bytes: Uint8Array | string): void {
    this.#mix(crc32(bytes))
  }

  toString(): string {
    return [this.#high, this.#low].map((half) => half.toString(16).padStart(8, '0')).join('')
  }

  #mix(word: number): void {
    this.#high = Math.imul(this.#high ^ word, 0x01000193) >>> 0
    this.#low = (Math.imul(this.#low, 0x85ebca6b) + (this.#high ^ (word >>> 15))) >>> 0
  }
}
