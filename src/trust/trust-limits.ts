const DAY_MS = 86_400_000

/** One record as sent. The largest legal one is a renewal of `RENEW_DEVICES_MAX` devices: 34 B each. */
export const RECORD_MAX_BYTES = 64 * 1_024
/** 1,500 × 34 B = 51 kB, so a full batch fits a record. */
export const RENEW_DEVICES_MAX = 1_500
/** Named predecessors. A frontier that is wider is folded by the next records, 32 at a time. */
export const HEADS_MAX = 32
/** A name in UTF-16 units as a person counts them, and in bytes so that the bound also holds on disk. */
export const NAME_MAX_CHARS = 63
export const NAME_MAX_BYTES = 252
export const REASON_MAX_CHARS = 200
export const REASON_MAX_BYTES = 800
export const INVITE_USES_MAX = 1_000

/**
 * Accepted records of others than owners: a home writes tens a year, 1,000 devices about 2,000 at first and some
 * hundreds a year. All accepted records are held in memory.
 */
export const LOG_RECORDS_MAX = 20_000
export const LOG_MAX_BYTES = 48 * 1_024 * 1_024
/**
 * Those of owners have room of their own, so that a flood by an admin cannot stop the removal of that admin, and so that
 * it does not matter what came first. Enough for an owner who does everything for 1,000 devices for ten years.
 */
export const LOG_OWNER_RECORDS_MAX = 10_000
export const LOG_OWNER_MAX_BYTES = 16 * 1_024 * 1_024
/** Chains that cover the graph, that is authors that were apart at the same time. Clocks take 2 B per record and chain. */
export const LANES_MAX = 2_048
/** Besides, opened by records of owners only: a removal needs one where a flood has grown all others meanwhile. */
export const LANES_OWNER_RESERVE = 64
/** Records that wait for a predecessor. */
export const PARKED_MAX = 1_024
export const PARKED_MAX_BYTES = 4 * 1_024 * 1_024

/** A normal admission; renewed by any admin that meets the device when less than `RENEW_BELOW_MS` is left. */
export const ADMISSION_MS = 90 * DAY_MS
export const RENEW_BELOW_MS = ADMISSION_MS / 3
/** Ends of admissions and renewals, from the record's time: some slack over `ADMISSION_MS` for skewed clocks. */
export const ADMISSION_MAX_MS = 100 * DAY_MS
/** A guest's stay is a date a person chose. */
export const GUEST_MAX_MS = 366 * DAY_MS
/** From the record's time. The API offers 30 days; the rest is for skewed clocks. */
export const INVITE_MAX_MS = 31 * DAY_MS
/** Times beyond 2100-01-01 are nonsense, and sums with them stay exact integers. */
export const TIME_MAX_MS = 4_102_444_800_000

/** Group key epochs kept in the state: older ones protect nothing that still travels. */
export const EPOCHS_KEPT = 16
/** Forks listed in the state; the records themselves are bounded by the log. */
export const FORKS_LISTED_MAX = 64
