export const HELLO_PROTOCOL = '/asgard/hello/1.0.0'

export const HELLO_NONCE_BYTES = 32

/** Largest frame: a page of records with its framing. */
export const HELLO_FRAME_MAX_BYTES = 270_336

/** Records of one page. */
export const HELLO_PAGE_MAX_BYTES = 262_144

/** A page that another one follows: only because the next record, of 65,536 bytes at most, had no room in it. */
export const HELLO_FULL_PAGE_MIN_BYTES = 196_608

/** What may have arrived unread: a page and what follows it. The next page is sent when it is asked for. */
export const HELLO_BUFFER_MAX_BYTES = 540_672

/** A connection has one hello; a second stream is for nobody. */
export const HELLO_STREAMS_MAX = 1

/**
 * All records one stranger may show. A proof of admission in a network of 1,000 devices has about 0.6 MB; but it is all
 * that the admission has seen, and whoever fills the log must not lock out those who were admitted since.
 */
export const HELLO_RECORDS_MAX_BYTES = 67_108_864
export const HELLO_RECORDS_MAX = 30_000

/** From the first frame to the verdict, and again from each full page that held. */
export const HELLO_TIMEOUT_MS = 10_000
