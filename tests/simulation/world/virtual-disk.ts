import { StoreError } from '../../../src/storage/store-error.ts'
import type { Store, Write } from '../../../src/storage/store.ts'
import type { Dice } from './dice.ts'
import type { VirtualProcess } from './virtual-process.ts'
import type { VirtualTime } from './virtual-time.ts'

interface Commit {
  readonly writes: readonly Write[]
  isDone: boolean
}

/**
 * One device's disk. A commit takes time; when the process dies before it is done, it may be on disk or not, but
 * never in part and never without those before it.
 */
export class VirtualDisk {
  /** Longest time a commit takes; a bad disk takes seconds. */
  slowestMs = 4
  /** Nothing can be written, as when it is full. */
  isFull = false
  readonly #time: VirtualTime
  readonly #dice: Dice
  readonly #values = new Map<string, Uint8Array>()
  #underWay: Commit[] = []
  #busyUntilMs = 0

  constructor(time: VirtualTime, dice: Dice) {
    this.#time = time
    this.#dice = dice
  }

  /** What a process sees of it; of no use to anyone once that process is dead. */
  mount(process: VirtualProcess): Store {
    return {
      get: async (key) => this.#values.get(key)?.slice(),
      entries: (prefix) => this.#entries(prefix),
      commit: (writes) => this.#commit(process, writes),
      close: async () => {},
    }
  }

  /** The process is gone: decides what of its last commits made it. */
  crash(): void {
    const survivors = this.#dice.int(0, this.#underWay.length)
    for (const commit of this.#underWay.slice(0, survivors)) this.#apply(commit)
    for (const commit of this.#underWay) commit.isDone = true
    this.#underWay = []
  }

  copyFrom(other: VirtualDisk): void {
    for (const [key, value] of other.#values) this.#values.set(key, value)
  }

  #commit(process: VirtualProcess, writes: readonly Write[]): Promise<void> {
    if (process.isDead) return new Promise(() => {})
    if (this.isFull) {
      return new Promise((_resolve, reject) => {
        const full = new StoreError('STORE_UNAVAILABLE', 'no space left')
        this.#time.in(1, () => process.arrive(() => reject(full)))
      })
    }
    const commit: Commit = {
      writes: writes.map((write) =>
        'put' in write ? { ...write, value: write.value.slice() } : write,
      ),
      isDone: false,
    }
    this.#underWay.push(commit)
    const tookMs = 0.1 + this.#dice.throw() ** 3 * this.slowestMs
    this.#busyUntilMs = Math.max(this.#busyUntilMs, this.#time.nowMs) + tookMs
    return new Promise((resolve) => {
      this.#time.at(this.#busyUntilMs, () => {
        if (commit.isDone) return
        this.#underWay.shift()
        this.#apply(commit)
        process.arrive(resolve)
      })
    })
  }

  #apply(commit: Commit): void {
    commit.isDone = true
    for (const write of commit.writes) {
      if ('put' in write) this.#values.set(write.put, write.value)
      else this.#values.delete(write.delete)
    }
  }

  async *#entries(prefix: string): AsyncIterable<readonly [string, Uint8Array]> {
    const keys = [...this.#values.keys()].filter((key) => key.startsWith(prefix)).sort()
    for (const key of keys) {
      const value = this.#values.get(key)
      if (value !== undefined) yield [key, value.slice()]
    }
  }
}
