import { describe, expect, it } from 'vitest'
import { guardLoopback } from '../../../node/api/request-guard.ts'

const HOST = ['Host', '127.0.0.1:7077']

function verdict(
  rawHeaders: readonly string[],
  part: { method?: string; target?: string; isUpgrade?: boolean } = {},
) {
  return (
    guardLoopback({ method: 'GET', target: '/', isUpgrade: false, ...part, rawHeaders }, 7077)
      ?.kind ?? 'passed'
  )
}

describe('guardLoopback', () => {
  it.each(['127.0.0.1:7077', 'localhost:7077', 'LOCALHOST:7077', '[::1]:7077'])(
    'lets in the host %s',
    (host) => {
      expect(verdict(['Host', host])).toBe('passed')
    },
  )

  it.each([
    '',
    '127.0.0.1',
    '127.0.0.1:7078',
    'localhost.:7077',
    'localhost:7077.evil.example',
    'evil.example:7077',
    '0.0.0.0:7077',
    '127.0.0.2:7077',
    '2130706433:7077',
    '[::ffff:127.0.0.1]:7077',
    'user@localhost:7077',
    'localhost:07077',
    ' localhost:7077',
  ])('refuses the host "%s"', (host) => {
    expect(verdict(['Host', host])).toBe('foreign-host')
  })

  it('refuses no host, and two, also the same one twice', () => {
    expect(verdict([])).toBe('foreign-host')
    expect(verdict([...HOST, 'host', '127.0.0.1:7077'])).toBe('foreign-host')
  })

  it('holds the origin to the very host that was named', () => {
    expect(verdict([...HOST, 'Origin', 'http://127.0.0.1:7077'])).toBe('passed')
    for (const origin of [
      'http://localhost:7077',
      'https://127.0.0.1:7077',
      'null',
      '',
      'http://127.0.0.1:7077/',
    ]) {
      expect(verdict([...HOST, 'Origin', origin])).toBe('foreign-origin')
    }
  })

  it('wants an origin for every socket, and for what a browser writes', () => {
    expect(verdict(HOST, { isUpgrade: true })).toBe('foreign-origin')
    expect(verdict(HOST, { method: 'POST' })).toBe('passed')
    expect(verdict([...HOST, 'Sec-Fetch-Mode', 'cors'], { method: 'POST' })).toBe('foreign-origin')
  })

  it.each(['http://evil.example/', '*', '//evil.example/', '/a\\..\\b', ''])(
    'refuses the target "%s"',
    (target) => {
      expect(verdict(HOST, { target })).toBe('bad-target')
    },
  )

  it.each(['/?token=1', '/?a=1&TOKEN=1', '/?%74oken=1', '/#/?launch=1', '/?t='])(
    'refuses a secret in "%s"',
    (target) => {
      expect(verdict(HOST, { target })).toBe('token-in-query')
    },
  )
})
