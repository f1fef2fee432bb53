import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../src/clock/clock.ts'

/** 256 bits, so that guessing is hopeless whatever the rate. */
const SECRET_BYTES = 32

export interface CredentialLimits {
  readonly launchTtlMs: number
  readonly launchesMax: number
  /** Counted from the last use. */
  readonly sessionTtlMs: number
  readonly sessionsMax: number
  readonly ticketTtlMs: number
  readonly ticketsMax: number
}

export const CREDENTIAL_LIMITS: CredentialLimits = {
  launchTtlMs: 60_000,
  launchesMax: 32,
  sessionTtlMs: 12 * 3_600_000,
  sessionsMax: 64,
  ticketTtlMs: 30_000,
  ticketsMax: 128,
}

export interface Issued {
  readonly secret: string
  readonly expiresAt: number
}

/** An open browser session or program token; it ends by time, by `revoke` or with the process. */
export interface Session {
  isLive(): boolean
}

interface Held {
  readonly digest: Buffer
  readonly ttlMs: number
  /** Both clocks: the wall clock also counts sleep, the monotonic one cannot be set back. */
  wallMs: number
  monotonicMs: number
}
interface HeldSession extends Held, Session {
  isRevoked: boolean
}
interface HeldTicket extends Held {
  readonly session: Session
}

/**
 * What opens the loopback door: one-time launch codes, exchanged for session tokens, which buy short-lived
 * single-use tickets for the event socket. Only digests are kept, in memory, in bounded numbers.
 */
export class Credentials {
  readonly #clock: Clock
  readonly #limits: CredentialLimits
  #launches: Held[] = []
  #sessions: HeldSession[] = []
  #tickets: HeldTicket[] = []

  constructor(clock: Clock, limits: CredentialLimits = CREDENTIAL_LIMITS) {
    this.#clock = clock
    this.#limits = limits
  }

  issueLaunch(): Issued {
    const { secret, held } = this.#mint(this.#limits.launchTtlMs)
    this.#launches = [...this.#launches.filter((launch) => this.#holds(launch)), held].slice(
      -this.#limits.launchesMax,
    )
    return { secret, expiresAt: held.wallMs + held.ttlMs }
  }

  /** A launch code is worth one session; undefined when it is unknown, used or too old. */
  exchange(launch: string): Issued | undefined {
    const held = this.#find(this.#launches, launch)
    if (held === undefined) return undefined
    this.#launches = this.#launches.filter((other) => other !== held)
    return this.#openSession()
  }

  /** The session of a token, or undefined. Each use moves its end. */
  session(token: string): Session | undefined {
    const held = this.#find(this.#sessions, token)
    if (held === undefined) return undefined
    this.#use(held)
    // Least recently used first, so that the bound evicts the one nobody misses.
    this.#sessions = [...this.#sessions.filter((other) => other !== held), held]
    return held
  }

  revoke(session: Session): void {
    for (const held of this.#sessions) if (held === session) held.isRevoked = true
    this.#sessions = this.#sessions.filter((held) => held !== session)
    this.#tickets = this.#tickets.filter((ticket) => ticket.session !== session)
  }

  issueTicket(session: Session): Issued {
    const { secret, held } = this.#mint(this.#limits.ticketTtlMs)
    const tickets = this.#tickets.filter((ticket) => this.#holds(ticket))
    this.#tickets = [...tickets, { ...held, session }].slice(-this.#limits.ticketsMax)
    return { secret, expiresAt: held.wallMs + held.ttlMs }
  }

  /** The session a socket ticket was bought with; the ticket is used up by asking. */
  redeem(ticket: string): Session | undefined {
    const held = this.#find(this.#tickets, ticket)
    if (held === undefined) return undefined
    this.#tickets = this.#tickets.filter((other) => other !== held)
    return held.session.isLive() ? held.session : undefined
  }

  #openSession(): Issued {
    const { secret, held } = this.#mint(this.#limits.sessionTtlMs)
    const session: HeldSession = {
      ...held,
      isRevoked: false,
      isLive: () => !session.isRevoked && this.#holds(session),
    }
    const sessions = [...this.#sessions.filter((other) => other.isLive()), session]
    for (const evicted of sessions.slice(0, -this.#limits.sessionsMax)) evicted.isRevoked = true
    this.#sessions = sessions.slice(-this.#limits.sessionsMax)
    return { secret, expiresAt: session.wallMs + session.ttlMs }
  }

  #mint(ttlMs: number): { readonly secret: string; readonly held: Held } {
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    const held = {
      digest: digestOf(secret),
      ttlMs,
      wallMs: this.#clock.now(),
      monotonicMs: this.#clock.monotonic(),
    }
    return { secret, held }
  }

  #use(held: Held): void {
    held.wallMs = this.#clock.now()
    held.monotonicMs = this.#clock.monotonic()
  }

  #holds(held: Held): boolean {
    return (
      this.#clock.now() - held.wallMs < held.ttlMs &&
      this.#clock.monotonic() - held.monotonicMs < held.ttlMs
    )
  }

  /** Compares with every one held, in constant time each, so that nothing is learnt from how long it took. */
  #find<Kind extends Held>(among: readonly Kind[], secret: string): Kind | undefined {
    const digest = digestOf(secret)
    let found: Kind | undefined
    for (const held of among) if (timingSafeEqual(held.digest, digest)) found = held
    return found !== undefined && this.#holds(found) && !('isRevoked' in found && found.isRevoked)
      ? found
      : undefined
  }
}

function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
