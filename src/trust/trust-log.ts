import type { DeviceId } from '../identity/device-id.ts'
import { DeviceKey } from '../identity/device-key.ts'
import type { Store } from '../storage/store.ts'
import { networkIdOf, type NetworkId } from '../identity/network-id.ts'
import { TrustError, type Refusal, type TrustErrorCode } from './trust-error.ts'
import { loadLedger, storedForm, type Quarantined } from './stored-records.ts'
import { HEADS_MAX } from './trust-limits.ts'
import { TrustLedger } from './trust-ledger.ts'
import type { TrustOperation } from './trust-operation.ts'
import { TrustParking } from './trust-parking.ts'
import {
  idFromBytes,
  idToBytes,
  openRecord,
  sealRecord,
  type RecordId,
  type TrustRecord,
  type UnverifiedRecord,
} from './trust-record.ts'
import { TrustReducer } from './trust-reducer.ts'
import type { TrustState } from './trust-state.ts'

export interface IngestReport {
  /** New in the log, on disk. */
  readonly accepted: readonly TrustRecord[]
  /** Known already. */
  readonly duplicates: number
  /** Waiting for a predecessor: more is to be fetched. */
  readonly parked: number
  /** Older waiting records that gave way. */
  readonly dropped: number
  /** Of those that were handed in. */
  readonly refused: readonly RefusedRecord[]
  /** Of those that had waited for one of these: whoever sent them, it need not be the same peer. */
  readonly refusedLate: readonly RefusedRecord[]
}

export interface RefusedRecord extends Refusal {
  /** Null when the bytes are no record at all. */
  readonly id: RecordId | null
}

export interface IngestOptions {
  /** Who sent them; listeners are told. */
  readonly origin?: DeviceId
  /**
   * False for records of a stranger: those whose predecessors are unknown are refused (MISSING_PARENTS), and the
   * first refused one is the last looked at, since each costs a signature check.
   */
  readonly parks?: boolean
}

export interface TrustChange {
  readonly before: TrustState
  readonly after: TrustState
  /** Parents first. */
  readonly records: readonly TrustRecord[]
  /** Who sent them; undefined when they are our own. */
  readonly origin: DeviceId | undefined
}

/** What became of one received record. `settled`: it is in the ledger, or it and its followers were refused. */
type Outcome =
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'parked'; readonly dropped: number }
  | ({ readonly kind: 'settled' } & Pick<IngestReport, 'refused' | 'refusedLate'>)

/**
 * One network's trust log on disk. Invariant: `state` and everything handed to peers come from records that are
 * on disk, so a crash never makes us contradict what we said.
 */
export class TrustLog {
  readonly networkId: NetworkId
  readonly quarantined: readonly Quarantined[]
  readonly #store: Store
  readonly #listeners = new Set<(change: TrustChange) => void>()
  #ledger: TrustLedger
  readonly #parking: TrustParking
  #reducer: TrustReducer
  #state: TrustState
  #frontier: readonly RecordId[]
  #landmarks: readonly RecordId[]
  /** How many of the ledger's records are on disk. */
  #committed: number
  #tail: Promise<unknown> = Promise.resolve()

  private constructor(
    store: Store,
    ledger: TrustLedger,
    parking: TrustParking,
    quarantined: readonly Quarantined[],
  ) {
    this.networkId = ledger.networkId
    this.quarantined = quarantined
    this.#store = store
    this.#ledger = ledger
    this.#parking = parking
    this.#reducer = new TrustReducer(ledger)
    this.#state = this.#reducer.reduce(ledger)
    this.#frontier = ledger.graph.frontier()
    this.#landmarks = ledger.graph.landmarks()
    this.#committed = ledger.graph.size
  }

  /** Makes a network: a new key signs the genesis and is forgotten. */
  static async found(options: {
    readonly store: Store
    readonly name: string
    readonly owner: DeviceKey
    readonly ownerName: string
    readonly nowMs: number
  }): Promise<TrustLog> {
    const networkKey = DeviceKey.generate()
    const network = networkIdOf(networkKey.publicKey)
    const { name, owner, ownerName, nowMs: timeMs } = options
    const operation: TrustOperation = { kind: 'genesis', name, owner: owner.id, ownerName }
    const bytes = sealRecord(
      { network, seq: 1, prev: null, heads: [], timeMs, operation },
      networkKey,
    )
    const log = new TrustLog(options.store, new TrustLedger(network), new TrustParking(), [])
    const [refused] = (await log.ingest([bytes])).refused
    if (refused !== undefined) throw new TrustError('BAD_OPERATION', refused.detail)
    return log
  }

