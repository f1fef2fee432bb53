export const JOIN_PROTOCOL = '/asgard/join/1.0.0'

export const JOIN_NONCE_BYTES = 32

/** Largest frame: a page of records with its framing. */
export const JOIN_FRAME_MAX_BYTES = 270_336

/** Largest frame of a joiner: its request. The rest of the limit is for the other direction. */
export const JOIN_REQUEST_MAX_BYTES = 1_024
export const JOIN_PAGE_MAX_BYTES = 262_144
/** A page that another one follows: only because the next record, of 65,536 bytes at most, had no room in it. */
export const JOIN_FULL_PAGE_MIN_BYTES = 196_608

/** The trust log a new member receives: all that a log may hold, else whoever fills it could stop every join. */
export const JOIN_RECORDS_MAX_BYTES = 67_108_864
export const JOIN_RECORDS_MAX = 30_000

/** The first three frames; what follows approval has its own deadline. */
export const JOIN_TIMEOUT_MS = 10_000

/** One page over a slow link, or into the log of a slow device. */
export const JOIN_PAGE_TIMEOUT_MS = 30_000

/** How long a device waits for a person to approve it. */
export const JOIN_APPROVAL_MAX_MS = 900_000

/** Devices that may wait for approval at one admin at once. */
export const JOIN_PENDING_MAX = 16

export const JOIN_NAME_MAX_BYTES = 252
export const JOIN_PLATFORM_MAX_BYTES = 64
export const JOIN_GROUP_KEYS_MAX = 16
