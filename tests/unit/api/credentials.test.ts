import { describe, expect, it } from 'vitest'
import { Credentials, CREDENTIAL_LIMITS } from '../../../node/api/credentials.ts'
import { HandClock } from '../../support/hand-clock.ts'

const HOUR_MS = 3_600_000

function signIn(credentials: Credentials): string {
  const issued = credentials.exchange(credentials.issueLaunch().secret)
  if (issued === undefined) throw new TypeError('a fresh launch code was refused')
  return issued.secret
}

describe('Credentials', () => {
  it('exchanges a launch code once', () => {
    const credentials = new Credentials(new HandClock())
    const { secret } = credentials.issueLaunch()
    expect(credentials.exchange(secret)).toBeDefined()
    expect(credentials.exchange(secret)).toBeUndefined()
    expect(credentials.exchange('')).toBeUndefined()
  })

  it('lets a launch code live 60 s, by either clock', () => {
    const clock = new HandClock()
    const credentials = new Credentials(clock)
    const slept = credentials.issueLaunch().secret
    clock.stepWall(60_000)
    expect(credentials.exchange(slept)).toBeUndefined()
    const turnedBack = credentials.issueLaunch().secret
    clock.stepWall(-HOUR_MS)
    clock.advance(60_000)
    expect(credentials.exchange(turnedBack)).toBeUndefined()
  })

  it('makes secrets of 256 bits', () => {
    const credentials = new Credentials(new HandClock())
    expect(Buffer.from(signIn(credentials), 'base64url')).toHaveLength(32)
    expect(signIn(credentials)).not.toBe(signIn(credentials))
  })

  it('ends a session twelve hours after its last use', () => {
    const clock = new HandClock()
    const credentials = new Credentials(clock)
    const token = signIn(credentials)
    for (let day = 0; day < 3; day++) {
      clock.advance(11 * HOUR_MS)
      expect(credentials.session(token)).toBeDefined()
    }
    clock.advance(12 * HOUR_MS)
    expect(credentials.session(token)).toBeUndefined()
  })

  it('ends a revoked session everywhere', () => {
    const credentials = new Credentials(new HandClock())
    const token = signIn(credentials)
    const session = credentials.session(token)
    if (session === undefined) throw new TypeError('a fresh token was refused')
    const ticket = credentials.issueTicket(session).secret
    credentials.revoke(session)
    expect(session.isLive()).toBe(false)
    expect(credentials.session(token)).toBeUndefined()
    expect(credentials.redeem(ticket)).toBeUndefined()
  })

  it('redeems a ticket once, within 30 s', () => {
    const clock = new HandClock()
    const credentials = new Credentials(clock)
    const session = credentials.session(signIn(credentials))
    if (session === undefined) throw new TypeError('a fresh token was refused')
    const ticket = credentials.issueTicket(session).secret
    expect(credentials.redeem(ticket)).toBe(session)
    expect(credentials.redeem(ticket)).toBeUndefined()
    const late = credentials.issueTicket(session).secret
    clock.advance(30_000)
    expect(credentials.redeem(late)).toBeUndefined()
  })

  it('keeps a bounded number of each, and drops the one nobody has used for longest', () => {
    const limits = { ...CREDENTIAL_LIMITS, launchesMax: 2, sessionsMax: 2 }
    const credentials = new Credentials(new HandClock(), limits)
    const codes = [1, 2, 3].map(() => credentials.issueLaunch().secret)
    expect(codes.map((code) => credentials.exchange(code) !== undefined)).toEqual([
      false,
      true,
      true,
    ])
    const one = signIn(credentials)
    const two = signIn(credentials)
    credentials.session(one)
    const evicted = credentials.session(two)
    credentials.session(one)
    signIn(credentials)
    expect(credentials.session(one)).toBeDefined()
    expect(credentials.session(two)).toBeUndefined()
    expect(evicted?.isLive()).toBe(false)
  })
})
