import type { ProtoField, ProtoSchema } from './proto-schema.ts'

/** One field on the wire. */
export interface WireField {
  readonly number: number
  readonly wireType: number
  /** Of a varint or a fixed number; 0 for bytes. */
  readonly value: bigint
  readonly bytes: Uint8Array
}

/** Splits a message into its fields, with the patience that the specification asks for. Throws when they do not end. */
export function wireFields(message: Uint8Array): WireField[] {
  const fields: WireField[] = []
  let at = 0
  const take = (length: number): Uint8Array => {
    if (at + length > message.length) throw new RangeError('a field is cut short')
    at += length
    return message.subarray(at - length, at)
  }
  const varint = (): bigint => {
    let value = 0n
    for (let place = 0n; place < 10n; place++) {
      const [byte = 0] = take(1)
      value |= BigInt(byte & 127) << (7n * place)
      if (byte < 128) return BigInt.asUintN(64, value)
    }
    throw new RangeError('a varint without end')
  }
  while (at < message.length) {
    const tag = Number(varint())
    const field = { number: Math.floor(tag / 8), wireType: tag % 8, value: 0n, bytes: message }
    if (field.wireType === 0) fields.push({ ...field, value: varint() })
    else if (field.wireType === 1) fields.push({ ...field, bytes: take(8) })
    else if (field.wireType === 2) fields.push({ ...field, bytes: take(Number(varint())) })
    else if (field.wireType === 5) fields.push({ ...field, bytes: take(4) })
    else throw new RangeError(`wire type ${field.wireType}`)
  }
  return fields
}

/**
 * A message as the protobuf specification reads it: of a `oneof`, and of a field that comes twice, the last on the wire
 * counts; a known number with another wire type is an unknown field; text has to be UTF-8.
 */
export function readAsOthersDo(
  message: Uint8Array,
  schema: ProtoSchema,
  name: string,
): Record<string, unknown> {
  const known = schema.messages.get(name) ?? new Map<number, ProtoField>()
  const read: Record<string, unknown> = {}
  for (const field of known.values()) {
    if (field.isRepeated) read[field.name] = []
    else if (field.oneof === undefined) read[field.name] = defaultOf(field, schema)
  }
  for (const { number, wireType, value, bytes } of wireFields(message)) {
    const field = known.get(number)
    if (field === undefined || wireType !== wireTypeOf(field, schema)) continue
    for (const other of known.values())
      if (field.oneof !== undefined && other.oneof === field.oneof) delete read[other.name]
    const content = contentOf(field, value, bytes, schema)
    if (field.isRepeated) (read[field.name] as unknown[]).push(content)
    else read[field.name] = content
  }
  return read
}

/** What our decoder made of it, in the same words. */
export function plain(message: object): unknown {
  return JSON.parse(
    JSON.stringify(message, (_key, value: unknown) => {
      if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
      return typeof value === 'bigint' ? value.toString() : value
    }),
  )
}

function wireTypeOf({ type }: ProtoField, schema: ProtoSchema): number {
  return ['bool', 'uint32', 'uint64'].includes(type) || schema.enums.has(type) ? 0 : 2
}

function contentOf(
  { type }: ProtoField,
  value: bigint,
  bytes: Uint8Array,
  schema: ProtoSchema,
): unknown {
  if (type === 'bool') return value !== 0n
  if (type === 'uint32') return Number(BigInt.asUintN(32, value))
  if (type === 'uint64') return value
  if (type === 'bytes') return bytes
  if (type === 'string')
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  return schema.enums.get(type)?.get(Number(value)) ?? readAsOthersDo(bytes, schema, type)
}

function defaultOf({ type }: ProtoField, schema: ProtoSchema): unknown {
  if (type === 'bool') return false
  if (type === 'uint32') return 0
  if (type === 'uint64') return 0n
  if (type === 'string') return ''
  return schema.enums.get(type)?.get(0) ?? new Uint8Array(0)
}
