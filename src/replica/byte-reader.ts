import { Refusal } from './refusal.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Reads lib0's encodings from foreign bytes without ever allocating by a number those bytes claim. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #position = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get remaining(): number {
    return this.#bytes.length - this.#position
  }

  byte(): number {
    const byte = this.#bytes[this.#position]
    if (byte === undefined) throw new Refusal('MALFORMED', 'update ends early')
    this.#position += 1
    return byte
  }

  skip(length: number): void {
    if (length > this.remaining) throw new Refusal('MALFORMED', 'update ends early')
    this.#position += length
  }

  /** Unsigned, 7 bits per byte, at most 2^53 - 1. */
  varUint(): number {
    return this.#varint(this.byte(), 0x80, 0x7f)
  }

  /** Signed: bit 7 of the first byte is the sign. */
  varInt(): void {
    this.#varint(this.byte(), 0x80, 0x3f)
  }

  string(maxBytes: number): string {
    const length = this.varUint()
    if (length > this.remaining) throw new Refusal('MALFORMED', 'a string longer than its update')
    if (length > maxBytes) throw new Refusal('STRING_TOO_LONG', `a string of ${length} bytes`)
    const start = this.#position
    this.#position += length
    try {
      return utf8.decode(this.#bytes.subarray(start, this.#position))
    } catch (cause) {
      throw new Refusal('MALFORMED', 'a string that is no UTF-8', { cause })
    }
  }

  float(bytes: 4 | 8): number {
    const start = this.#position
    this.skip(bytes)
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start, bytes)
    return bytes === 4 ? view.getFloat32(0) : view.getFloat64(0)
  }

  #varint(first: number, more: number, mask: number): number {
    let value = first & mask
    let factor = mask + 1
    let byte = first
    while ((byte & more) !== 0) {
      byte = this.byte()
      value += (byte & 0x7f) * factor
      factor *= 128
      if (value > Number.MAX_SAFE_INTEGER) throw new Refusal('MALFORMED', 'a number above 2^53')
      if (factor > Number.MAX_SAFE_INTEGER * 128)
        throw new Refusal('MALFORMED', 'a number of too many bytes')
    }
    return value
  }
}
