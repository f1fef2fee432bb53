import { isUtf8 } from 'node:buffer'

/** The fields of a message that this version knows, by their numbers. */
export interface CanonicalShape {
  readonly fields: Readonly<Record<number, FieldKind>>
  /** First and last number of a `oneof`, those of later versions included: at most one field of them. */
  readonly oneof?: readonly [number, number]
}

/** `list`: repeated bytes. */
export type FieldKind = 'bytes' | 'list' | 'text' | 'flag' | 'uint32' | 'uint64' | CanonicalShape

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5
/** Numbers have 29 bits, wire types 3. */
const TAG_BITS = 32

/**
 * Whether the known fields of a protobuf message are written in the one way that this project writes them: numbers
 * in ascending order, each once (lists apart), with its own wire type, varints in the fewest bytes, defaults left out,
 * text in UTF-8. Decoders differ in what they make of anything else, so nothing else may be signed. Fields of later
 * versions pass in their place by number; what is in them is for those versions to judge.
 */
export function isCanonical(bytes: Uint8Array, shape: CanonicalShape): boolean {
  const reader = new Reader(bytes)
  let last = 0
  let isChosen = false
  while (!reader.isAtEnd) {
    const tag = reader.varint(TAG_BITS)
    if (tag === undefined) return false
    const number = Math.floor(tag / 8)
    const kind = shape.fields[number]
    const mayRepeat = kind === undefined || kind === 'list'
    if (number < 1 || number < last || (number === last && !mayRepeat)) return false
    last = number
    const wireType = tag % 8
    if (shape.oneof !== undefined && number >= shape.oneof[0] && number <= shape.oneof[1]) {
      if (isChosen || wireType !== BYTES) return false
      isChosen = true
    }
    if (!(kind === undefined ? reader.skip(wireType) : isField(reader, wireType, kind)))
      return false
  }
  return true
}

function isField(reader: Reader, wireType: number, kind: FieldKind): boolean {
  if (kind === 'flag' || kind === 'uint32' || kind === 'uint64') {
    const value = wireType === VARINT ? reader.varint(kind === 'uint64' ? 64 : 32) : undefined
    return value !== undefined && value > 0 && (kind !== 'flag' || value === 1)
  }
  const value = wireType === BYTES ? reader.bytes() : undefined
  if (value === undefined) return false
  if (kind === 'list') return true
  if (kind === 'bytes') return value.length > 0
  if (kind === 'text') return value.length > 0 && isUtf8(value)
  return isCanonical(value, kind)
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  /** Undefined unless it ends, has no needless bytes and fits the bits. Above 2^53 only its size is right. */
  varint(bits: 32 | 64): number | undefined {
    let value = 0
    for (let place = 0; place * 7 < bits; place++) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) return undefined
      value += (byte & 127) * 2 ** (7 * place)
      if (byte > 127) continue
      const isShortest = byte > 0 || place === 0
      const fits = byte < 2 ** (bits - 7 * place)
      return isShortest && fits ? value : undefined
    }
    return undefined
  }

  bytes(): Uint8Array | undefined {
    const length = this.varint(32)
    return length === undefined ? undefined : this.#take(length)
  }

  skip(wireType: number): boolean {
    switch (wireType) {
      case VARINT:
        return this.varint(64) !== undefined
      case FIXED64:
        return this.#take(8) !== undefined
      case BYTES:
        return this.bytes() !== undefined
      case FIXED32:
        return this.#take(4) !== undefined
      default:
        return false
    }
  }

  #take(length: number): Uint8Array | undefined {
    const end = this.#at + length
    if (end > this.#bytes.length) return undefined
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
