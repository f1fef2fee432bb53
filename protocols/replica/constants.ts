export const REPLICA_PROTOCOL = '/asgard/replica/1.0.0'

/** What a signature or hash of an envelope is about; keeps it from meaning anything elsewhere. */
export const ENVELOPE_DOMAIN = 'asgard/envelope/1'
/** What a Yjs client id is derived under. */
export const CLIENT_ID_DOMAIN = 'asgard/client-id/1'

/** Everything about an envelope fits in this: one change, or one whole document. */
export const ENVELOPE_MAX_BYTES = 65_536
/** Document names are ASCII and end up in keys of the store. */
export const DOCUMENT_NAME_PATTERN = /^[a-z][a-z0-9.-]{0,31}$/
export const HASH_BYTES = 32
export const PUBLIC_KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

/** Structs in one update; Yjs allocates by the number an update claims, so it is counted first. */
export const UPDATE_STRUCTS_MAX = 4_096
export const UPDATE_DELETES_MAX = 4_096
/** Clocks an author may use between two snapshots; bounds the structs a receiver keeps. */
export const DOCUMENT_CLOCK_MAX = 65_536
/** A document as canonical JSON; leaves room for Yjs's framing in one snapshot envelope. */
export const DOCUMENT_MAX_BYTES = 49_152
/** Entries of all maps in a document; a snapshot needs a struct for each. */
export const DOCUMENT_ENTRIES_MAX = 2_048
export const STRING_MAX_BYTES = 16_384
export const KEY_MAX_BYTES = 128
export const NESTING_MAX = 8
/** The one root of every document, a Y.Map. */
export const ROOT_NAME = 'root'

/**
 * An author writes a snapshot after the first number of updates if they are larger than the document itself,
 * so that a fresh device has few envelopes to verify; else after the second, or after this many bytes or clocks.
 */
export const COMPACT_SMALL_AFTER_UPDATES = 8
export const COMPACT_AFTER_UPDATES = 64
export const COMPACT_AFTER_BYTES = 65_536
export const COMPACT_AFTER_CLOCK = 32_768
/** Updates since the last snapshot that a receiver accepts: four times what an honest author leaves. */
export const TAIL_UPDATES_MAX = 256
export const TAIL_MAX_BYTES = 262_144

/** Buckets of the digest; one differing document costs the heads of 1/64 of all documents. */
export const BUCKETS = 64
export const BUCKET_DIGEST_BYTES = 16
/** Heads in one frame: about 100 bytes each. */
export const HEADS_MAX = 4_096
export const WANT_ITEMS_MAX = 1_024
/** One reply to a `want`. */
export const RANGE_ENVELOPES_MAX = 256
export const RANGE_MAX_BYTES = 1_048_576
export const PUSH_ENVELOPES_MAX = 16

/** Time between two summaries to one peer, ± `SYNC_JITTER` of it. */
export const SYNC_EVERY_MS = 60_000
export const SYNC_JITTER = 0.2
/** An unanswered `want` is given up after this. */
export const WANT_TIMEOUT_MS = 15_000
/** Wants under way to one peer. */
export const WANTS_PER_PEER_MAX = 2

/** What one author may publish, and what one peer may pass on of one author. */
export const AUTHOR_ENVELOPES_PER_S = 20
export const AUTHOR_ENVELOPES_BURST = 100
export const AUTHOR_BYTES_PER_MIN = 1_048_576
/** Frames one peer may send: a fresh device with 10,000 documents stays far below. */
export const PEER_FRAMES_PER_S = 50
export const PEER_FRAMES_BURST = 500
/** What one peer may have us read and send for its wants. */
export const PEER_SERVED_BYTES_PER_S = 4_194_304
export const PEER_SERVED_BYTES_BURST = 67_108_864
/** Envelopes waiting for an earlier one. */
export const PARKED_PER_AUTHOR_MAX = 64
export const PARKED_MAX_BYTES = 16_777_216
export const PARKED_MAX_MS = 60_000
