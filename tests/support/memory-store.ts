import type { Store, Write } from '../../src/storage/store.ts'

/** A `Store` in memory, for tests and simulations; `copy()` is what a power cut leaves behind. */
export class MemoryStore implements Store {
  readonly #values: Map<string, Uint8Array>
  /** Number of commits so far, so that a test can say how many there were. */
  commits = 0

  constructor(values: ReadonlyMap<string, Uint8Array> = new Map()) {
    this.#values = new Map(values)
  }

  get size(): number {
    return this.#values.size
  }

  /** Sum of the lengths of all keys and values. */
  get bytes(): number {
    let total = 0
    for (const [key, value] of this.#values) total += key.length + value.length
    return total
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    return this.#values.get(key)?.slice()
  }

  async *entries(prefix: string): AsyncIterable<readonly [key: string, value: Uint8Array]> {
    const keys = [...this.#values.keys()].filter((key) => key.startsWith(prefix)).sort()
    for (const key of keys) {
      const value = this.#values.get(key)
      if (value !== undefined) yield [key, value.slice()]
    }
  }

  async commit(writes: readonly Write[]): Promise<void> {
    this.commits += 1
    for (const write of writes) {
      if ('put' in write) this.#values.set(write.put, write.value.slice())
      else this.#values.delete(write.delete)
    }
  }

  async close(): Promise<void> {}

  copy(): MemoryStore {
    return new MemoryStore(this.#values)
  }
}
