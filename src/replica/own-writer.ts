import type * as Y from 'yjs'
import {
  COMPACT_AFTER_BYTES,
  COMPACT_AFTER_CLOCK,
  COMPACT_AFTER_UPDATES,
  COMPACT_SMALL_AFTER_UPDATES,
  ENVELOPE_MAX_BYTES,
} from '../../protocols/replica/constants.ts'
import type { EnvelopeKind } from '../../protocols/replica/messages.ts'
import type { Clock } from '../clock/clock.ts'
import { clientIdOf } from './client-id.ts'
import type { DocumentDraft } from './document-draft.ts'
import type { DocumentChange, DocumentShelf } from './document-shelf.ts'
import { type Envelope, NO_HASH, type Signer, sha256Hex, signEnvelope } from './envelope.ts'
import type { Head } from './head.ts'
import { Refusal } from './refusal.ts'
import { ReplicaDocument } from './replica-document.ts'
import { ReplicaError } from './replica-error.ts'

/** Below this size a snapshot fits its envelope whatever is in the document. */
const SURELY_FITS_BYTES = 16_384
/** Room for everything in an envelope but its update. */
const ENVELOPE_FRAME_BYTES = 512
/** Two machines with one key would fork each other's incarnations for ever; an honest restore needs one. */
const INCARNATIONS_PER_HOUR_MAX = 4
const HOUR_MS = 3_600_000

export interface OwnWriterParts {
  readonly key: Signer
  readonly shelf: DocumentShelf
  readonly clock: Clock
}

/** Writes our own documents: signs each change, compacts, and starts a new incarnation where it must. */
export class OwnWriter {
  readonly #parts: OwnWriterParts
  readonly #written = new Set<string>()
  /** When incarnations were started that followed another one, per document. */
  readonly #incarnationsAtMs = new Map<string, readonly number[]>()

  constructor(parts: OwnWriterParts) {
    this.#parts = parts
  }

  /** Whether this process has written the document. */
  hasWritten(document: string): boolean {
    return this.#written.has(document)
  }

  /** Durable once it resolves; undefined when `change` changed nothing. */
  async write(
    document: string,
    change: (root: Y.Map<unknown>) => void,
  ): Promise<DocumentChange | undefined> {
    const { shelf, key } = this.#parts
    const draft = shelf.draft({ author: key.id, document })
    try {
      if (!continues(draft.head)) {
        if ((await draft.document()).updateOf(change) === undefined) return undefined
        if (draft.head.incarnation !== 0) this.#countIncarnation(document)
        await this.#startIncarnation(draft)
      }
      const update = (await draft.document()).updateOf(change)
      if (update !== undefined) await this.#append(draft, 'update', update)
      await this.#compact(draft)
    } catch (error) {
      if (error instanceof Refusal) throw unwritable(error)
      throw error
    }
    const [committed] = await shelf.commit([draft])
    if (committed !== undefined) this.#written.add(document)
    return committed
  }

  /** After our key was seen to write `incarnation` elsewhere: the same content again, where nobody has signed yet. */
  async restart(document: string, incarnation: number): Promise<DocumentChange | undefined> {
    const { shelf, key } = this.#parts
    const id = { author: key.id, document }
    await shelf.disown(id) // should this fail half-way, the next write tries again
    this.#countIncarnation(document)
    const draft = shelf.draft(id)
    await this.#startIncarnation(draft, incarnation)
    const [committed] = await shelf.commit([draft])
    return committed
  }

