import { deviceIdOf, type DeviceId } from '../identity/device-id.ts'
import { Contests } from './contests.ts'
import { networkKeyOf, type NetworkId } from '../identity/network-id.ts'
import { NO_STRIKES, type Perspective, type Strikes } from './standing.ts'
import { strikesIn, type Courtroom } from './strong-removal.ts'
import { Support } from './support.ts'
import type { Refusal } from './trust-error.ts'
import { TrustGraph, type View } from './trust-graph.ts'
import { TrustIndex } from './trust-index.ts'
import {
  LANES_MAX,
  LANES_OWNER_RESERVE,
  LOG_MAX_BYTES,
  LOG_OWNER_MAX_BYTES,
  LOG_OWNER_RECORDS_MAX,
  LOG_RECORDS_MAX,
} from './trust-limits.ts'
import { lackOfRight, misfit, type Act } from './trust-rules.ts'
import type { TrustOperation } from './trust-operation.ts'
import type { RecordId, TrustRecord } from './trust-record.ts'

export interface Room {
  readonly records: number
  readonly bytes: number
  readonly lanes: number
}

/** Two shares, so that neither can fill the other's and whether a record fits does not depend on the other's order. */
export interface Capacity {
  readonly owners: Room
  readonly others: Room
}

const LOG_CAPACITY: Capacity = {
  owners: {
    records: LOG_OWNER_RECORDS_MAX,
    bytes: LOG_OWNER_MAX_BYTES,
    lanes: LANES_MAX + LANES_OWNER_RESERVE,
  },
  others: { records: LOG_RECORDS_MAX, bytes: LOG_MAX_BYTES, lanes: LANES_MAX },
}

/**
 * The accepted records and what they mean, without I/O. A record is accepted by what *it* had seen, never by what
 * we know besides: so every device accepts the same records, in whatever order they come.
 */
export class TrustLedger {
  readonly networkId: NetworkId
  readonly graph = new TrustGraph()
  readonly index = new TrustIndex()
  readonly #networkKeyId: DeviceId
  readonly #capacity: Capacity
  readonly #contests: Contests
  readonly #room: Courtroom
  #strikes: Strikes = NO_STRIKES
  #areStrikesCurrent = true
  readonly #used = { owners: { records: 0, bytes: 0 }, others: { records: 0, bytes: 0 } }
  #genesis: number | undefined

  constructor(networkId: NetworkId, capacity: Capacity = LOG_CAPACITY) {
    this.networkId = networkId
    this.#capacity = capacity
    this.#networkKeyId = deviceIdOf(networkKeyOf(networkId))
    const { graph, index } = this
    this.#contests = new Contests(graph, index)
    const support = new Support(graph, index, (view) => this.#strikesIn(view))
    this.#room = { graph, index, contests: this.#contests, support }
  }

  get genesis(): TrustRecord | undefined {
    return this.#genesis === undefined ? undefined : this.graph.record(this.#genesis)
  }

  /** Everything we know, as we see it. */
  perspective(): Perspective {
    return {
      graph: this.graph,
      index: this.index,
      view: this.graph.everything(),
      strikes: this.strikes,
    }
  }

  get strikes(): Strikes {
    if (!this.#areStrikesCurrent) {
      this.#strikes = strikesIn(this.#room, this.graph.everything())
      this.#areStrikesCurrent = true
    }
    return this.#strikes
  }

  /** Why the record is not acceptable. All that it names as seen has to be here. */
  refusalOf(record: TrustRecord): Refusal | undefined {
    if (record.operation.kind === 'genesis') return this.#refusalOfGenesis(record)
    const broken = this.#brokenChain(record)
    if (broken !== undefined) return broken
    const at = this.#pastOf(record)
    return this.#lackOfRoom(record, at) ?? this.#refusalOfAct(at, record)
  }

  /** Adds a record that `refusalOf` let pass, now or before it was stored. */
  add(record: TrustRecord): void {
    const at = this.graph.add(record)
    this.index.add(at, record)
    const used = this.#used[this.#shareOf(record, (grant) => this.graph.isAncestor(grant, at))]
    used.records += 1
    used.bytes += record.bytes.length
    if (record.operation.kind === 'genesis') this.#genesis = at
    this.#updateStrikes(at, record)
  }

  /** The author's record to continue from: the highest sequence number; of forked ones, the lowest id. */
  lastOf(author: DeviceId): TrustRecord | undefined {
    let last: TrustRecord | undefined
    for (const at of this.index.byAuthor.get(author)) {
      const record = this.graph.record(at)
      const isBetter =
        last === undefined ||
        record.seq > last.seq ||
        (record.seq === last.seq && record.id < last.id)
      if (isBetter) last = record
    }
    return last
  }

  /** Parents first. */
  recordsFrom(index: number): TrustRecord[] {
    const records: TrustRecord[] = []
    for (let at = index; at < this.graph.size; at++) records.push(this.graph.record(at))
    return records
  }

  #updateStrikes(at: number, record: TrustRecord): void {
    if (this.#hasDisputes()) this.#room.support.add(at)
    const isContested = this.#contests.add(at)
    const { operation } = record
    const isInDispute =
      operation.kind === 'admit' &&
      operation.invite !== undefined &&
      this.index.oftenCited.has(operation.invite)
    if (isContested || isInDispute) this.#areStrikesCurrent = false
    if (!this.#areStrikesCurrent || this.#strikes.size === 0) return
    // Uncontested itself, it may still rest on something that turned out to have no effect.
    const past = {
      graph: this.graph,
      index: this.index,
      view: this.graph.past(at),
      strikes: this.#strikes,
    }
    if (operation.kind === 'genesis' || lackOfRight(past, record) === undefined) return
    this.#areStrikesCurrent = false
  }

  #refusalOfGenesis(record: TrustRecord): Refusal | undefined {
    if (record.operation.kind !== 'genesis') return undefined
    if (record.author !== this.#networkKeyId || record.operation.owner === this.#networkKeyId) {
      return {
        code: 'NOT_PERMITTED',
        detail: 'a genesis is signed by the network’s key, for a device',
      }
    }
    if (record.seq !== 1 || record.heads.length > 0)
      return { code: 'BAD_CHAIN', detail: 'a genesis comes first' }
    return this.#genesis === undefined
      ? undefined
      : { code: 'SECOND_GENESIS', detail: 'the network has begun in another way' }
  }

  #brokenChain(record: TrustRecord): Refusal | undefined {
    if (record.prev === null) return undefined
    const previous = this.#recordOf(record.prev)
    if (previous?.author === record.author && previous.seq + 1 === record.seq) return undefined
    return { code: 'BAD_CHAIN', detail: 'the record does not continue its author’s last one' }
  }