  /** Reads what is stored; an empty store is a log that waits for its genesis. Signatures are not checked again. */
  static async open(options: {
    readonly networkId: NetworkId
    readonly store: Store
  }): Promise<TrustLog> {
    const { networkId, store } = options
    const { ledger, parking, quarantined } = await loadLedger(store, networkId)
    return new TrustLog(store, ledger, parking, quarantined)
  }

  get state(): TrustState {
    return this.#state
  }

  /** Takes what a peer sent, in any order. Never throws for what it is sent; only if the disk fails. */
  ingest(records: readonly Uint8Array[], options: IngestOptions = {}): Promise<IngestReport> {
    return this.#exclusively(async () => {
      const refused: RefusedRecord[] = []
      const refusedLate: RefusedRecord[] = []
      const report = { duplicates: 0, parked: 0, dropped: 0 }
      for (const bytes of records) {
        const outcome = this.#take(bytes, options.parks ?? true)
        if (outcome.kind === 'duplicate') report.duplicates++
        if (outcome.kind === 'settled') {
          refused.push(...outcome.refused)
          refusedLate.push(...outcome.refusedLate)
        }
        if (outcome.kind === 'parked') {
          report.parked++
          report.dropped += outcome.dropped
        }
        if (refused.length > 0 && options.parks === false) break
      }
      const accepted = await this.#commit(options.origin)
      return { ...report, refused, refusedLate, accepted }
    })
  }

  /** Signs and stores an act of ours. Throws `TrustError` with the rule that forbids it. */
  append(operation: TrustOperation, key: DeviceKey, nowMs: number): Promise<TrustRecord> {
    return this.#exclusively(async () => {
      const last = this.#ledger.lastOf(key.id)
      const bytes = sealRecord(
        {
          network: this.networkId,
          seq: (last?.seq ?? 0) + 1,
          prev: last?.id ?? null,
          heads: this.#frontier.slice(0, HEADS_MAX),
          timeMs: Math.floor(nowMs),
          operation,
        },
        key,
      )
      const { record } = openRecord(bytes)
      const refusal = this.#ledger.refusalOf(record)
      if (refusal !== undefined) throw new TrustError(refusal.code, refusal.detail)
      this.#ledger.add(record)
      await this.#commit()
      return record
    })
  }

  /**
   * What to tell a peer so that it can say what we lack: ids of the records that no other one has seen, then some
   * older ones in growing distances. Equal frontiers mean equal logs.
   */
  frontier(): Uint8Array[] {
    return [...this.#frontier, ...this.#landmarks.filter((id) => !this.#frontier.includes(id))].map(
      idToBytes,
    )
  }

  /** Whether a peer with this frontier has records that we lack. */
  lacks(frontier: readonly Uint8Array[]): boolean {
    return frontier.some((head) => this.#committedIndexOf(head) === undefined)
  }

  /**
   * The next records for a peer with this frontier, parents first, `maxBytes` together but at least one.
   * Heads that we do not know are passed over. Empty when the peer has everything we have.
   */
  missing(frontier: readonly Uint8Array[], maxBytes: number): Uint8Array[] {
    const { graph } = this.#ledger
    const known = graph.join(frontier.flatMap((head) => this.#committedIndexOf(head) ?? []))
    const page: Uint8Array[] = []
    let bytes = 0
    for (let at = 0; at < this.#committed; at++) {
      if (graph.isIn(at, known)) continue
      const record = graph.record(at)
      bytes += record.bytes.length
      if (bytes > maxBytes && page.length > 0) break
      page.push(record.bytes)
    }
    return page
  }

  /** Everything a stranger needs to verify the device's admission and role, parents first. Empty if unknown. */
  proofOf(device: DeviceId): Uint8Array[] {
    const { graph, index } = this.#ledger
    const about = [...index.grants.get(device), ...index.renewals.get(device)].filter(
      (at) => at < this.#committed,
    )
    const view = graph.join(about)
    const proof: Uint8Array[] = []
    for (let at = 0; at < this.#committed; at++)
      if (graph.isIn(at, view)) proof.push(graph.record(at).bytes)
    return proof
  }

  /** Whether the author of `later` had seen `earlier`. False when either is unknown. */
  precedes(earlier: RecordId, later: RecordId): boolean {
    const { graph } = this.#ledger
    const [from, to] = [graph.indexOf(earlier), graph.indexOf(later)]
    return from !== undefined && to !== undefined && graph.isAncestor(from, to)
  }

  /** Calls back after each change is on disk, in order. Returns how to stop it. */
  onChange(listener: (change: TrustChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #take(bytes: Uint8Array, parks: boolean): Outcome {
    let opened: UnverifiedRecord
    try {
      opened = openRecord(bytes)
    } catch (err) {
      if (!(err instanceof TrustError)) throw err
      const refused = [{ id: null, code: err.code, detail: err.message }]
      return { kind: 'settled', refused, refusedLate: [] }
    }
    const { record } = opened
    const reject = (code: TrustErrorCode, detail: string): Outcome => ({
      kind: 'settled',
      refused: [{ id: record.id, code, detail }],
      refusedLate: [],
    })
    if (record.network !== this.networkId)
      return reject('WRONG_NETWORK', `the record is of network ${record.network}`)
    if (this.#ledger.graph.indexOf(record.id) !== undefined || this.#parking.has(record.id))
      return { kind: 'duplicate' }
    if (!opened.isSignatureValid())
      return reject('BAD_SIGNATURE', 'the signature is not its author’s')
    const missing = this.#ledger.graph.missingParents(record)
    if (missing.length === 0) return { kind: 'settled', ...this.#settle(record) }
    if (!parks) return reject('MISSING_PARENTS', 'what the record builds on is not known here')
    return { kind: 'parked', dropped: this.#parking.add(record, missing) }
  }

  /** Adds a record whose predecessors are here, then those that waited for it. Returns what is refused of them. */
  #settle(record: TrustRecord): Pick<IngestReport, 'refused' | 'refusedLate'> {
    const refused: RefusedRecord[] = []
    const refusedLate: RefusedRecord[] = []
    const ready = [record]
    for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
      const missing = this.#ledger.graph.missingParents(next)
      const refusal = missing.length === 0 ? this.#ledger.refusalOf(next) : undefined
      if (missing.length > 0) this.#parking.add(next, missing)
      else if (refusal !== undefined)
        (next === record ? refused : refusedLate).push({ ...refusal, id: next.id })
      else {
        this.#ledger.add(next)
        ready.push(...this.#parking.take(next.id))
      }
    }
    return { refused, refusedLate }
  }

  /** Puts the ledger's new records on disk, and only then shows them. */
  async #commit(origin?: DeviceId): Promise<readonly TrustRecord[]> {
    const records = this.#ledger.recordsFrom(this.#committed)
    if (records.length === 0) return records
    try {
      await this.#store.commit(records.map(storedForm))
    } catch (err) {
      this.#rollBack()
      throw err
    }
    const before = this.#state
    this.#committed = this.#ledger.graph.size
    this.#frontier = this.#ledger.graph.frontier()
    this.#landmarks = this.#ledger.graph.landmarks()
    this.#state = this.#reducer.reduce(this.#ledger)
    for (const listener of this.#listeners)
      listener({ before, after: this.#state, records, origin })
    return records
  }

  /** Forgets what could not be stored. Rare, so the ledger is simply built again. */
  #rollBack(): void {
    const kept = this.#ledger.recordsFrom(0).slice(0, this.#committed)
    this.#ledger = new TrustLedger(this.networkId)
    for (const record of kept) this.#ledger.add(record)
    this.#reducer = new TrustReducer(this.#ledger)
    this.#reducer.reduce(this.#ledger)
  }

  #committedIndexOf(id: Uint8Array): number | undefined {
    const index = this.#ledger.graph.indexOf(idFromBytes(id))
    return index !== undefined && index < this.#committed ? index : undefined
  }

  #exclusively<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#tail.then(task)
    this.#tail = result.catch(() => undefined)
    return result
  }
}
