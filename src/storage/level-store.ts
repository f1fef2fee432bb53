import { ClassicLevel } from 'classic-level'
import { StoreError } from './store-error.ts'
import type { Store, Write } from './store.ts'

/** Sorts after every ASCII key with the prefix. */
const AFTER_PREFIX = '\xff'

interface Pending {
  readonly writes: readonly Write[]
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

/**
 * `Store` in a LevelDB directory. Commits that arrive while one is being written share the next fsync,
 * so that the cost of durability is per batch, not per caller.
 */
export class LevelStore implements Store {
  readonly #database: ClassicLevel<string, Uint8Array>
  #pending: Pending[] = []
  #flushing: Promise<void> | undefined
  #isClosed = false
  #batches = 0

  private constructor(database: ClassicLevel<string, Uint8Array>) {
    this.#database = database
  }

  /** Throws `STORE_LOCKED` when another process has the directory open. */
  static async open(directory: string): Promise<LevelStore> {
    const database = new ClassicLevel<string, Uint8Array>(directory, {
      keyEncoding: 'utf8',
      valueEncoding: 'view',
    })
    try {
      await database.open()
    } catch (cause) {
      throw openFailure(directory, cause)
    }
    return new LevelStore(database)
  }

  /** Batches written, each with one fsync. */
  get batches(): number {
    return this.#batches
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    this.#assertOpen()
    return plainBytes(await reading(this.#database.get(key)))
  }

  async *entries(prefix: string): AsyncIterable<readonly [key: string, value: Uint8Array]> {
    this.#assertOpen()
    const iterator = this.#database.iterator({ gte: prefix, lt: prefix + AFTER_PREFIX })
    try {
      for (;;) {
        const batch = await reading(iterator.nextv(256))
        if (batch.length === 0) return
        for (const [key, value] of batch) yield [key, plainBytes(value)]
      }
    } finally {
      await iterator.close()
    }
  }

  commit(writes: readonly Write[]): Promise<void> {
    if (this.#isClosed) return Promise.reject(closed())
    if (writes.length === 0) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#pending.push({ writes, resolve, reject })
      this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined))
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#flushing
    await this.#database.close()
  }

  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending
      this.#pending = []
      this.#batches += 1
      try {
        await this.#database.batch(
          batch.flatMap(({ writes }) => writes.map(toOperation)),
          { sync: true },
        )
      } catch (cause) {
        const failure = new StoreError('STORE_UNAVAILABLE', 'the store could not be written', {
          cause,
        })
        for (const { reject } of batch) reject(failure)
        continue
      }
      for (const { resolve } of batch) resolve()
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) throw closed()
  }
}

/** LevelDB's bindings hand out Buffers, which print, compare and slice differently. */
function plainBytes<Value extends Uint8Array | undefined>(value: Value): Value | Uint8Array {
  return value === undefined
    ? value
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

function toOperation(write: Write) {
  return 'put' in write
    ? ({ type: 'put', key: write.put, value: write.value } as const)
    : ({ type: 'del', key: write.delete } as const)
}

async function reading<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result
  } catch (cause) {
    throw codeOf(cause) === 'LEVEL_CORRUPTION'
      ? new StoreError('STORE_CORRUPT', 'the store is damaged', { cause })
      : new StoreError('STORE_UNAVAILABLE', 'the store could not be read', { cause })
  }
}

function openFailure(directory: string, cause: unknown): StoreError {
  const reason = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause
  switch (codeOf(reason)) {
    case 'LEVEL_LOCKED':
      return new StoreError('STORE_LOCKED', `${directory} is in use by another process`, { cause })
    case 'LEVEL_CORRUPTION':
      return new StoreError('STORE_CORRUPT', `${directory} is damaged`, { cause })
    default:
      return new StoreError('STORE_UNAVAILABLE', `${directory} cannot be opened`, { cause })
  }
}

function closed(): StoreError {
  return new StoreError('STORE_CLOSED', 'the store is closed')
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
