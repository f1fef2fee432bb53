/** Largest frame on any channel: one replica reply (1 MiB of envelopes) plus its framing. */
export const CHANNEL_FRAME_MAX_BYTES = 1_114_112

/** What one peer may be behind before frames to it are dropped: two of the largest frames. */
export const CHANNEL_QUEUE_MAX_BYTES = 2 * CHANNEL_FRAME_MAX_BYTES

/** Received bytes kept while the receiver is busy; above it the stream is paused and the sender's window fills. */
export const CHANNEL_READ_PAUSE_BYTES = 262_144

/** Wait before the first attempt to open a channel stream again; doubles up to the maximum. */
export const CHANNEL_REOPEN_MIN_MS = 50
export const CHANNEL_REOPEN_MAX_MS = 5_000

/** A stream that lived this long was accepted; the next wait starts from the minimum again. */
export const CHANNEL_STABLE_MS = 5_000

/** A stream that does not open within this time counts as failed. */
export const CHANNEL_OPEN_TIMEOUT_MS = 5_000

/** A stopping node waits no longer than this for its last words to leave. */
export const CHANNEL_FLUSH_MAX_MS = 500

/** Inbound streams of one channel on one connection: one in use, one that replaces it, two for races. */
export const CHANNEL_STREAMS_MAX = 4
