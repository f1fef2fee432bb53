import {
  KEY_MAX_BYTES,
  NESTING_MAX,
  ROOT_NAME,
  STRING_MAX_BYTES,
  UPDATE_DELETES_MAX,
  UPDATE_STRUCTS_MAX,
} from '../../protocols/replica/constants.ts'
import { ByteReader } from './byte-reader.ts'
import { Refusal } from './refusal.ts'

/** Yjs 13 update V1: the low five bits of a struct's info byte name its content. */
const CONTENT_TYPE = 7
const CONTENT_ANY = 8
const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_KEY = 0x20
const Y_MAP = 1

export interface UpdateExtent {
  readonly clockFrom: number
  readonly clockTo: number
}

/**
 * Reads a V1 update before Yjs sees it, and refuses everything a single writer of maps has no use for:
 * other clients, gaps, lists and texts, GC, Skip and Deleted structs (whose length costs nothing to claim),
 * foreign deletes, references to what does not exist yet. What passes leaves nothing pending in Yjs.
 */
export function scanUpdate(update: Uint8Array, client: number, clockFrom: number): UpdateExtent {
  const reader = new ByteReader(update)
  const clockTo = scanStructs(reader, client, clockFrom)
  scanDeletes(reader, client, clockTo)
  if (reader.remaining !== 0)
    throw new Refusal('MALFORMED', `${reader.remaining} bytes after the update`)
  return { clockFrom, clockTo }
}

function scanStructs(reader: ByteReader, client: number, clockFrom: number): number {
  const clients = reader.varUint()
  if (clients === 0) return clockFrom
  if (clients > 1) throw new Refusal('FOREIGN_CLIENT', `structs of ${clients} clients`)
  const count = reader.varUint()
  if (count > UPDATE_STRUCTS_MAX) throw new Refusal('TOO_MANY_STRUCTS', `${count} structs`)
  const writer = reader.varUint()
  if (writer !== client) throw new Refusal('FOREIGN_CLIENT', `structs of client ${writer}`)
  let clock = reader.varUint()
  if (clock !== clockFrom)
    throw new Refusal('CLOCK_GAP', `clock ${clock} where ${clockFrom} is next`)
  for (let i = 0; i < count; i += 1) clock += scanStruct(reader, client, clock)
  return clock
}

/** Returns how many clocks the struct takes. */
function scanStruct(reader: ByteReader, client: number, clock: number): number {
  const info = reader.byte()
  const content = info & 0x1f
  if (content !== CONTENT_TYPE && content !== CONTENT_ANY) {
    throw new Refusal('FORBIDDEN_CONTENT', `content of kind ${content}`)
  }
  if ((info & HAS_RIGHT_ORIGIN) !== 0 || (info & HAS_KEY) === 0) {
    throw new Refusal('FORBIDDEN_CONTENT', 'an item of a list')
  }
  if ((info & HAS_ORIGIN) === 0) scanParent(reader, client, clock)
  else scanReference(reader, client, clock)
  return content === CONTENT_TYPE ? scanType(reader) : scanValues(reader)
}

function scanParent(reader: ByteReader, client: number, clock: number): void {
  if (reader.varUint() === 1) {
    const root = reader.string(KEY_MAX_BYTES)
    if (root !== ROOT_NAME) throw new Refusal('UNKNOWN_ROOT', `root "${root}"`)
  } else {
    scanReference(reader, client, clock)
  }
  scanKey(reader)
}

function scanReference(reader: ByteReader, client: number, clock: number): void {
  const referred = reader.varUint()
  const at = reader.varUint()
  if (referred !== client) throw new Refusal('FOREIGN_CLIENT', `a reference to client ${referred}`)
  if (at >= clock) throw new Refusal('UNKNOWN_REFERENCE', `clock ${clock} refers to ${at}`)
}

function scanKey(reader: ByteReader): void {
  const key = reader.string(KEY_MAX_BYTES)
  if (key === '__proto__') throw new Refusal('FORBIDDEN_KEY', 'the key "__proto__"')
}

function scanType(reader: ByteReader): number {
  const type = reader.varUint()
  if (type !== Y_MAP) throw new Refusal('FORBIDDEN_CONTENT', `a shared type of kind ${type}`)
  return 1
}

function scanValues(reader: ByteReader): number {
  const count = reader.varUint()
  if (count === 0) throw new Refusal('MALFORMED', 'an item without content')
  if (count > reader.remaining)
    throw new Refusal('MALFORMED', `${count} values in ${reader.remaining} bytes`)
  for (let i = 0; i < count; i += 1) scanValue(reader, 1)
  return count
}

/** lib0's `any`: the tags that JSON can hold. */
function scanValue(reader: ByteReader, depth: number): void {
  if (depth > NESTING_MAX) throw new Refusal('NESTED_TOO_DEEP', `more than ${NESTING_MAX} levels`)
  const tag = reader.byte()
  switch (tag) {
    case 126: // null
    case 121: // false
    case 120: // true
      return
    case 125:
      reader.varInt()
      return
    case 124:
      return finite(reader.float(4))
    case 123:
      return finite(reader.float(8))
    case 119:
      reader.string(STRING_MAX_BYTES)
      return
    case 118:
      return scanObject(reader, depth)
    case 117:
      return scanArray(reader, depth)
    default: // undefined, bigint, bytes
      throw new Refusal('FORBIDDEN_CONTENT', `a value of kind ${tag}`)
  }
}

function scanObject(reader: ByteReader, depth: number): void {
  const members = reader.varUint()
  if (members > reader.remaining) throw new Refusal('MALFORMED', 'an object larger than its update')
  for (let i = 0; i < members; i += 1) {
    scanKey(reader)
    scanValue(reader, depth + 1)
  }
}

function scanArray(reader: ByteReader, depth: number): void {
  const items = reader.varUint()
  if (items > reader.remaining) throw new Refusal('MALFORMED', 'an array larger than its update')
  for (let i = 0; i < items; i += 1) scanValue(reader, depth + 1)
}

function finite(value: number): void {
  if (!Number.isFinite(value)) throw new Refusal('FORBIDDEN_CONTENT', 'a number that is not finite')
}

function scanDeletes(reader: ByteReader, client: number, clockTo: number): void {
  const clients = reader.varUint()
  if (clients === 0) return
  if (clients > 1) throw new Refusal('FOREIGN_DELETE', `deletes of ${clients} clients`)
  const writer = reader.varUint()
  if (writer !== client) throw new Refusal('FOREIGN_DELETE', `deletes of client ${writer}`)
  const ranges = reader.varUint()
  if (ranges > UPDATE_DELETES_MAX) throw new Refusal('TOO_MANY_STRUCTS', `${ranges} deletes`)
  for (let i = 0; i < ranges; i += 1) {
    const end = reader.varUint() + reader.varUint()
    if (end > clockTo) throw new Refusal('UNKNOWN_REFERENCE', `deletes up to ${end} of ${clockTo}`)
  }
}
