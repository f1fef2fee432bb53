import * as Y from 'yjs'
import {
  DOCUMENT_CLOCK_MAX,
  DOCUMENT_ENTRIES_MAX,
  DOCUMENT_MAX_BYTES,
  NESTING_MAX,
  ROOT_NAME,
} from '../../protocols/replica/constants.ts'
import { canonicalJson, type Json, type JsonObject } from './json.ts'
import { Refusal } from './refusal.ts'
import { scanUpdate, type UpdateExtent } from './update-scan.ts'

/**
 * One author's Yjs document in memory. Every struct in it has the author's client id, so that its clock is
 * one number; a failed `apply` may leave it damaged, and the caller then throws it away.
 */
export class ReplicaDocument {
  readonly #doc: Y.Doc
  readonly #client: number

  private constructor(client: number, isWriter: boolean) {
    // A writer keeps what one transaction deletes, so that its update has no GC structs, which are refused.
    // Yjs draws thirty random numbers for a guid that nothing here reads.
    this.#doc = new Y.Doc({ gc: !isWriter, guid: '' })
    this.#client = client
  }

  static empty(client: number): ReplicaDocument {
    return new ReplicaDocument(client, false)
  }

  /** From our own store: `state` was made by `encode`. */
  static load(client: number, state: Uint8Array): ReplicaDocument {
    const document = new ReplicaDocument(client, false)
    if (state.length > 0) Y.applyUpdate(document.#doc, state)
    return document
  }

  get clock(): number {
    return Y.getState(this.#doc.store, this.#client)
  }

  encode(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc)
  }

  /** Applies foreign bytes, all of them or throws `Refusal`. */
  apply(update: Uint8Array): UpdateExtent {
    const extent = scanUpdate(update, this.#client, this.clock)
    if (extent.clockTo > DOCUMENT_CLOCK_MAX)
      throw new Refusal('TAIL_TOO_LONG', `clock ${extent.clockTo}`)
    try {
      Y.applyUpdate(this.#doc, update)
    } catch (cause) {
      throw new Refusal('MALFORMED', 'Yjs refuses the update', { cause })
    }
    this.#assertWhole(extent.clockTo)
    return extent
  }

  /** The document's value with its canonical text; bounded, and without prototypes. */
  read(): { readonly value: JsonObject; readonly text: string } {
    const value = readMap(this.#doc.getMap(ROOT_NAME), 1, { left: DOCUMENT_ENTRIES_MAX })
    const text = canonicalJson(value)
    const bytes = Buffer.byteLength(text)
    if (bytes > DOCUMENT_MAX_BYTES)
      throw new Refusal('DOCUMENT_TOO_LARGE', `a document of ${bytes} bytes`)
    return { value, text }
  }

  /** The update that `change` makes, or undefined when it changes nothing. This document stays as it was. */
  updateOf(change: (root: Y.Map<unknown>) => void): Uint8Array | undefined {
    const writer = new ReplicaDocument(this.#client, true)
    Y.applyUpdate(writer.#doc, this.encode())
    writer.#doc.clientID = this.#client
    let update: Uint8Array | undefined
    writer.#doc.on('update', (bytes: Uint8Array) => (update = bytes))
    writer.#doc.transact(() => change(writer.#doc.getMap(ROOT_NAME)))
    if (writer.#doc.clientID !== this.#client) {
      throw new Refusal('FOREIGN_CLIENT', 'Yjs changed the client id while writing')
    }
    return update
  }

  /** The same content written anew from clock 0: no history, no garbage. */
  snapshot(client = this.#client): Uint8Array {
    const fresh = new ReplicaDocument(client, true)
    fresh.#doc.clientID = client
    const target = fresh.#doc.getMap<unknown>(ROOT_NAME)
    fresh.#doc.transact(() => {
      for (const [key, value] of sortedEntries(this.#doc.getMap(ROOT_NAME))) {
        target.set(key, value instanceof Y.Map ? value.clone() : value)
      }
    })
    return Y.encodeStateAsUpdate(fresh.#doc)
  }

  #assertWhole(clockTo: number): void {
    const { store, share } = this.#doc
    if (store.pendingStructs !== null || store.pendingDs !== null) {
      throw new Refusal('UNKNOWN_REFERENCE', 'the update waits for something')
    }
    if (this.clock !== clockTo || store.clients.size > 1) {
      throw new Refusal('FOREIGN_CLIENT', 'the update left other structs than it has')
    }
    if ([...share.keys()].some((name) => name !== ROOT_NAME))
      throw new Refusal('UNKNOWN_ROOT', 'a second root')
  }
}

function sortedEntries(map: Y.Map<unknown>): [string, unknown][] {
  return [...map.entries()].sort(([a], [b]) => (a < b ? -1 : 1))
}

function readMap(map: Y.Map<unknown>, depth: number, entries: { left: number }): JsonObject {
  if (depth > NESTING_MAX) throw new Refusal('NESTED_TOO_DEEP', `more than ${NESTING_MAX} levels`)
  entries.left -= map.size
  if (entries.left < 0)
    throw new Refusal('DOCUMENT_TOO_LARGE', `more than ${DOCUMENT_ENTRIES_MAX} entries`)
  const object = Object.create(null) as Record<string, Json>
  map.forEach((value, key) => {
    object[key] =
      value instanceof Y.Map ? readMap(value, depth + 1, entries) : readValue(value, depth + 1)
  })
  return object
}

/** The scan let only JSON through; this copies it without prototypes and re-checks the depth. */
function readValue(value: unknown, depth: number): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value !== 'object')
    throw new Refusal('FORBIDDEN_CONTENT', `a value of type ${typeof value}`)
  if (depth > NESTING_MAX) throw new Refusal('NESTED_TOO_DEEP', `more than ${NESTING_MAX} levels`)
  if (Array.isArray(value)) return value.map((item) => readValue(item, depth + 1))
  const object = Object.create(null) as Record<string, Json>
  for (const [key, member] of Object.entries(value)) object[key] = readValue(member, depth + 1)
  return object
}
