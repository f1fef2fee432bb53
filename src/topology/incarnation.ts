import type { Store } from '../storage/store.ts'

const KEY = 'topology/incarnation'

/** A number larger than at any earlier start, on disk before it is used. The wall clock covers a lost store. */
export async function nextIncarnation(store: Store, nowMs: number): Promise<bigint> {
  const stored = await store.get(KEY)
  const last =
    stored?.byteLength === 8
      ? new DataView(stored.buffer, stored.byteOffset, 8).getBigUint64(0)
      : 0n
  const wall = BigInt(Math.max(0, Math.floor(nowMs)))
  const next = last + 1n > wall ? last + 1n : wall
  const value = new Uint8Array(8)
  new DataView(value.buffer).setBigUint64(0, next)
  await store.commit([{ put: KEY, value }])
  return next
}
