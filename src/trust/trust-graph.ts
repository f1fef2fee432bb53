import type { RecordId, TrustRecord } from './trust-record.ts'

/** A set of records that is closed under "came before": for each lane, how many of its records are in it. */
export type View = Uint16Array

/**
 * Records by what they had seen. Each record extends a *lane*, a chain in which every record has seen the one
 * before it, whoever wrote them; one that fits no lane (two authors apart, or one author's fork) opens a new lane.
 * So "has b seen a" is one comparison, and memory is O(records × lanes).
 *
 * Invariant: a record's index is greater than that of all it has seen, so ascending index is a topological order.
 */
export class TrustGraph {
  readonly #records: TrustRecord[] = []
  readonly #indexes = new Map<RecordId, number>()
  readonly #lane: number[] = []
  /** Place in the lane, from 1. */
  readonly #place: number[] = []
  /** Longest chain below, which orders epochs without clocks. */
  readonly #depth: number[] = []
  /** What each record has seen, itself included. */
  readonly #clocks: View[] = []
  readonly #laneLengths: number[] = []
  readonly #heads = new Set<number>()
  /** The lowest id at each depth, from 1. */
  readonly #lowestAtDepth: RecordId[] = []

  get size(): number {
    return this.#records.length
  }

  get lanes(): number {
    return this.#laneLengths.length
  }

  indexOf(id: RecordId): number | undefined {
    return this.#indexes.get(id)
  }

  record(index: number): TrustRecord {
    return this.#records[index] as TrustRecord
  }

  depth(index: number): number {
    return this.#depth[index] as number
  }

  /** Whether a record with this past fits without more than so many lanes. */
  fits(past: View, lanesMax: number): boolean {
    return this.#laneLengths.length < lanesMax || this.#laneToExtend(past) !== undefined
  }

  /** Adds a record whose predecessors are all here; returns its index. */
  add(record: TrustRecord): number {
    const parents = this.parentsOf(record)
    const past = this.join(parents)
    const index = this.#records.length
    const lane = this.#laneToExtend(past) ?? this.#laneLengths.push(0) - 1
    const place = (this.#laneLengths[lane] as number) + 1
    const clock = past.length > lane ? past : new Uint16Array(lane + 1)
    if (clock !== past) clock.set(past)
    clock[lane] = place
    this.#laneLengths[lane] = place
    this.#records.push(record)
    this.#indexes.set(record.id, index)
    this.#lane.push(lane)
    this.#place.push(place)
    this.#clocks.push(clock)
    const depth = 1 + Math.max(0, ...parents.map((parent) => this.#depth[parent] as number))
    this.#depth.push(depth)
    const lowest = this.#lowestAtDepth[depth - 1]
    if (lowest === undefined || record.id < lowest) this.#lowestAtDepth[depth - 1] = record.id
    for (const parent of parents) this.#heads.delete(parent)
    this.#heads.add(index)
    return index
  }

  /** Indexes of what the record names as seen: its heads and its author's previous record. All must be known. */
  parentsOf(record: TrustRecord): number[] {
    const parents = record.heads.map((id) => this.#indexes.get(id) as number)
    if (record.prev !== null && !record.heads.includes(record.prev)) {
      parents.push(this.#indexes.get(record.prev) as number)
    }
    return parents
  }

  missingParents(record: TrustRecord): RecordId[] {
    const missing = record.heads.filter((id) => !this.#indexes.has(id))
    if (record.prev !== null && !this.#indexes.has(record.prev) && !missing.includes(record.prev)) {
      missing.push(record.prev)
    }
    return missing
  }

  /** The records at `indexes` and all that they have seen. */
  join(indexes: readonly number[]): View {
    const clocks = indexes.map((index) => this.#clocks[index] as View)
    const view = new Uint16Array(Math.max(0, ...clocks.map((clock) => clock.length)))
    for (const clock of clocks) {
      for (let lane = 0; lane < clock.length; lane++) {
        if ((clock[lane] as number) > (view[lane] as number)) view[lane] = clock[lane] as number
      }
    }
    return view
  }

  /** What the record at `index` had seen, without itself. */
  past(index: number): View {
    const view = (this.#clocks[index] as View).slice()
    view[this.#lane[index] as number] = (this.#place[index] as number) - 1
    return view
  }

  /** What any of these had seen. */
  joinPasts(indexes: readonly number[]): View {
    const view = this.join(indexes)
    // A record is in the past of another one unless it is the newest of its lane among them.
    for (const index of indexes) {
      const lane = this.#lane[index] as number
      if (view[lane] === this.#place[index]) view[lane] = (this.#place[index] as number) - 1
    }
    return view
  }

  everything(): View {
    return Uint16Array.from(this.#laneLengths)
  }

  isIn(index: number, view: View): boolean {
    return (view[this.#lane[index] as number] ?? 0) >= (this.#place[index] as number)
  }

  /** Whether `b` had seen `a`. A record has not seen itself. */
  isAncestor(a: number, b: number): boolean {
    return a !== b && this.isIn(a, this.#clocks[b] as View)
  }

  isConcurrent(a: number, b: number): boolean {
    return a !== b && !this.isAncestor(a, b) && !this.isAncestor(b, a)
  }

  /** Records that nobody has seen yet, by id. */
  frontier(): RecordId[] {
    return [...this.#heads].map((index) => this.record(index).id).sort()
  }

  /**
   * Some older records in growing distances, down to the first: two graphs that have grown apart find
   * common ground by them, as with git's "have" lines, instead of starting over. Depends on the set only.
   */
  landmarks(): RecordId[] {
    const landmarks: RecordId[] = []
    for (let distance = 1; ; distance *= 2) {
      const depth = Math.max(0, this.#lowestAtDepth.length - 1 - distance)
      const landmark = this.#lowestAtDepth[depth]
      if (landmark !== undefined) landmarks.push(landmark)
      if (depth === 0) return landmarks
    }
  }

  /** A lane whose last record is in `past`. Its own author's lane is tried by being the longest-lived choice. */
  #laneToExtend(past: View): number | undefined {
    for (let lane = 0; lane < this.#laneLengths.length; lane++) {
      if (past[lane] === this.#laneLengths[lane]) return lane
    }
    return undefined
  }
}
