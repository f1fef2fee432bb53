import { describe, expect, it } from 'vitest'
import { dialFailure } from '../../../src/reach/dial-failure.ts'

const named = (name: string, message = name) => Object.assign(new RangeError(message), { name })
const coded = (code: string) => Object.assign(new RangeError(`connect ${code}`), { code })

describe('a failed dial', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['EADDRNOTAVAIL', 'unreachable'],
    ['ENETDOWN', 'unreachable'],
    ['EHOSTDOWN', 'unreachable'],
  ])('with %s is %s', (code, outcome) => {
    expect(dialFailure(coded(code))).toEqual({ outcome, detail: `connect ${code}` })
  })

  it.each([
    ['TimeoutError', 'timeout'],
    ['AbortError', 'timeout'],
    ['UnexpectedPeerError', 'wrong-device'],
    ['InvalidCryptoExchangeError', 'wrong-device'],
    ['DialDeniedError', 'denied'],
  ])('by a %s is %s', (name, outcome) => {
    expect(dialFailure(named(name)).outcome).toBe(outcome)
  })

  it('is what lies under the library’s own errors', () => {
    const wrapped = new RangeError('dial failed', {
      cause: new RangeError('tcp', { cause: coded('ECONNREFUSED') }),
    })
    expect(dialFailure(wrapped)).toEqual({ outcome: 'refused', detail: 'connect ECONNREFUSED' })
  })

  it('is the first that has a meaning of several at once', () => {
    const several = new AggregateError(
      [named('Odd'), coded('EHOSTUNREACH'), coded('ECONNREFUSED')],
      'all failed',
    )
    expect(dialFailure(several).outcome).toBe('unreachable')
  })

  it('is the system’s error rather than the time-out around it', () => {
    const late = Object.assign(named('TimeoutError'), { cause: coded('EHOSTUNREACH') })
    expect(dialFailure(late).outcome).toBe('unreachable')
  })

  it('of unknown meaning is failed, in the innermost words', () => {
    const odd = new RangeError('outer', { cause: new RangeError('inner') })
    expect(dialFailure(odd)).toEqual({ outcome: 'failed', detail: 'inner' })
    expect(dialFailure('text')).toEqual({ outcome: 'failed', detail: 'text' })
    expect(dialFailure(undefined)).toEqual({ outcome: 'failed', detail: 'undefined' })
  })

  it('that is its own cause is looked at no deeper than there is sense in', () => {
    const loop = new RangeError('loop')
    loop.cause = loop
    expect(dialFailure(loop)).toEqual({ outcome: 'failed', detail: 'loop' })
  })
})
