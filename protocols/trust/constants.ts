export const TRUST_PROTOCOL = '/asgard/trust/1.0.0'

/** Records of one frame. */
export const TRUST_PAGE_MAX_BYTES = 262_144
export const TRUST_PAGE_MAX_RECORDS = 8_192

/** Heads of one frontier: one per author whose last record nobody has built on. */
export const TRUST_HEADS_MAX = 1_024

export const TRUST_KEYS_MAX = 16
