/** Our statement is repeated this often, so that a lost one is made up for. */
export const REFRESH_EVERY_MS = 60_000

/** A statement older than this is stale: two refreshes and a half were missed. */
export const STALE_AFTER_MS = 150_000

/** How often is looked for statements that became stale. */
export const STALE_CHECK_EVERY_MS = 10_000

/** Changes within this time are told together; the first is told at once. */
export const COALESCE_MS = 250

/** A changed round-trip time is told at most this often, and only beyond 25 % and 2 ms. */
export const RTT_TOLD_EVERY_MS = 10_000
export const RTT_CHANGE_SHARE = 0.25
export const RTT_CHANGE_MS = 2
export const LOSS_CHANGE = 0.05

/** A new neighbour is told what others stated once it has told whom it is connected to itself. */
export const INTRODUCE_AFTER_MS = 2_000

/** Observers whose statements are kept. */
export const ORIGINS_MAX = 4_096

/** Statements taken from one observer: a correct one makes at most four a second. */
export const STATEMENTS_PER_SECOND = 10
export const STATEMENTS_BURST = 20

/** Signatures checked for one neighbour; the burst lets it introduce a whole network. */
export const CHECKS_PER_SECOND = 100
export const CHECKS_BURST = 4_096

/** A split must last this long before it is announced. */
export const SETTLE_MS = 2_000

export const HISTORY_MAX = 512