  async #startIncarnation(draft: DocumentDraft, above = draft.head.incarnation): Promise<void> {
    const { clock, shelf, key } = this.#parts
    // Seconds of the wall clock, so that a device that lost its store starts above what its peers remember;
    // a wrong clock costs no more than one fork, after which the number is counted up.
    const incarnation = Math.max(
      draft.head.incarnation + 1,
      above + 1,
      Math.floor(clock.now() / 1_000),
    )
    const client = clientIdOf({
      network: shelf.network,
      document: draft.id.document,
      author: key.publicKey,
      incarnation,
    })
    const carried = (await draft.document()).snapshot(client)
    await this.#append(draft, 'snapshot', carried, { incarnation, client })
  }

  async #compact(draft: DocumentDraft): Promise<void> {
    const document = await draft.document()
    const documentBytes = document.encode().length
    const isDue = isCompactionDue(draft.head, documentBytes)
    if (!isDue && documentBytes < SURELY_FITS_BYTES) return
    const snapshot = document.snapshot()
    if (snapshot.length > ENVELOPE_MAX_BYTES - ENVELOPE_FRAME_BYTES) {
      throw new Refusal('DOCUMENT_TOO_LARGE', `a snapshot of ${snapshot.length} bytes`)
    }
    if (isDue) await this.#append(draft, 'snapshot', snapshot)
  }

  async #append(
    draft: DocumentDraft,
    kind: EnvelopeKind,
    update: Uint8Array,
    fresh?: { readonly incarnation: number; readonly client: number },
  ): Promise<void> {
    const { shelf, key, clock } = this.#parts
    const head =
      fresh === undefined
        ? draft.head
        : { incarnation: fresh.incarnation, seq: 0, hash: NO_HASH, clock: 0 }
    const client =
      fresh?.client ??
      clientIdOf({
        network: shelf.network,
        document: draft.id.document,
        author: key.publicKey,
        incarnation: head.incarnation,
      })
    // What we publish is read back as a receiver reads it, so that nobody can refuse it later.
    const outcome =
      kind === 'snapshot'
        ? readBack(ReplicaDocument.empty(client), update)
        : await this.#preview(draft, client, update)
    const envelope = signEnvelope(
      {
        network: shelf.network,
        document: draft.id.document,
        author: key.publicKey,
        incarnation: head.incarnation,
        seq: head.seq + 1,
        prev: Buffer.from(head.hash, 'hex'),
        kind,
        clockFrom: kind === 'snapshot' ? 0 : head.clock,
        clockTo: outcome.clock,
        update,
        timeMs: Math.max(0, Math.floor(clock.now())),
        stateHash: kind === 'snapshot' ? Buffer.from(sha256Hex(outcome.text), 'hex') : undefined,
      },
      key,
    )
    assertFits(envelope)
    await draft.accept(envelope, true)
  }

  async #preview(draft: DocumentDraft, client: number, update: Uint8Array) {
    return readBack(ReplicaDocument.load(client, (await draft.document()).encode()), update)
  }

  #countIncarnation(document: string): void {
    const nowMs = this.#parts.clock.monotonic()
    const recent = (this.#incarnationsAtMs.get(document) ?? []).filter(
      (atMs) => nowMs - atMs < HOUR_MS,
    )
    if (recent.length >= INCARNATIONS_PER_HOUR_MAX) {
      throw new ReplicaError(
        'KEY_IN_USE_ELSEWHERE',
        'another machine writes with the key of this device',
      )
    }
    this.#incarnationsAtMs.set(document, [...recent, nowMs])
  }
}

function isCompactionDue(head: Head, documentBytes: number): boolean {
  const updates = head.seq - head.snapshotSeq
  return (
    (updates >= COMPACT_SMALL_AFTER_UPDATES && head.tailBytes >= documentBytes) ||
    updates >= COMPACT_AFTER_UPDATES ||
    head.tailBytes >= COMPACT_AFTER_BYTES ||
    head.clock >= COMPACT_AFTER_CLOCK
  )
}

function continues(head: Head): boolean {
  return head.isOwn && head.forkSeq === 0
}

function readBack(
  document: ReplicaDocument,
  update: Uint8Array,
): { readonly clock: number; readonly text: string } {
  document.apply(update)
  return { clock: document.clock, text: document.read().text }
}

function assertFits(envelope: Envelope): void {
  if (envelope.bytes.length > ENVELOPE_MAX_BYTES) {
    throw new Refusal('TOO_LARGE', `an envelope of ${envelope.bytes.length} bytes`)
  }
}

function unwritable(refusal: Refusal): ReplicaError {
  switch (refusal.code) {
    case 'DOCUMENT_TOO_LARGE':
    case 'TOO_LARGE':
    case 'TOO_MANY_STRUCTS':
    case 'TAIL_TOO_LONG':
      return new ReplicaError('DOCUMENT_TOO_LARGE', refusal.message, { cause: refusal })
    default:
      return new ReplicaError('NOT_JSON', refusal.message, { cause: refusal })
  }
}
