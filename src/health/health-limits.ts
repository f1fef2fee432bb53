/**
 * Figures of the failure detector, in ms of the observer's attentive time (see `attentive-clock.ts`).
 * An idle, healthy pair: a probe after 1 s of silence; others asked at 1.5 s; suspect at 2.5 s; failed at 4 s
 * when two others confirm it, else at 4.5 s. Each is seen at the next tick, so a freeze is seen at most
 * 4.75 s after it began, while a process that is kept off the CPU for 1.5 s raises no suspicion.
 */
export const TICK_MS = 250

/** A peer that was silent this long is probed. */
export const PROBE_AFTER_MS = 1_000

/** Who probed last lets the other side go first, so that both ends of a link get round-trip times. */
export const PROBE_TURN_MS = 250

/**
 * However much is heard of a peer, it gets a frame this often: while it sends us a lot, its own probes are stuck
 * behind that and it would hear nothing of us.
 */
export const HEARTBEAT_EVERY_MS = 1_500

/** A suspect is probed this often. */
export const SUSPECT_PROBE_EVERY_MS = 500

/** A round-trip time older than this is measured again even if the peer is heard all the time. */
export const RTT_REFRESH_MS = 10_000

/** Probes per second and node, whatever the number of peers. */
export const PROBES_PER_SECOND = 10

export const ASK_AFTER_MS = 1_500
export const ASK_EVERY_MS = 1_000
/** Devices asked about a silent one (SWIM's k). */
export const ASK_DEVICES = 3
/** Who is asked answers by now at the latest. */
export const ANSWER_WITHIN_MS = 1_000
/** Heard this recently, a device need not be probed again to answer for it. */
export const FRESH_MS = 200

export const SUSPECT_AFTER_MS = 2_500
/** No probe, no suspicion: one must have been unanswered this long. */
export const UNANSWERED_MS = 700
export const FAIL_AFTER_MS = 4_500
/** When two others do not hear it either. */
export const FAIL_CONFIRMED_AFTER_MS = 4_000
export const CONFIRMATIONS = 2

/** After its connection broke: time for the redial before anybody is alarmed. */
export const REDIAL_GRACE_MS = 750
export const FAIL_UNCONNECTED_AFTER_MS = 4_000

/** A member never seen, whose dials fail, is called failed after this. */
export const FAIL_UNKNOWN_AFTER_MS = 10_000

/** A device that says it hears, or hears of, a suspect keeps it alive; so many of them are remembered. */
export const VOUCHERS_MAX = 16
/** Questions of others waiting for an answer. */
export const QUESTIONS_MAX = 256
/** Questions and suspicions taken from one peer per second; more are dropped. */
export const QUESTIONS_PER_SECOND = 50
/** Departed members still shown as `left`. */
export const DEPARTED_MAX = 1_024
