export const HEALTH_PROTOCOL = '/asgard/health/1.0.0'

/** Largest frame: one link-state of the largest size beside its framing, or several small ones. */
export const HEALTH_FRAME_MAX_BYTES = 65_536

/** Largest signed link-state: 256 links and 256 views of about 70 bytes each, and the envelope. */
export const LINK_STATE_MAX_BYTES = 40_960

/** Link-states in one frame; a fresh connection is told everything in several frames. */
export const LINK_STATES_PER_FRAME_MAX = 64

/** Links that one device may state; more than any device keeps open. */
export const LINKS_MAX = 256

/** Views that one device may state beside its links. */
export const VIEWS_MAX = 256

/** `strain` says how late a device's own timers run: 0 is punctual, 8 is the worst. */
export const STRAIN_MAX = 8

/** An answer older than this says nothing about now. */
export const ANSWER_AGE_MAX_MS = 60_000

/** Signed before the payload, so that a signature made for anything else never fits. */
export const LINK_STATE_DOMAIN = 'asgard/link-state/1\n'

/** `loss` on the wire is in thousandths. */
export const LOSS_SCALE = 1_000

/** `rtt_us` on the wire is capped at one minute. */
export const RTT_MAX_US = 60_000_000
