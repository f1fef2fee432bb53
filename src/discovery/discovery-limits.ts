export const ADDRESSES_PER_DEVICE_MAX = 16
export const ATTEMPTS_PER_DEVICE_MAX = 32
export const BOOK_DEVICES_MAX = 4_096
export const ADDRESS_MAX_CHARS = 255
export const DETAIL_MAX_CHARS = 200

/** What was learned is on disk this long after; a lost write costs one discovery. */
export const BOOK_WRITE_AFTER_MS = 2_000
/** A failed attempt alone is not worth a write at once. */
export const BOOK_ATTEMPT_WRITE_AFTER_MS = 60_000

/** Up to this many members everybody connects to everybody. */
export const FULL_MESH_MEMBERS_MAX = 48
export const PARALLEL_DIALS_MAX = 8
/** A connection lost a moment ago is dialled beside those, because the answer tells whether the device lives. */
export const URGENT_DIALS_MAX = 16
/** However often a device is heard of, it is not dialled again sooner than this. */
export const NUDGE_EVERY_MS = 500

/** The end with the higher id waits up to this long, so that two ends seldom dial each other at once. */
export const YIELD_MAX_MS = 150

/** After a lost connection: quick tries, then one a second or so, for as long. */
export const QUICK_RETRIES_MS = [100, 200, 400] as const
export const BRISK_FOR_MS = 120_000
export const BRISK_MIN_MS = 500
export const BRISK_MAX_MS = 1_500

/** Beyond that: exponential with full jitter, for ever. */
export const BACKOFF_BASE_MS = 1_000
export const BACKOFF_MAX_MS = 300_000
export const BACKOFF_FLOOR_MS = 500

/** Next address of the same device starts this long after the one before, or when that failed. */
export const STAGGER_MS = 250
export const DIAL_DEADLINE_MS = 10_000
/** While briskly retrying: SYNs go out at 0, 1 and 3 s; a fresh try is better than waiting for the one at 7 s. */
export const BRISK_DEADLINE_MS = 4_000

/** A dial that old gives way to a fresh one when there is news. */
export const HURRY_AFTER_MS = 1_000

/** Once connected, a dial under way gets this long to say that it was the one. */
export const OVERTAKEN_AFTER_MS = 1_000

/** Wall clock ahead of the monotonic one by this: the machine slept. */
export const SLEEP_GAP_MS = 10_000

export const INTERFACES_EVERY_MS = 1_000
