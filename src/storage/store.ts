export type Write =
  | { readonly put: string; readonly value: Uint8Array }
  | { readonly delete: string }

/**
 * An ordered map from string keys to bytes that survives kill -9.
 * Keys are `/`-separated paths in ASCII; their order is byte order.
 */
export interface Store {
  get(key: string): Promise<Uint8Array | undefined>
  /** Entries whose key starts with `prefix`, in key order. */
  entries(prefix: string): AsyncIterable<readonly [key: string, value: Uint8Array]>
  /** All writes or none; on disk (fsync) once it resolves. */
  commit(writes: readonly Write[]): Promise<void>
  close(): Promise<void>
}
