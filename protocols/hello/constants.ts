export const HELLO_PROTOCOL = '/asgard/hello/1.0.0'

export const HELLO_NONCE_BYTES = 32

/** Largest frame: a page of records with its framing. */
export const HELLO_FRAME_MAX_BYTES = 270_336

/** Records of one page. */
export const HELLO_PAGE_MAX_BYTES = 262_144

/** What may have arrived unread: more than a proof of admission in a network of 1,000 devices. */
export const HELLO_BUFFER_MAX_BYTES = 1_048_576

/** A connection has one hello; a second stream is for nobody. */
export const HELLO_STREAMS_MAX = 1

/** All records one stranger may show: a proof of admission in a network of 1,000 devices has about 0.6 MB. */
export const HELLO_RECORDS_MAX_BYTES = 4_194_304
export const HELLO_RECORDS_MAX = 20_000

/** From the first frame to the verdict. A stranger's connection lives no longer than this. */
export const HELLO_TIMEOUT_MS = 10_000