  #refusalOfAct(at: Perspective, act: Act): Refusal | undefined {
    if (this.#genesis === undefined)
      return { code: 'NO_GENESIS', detail: 'the network’s first record is missing' }
    if ('device' in act.operation && act.operation.device === this.#networkKeyId) {
      return { code: 'BAD_OPERATION', detail: 'the network’s key is no device' }
    }
    return lackOfRight(at, act) ?? misfit(at, act)
  }

  /** The one rule that depends on us and not on the record alone: memory has an end. */
  #lackOfRoom(record: TrustRecord, at: Perspective): Refusal | undefined {
    const share = this.#shareOf(record, (grant) => this.graph.isIn(grant, at.view))
    const [room, used] = [this.#capacity[share], this.#used[share]]
    if (
      used.records < room.records &&
      used.bytes + record.bytes.length <= room.bytes &&
      this.graph.fits(at.view, room.lanes)
    ) {
      return undefined
    }
    return { code: 'LOG_FULL', detail: `the trust log is full (${this.graph.size} records)` }
  }

  /** An owner is whoever was ever made one in what the record has seen: this never changes, whatever else comes. */
  #shareOf(record: TrustRecord, hasSeen: (index: number) => boolean): keyof Capacity {
    if (record.operation.kind === 'genesis') return 'owners'
    if (!this.index.owners.has(record.author)) return 'others'
    const isOwner = this.index.grants
      .get(record.author)
      .some((grant) => hasSeen(grant) && makesOwner(this.graph.record(grant).operation))
    return isOwner ? 'owners' : 'others'
  }

  #pastOf(record: TrustRecord): Perspective {
    const view = this.graph.join(this.graph.parentsOf(record))
    return { graph: this.graph, index: this.index, view, strikes: this.#strikesIn(view) }
  }

  #strikesIn(view: View): Strikes {
    if (!this.#hasDisputes()) return NO_STRIKES
    const everything = this.graph.everything()
    if (everything.every((length, lane) => (view[lane] ?? 0) === length)) return this.strikes
    return strikesIn(this.#room, view)
  }

  /** Without one, nothing was ever struck. */
  #hasDisputes(): boolean {
    return !this.#contests.isEmpty || this.index.oftenCited.size > 0
  }

  #recordOf(id: RecordId): TrustRecord | undefined {
    const index = this.graph.indexOf(id)
    return index === undefined ? undefined : this.graph.record(index)
  }
}

function makesOwner(operation: TrustOperation): boolean {
  return operation.kind === 'genesis' || ('role' in operation && operation.role === 'owner')
}
