import { describe, expect, it } from 'vitest'
import { count, durationMs, durationS, moment } from '../../../node/cli/arguments.ts'
import {
  agoText,
  bytesText,
  durationText,
  msText,
  pathText,
  plural,
  shortId,
  timeText,
} from '../../../node/cli/format.ts'

describe('what people read', () => {
  it.each([
    [0, '0 s'],
    [44_000, '44 s'],
    [59_600, '1 min'],
    [90_000, '2 min'],
    [3_599_000, '1h'],
    [3_600_000, '1h'],
    [7_500_000, '2h 5min'],
    [86_400_000, '1d'],
    [273_600_000, '3d 4h'],
    [-5, '0 s'],
  ])('%i ms is %s', (ms, text) => expect(durationText(ms)).toBe(text))

  it.each([
    [null, 'never'],
    [99_500, 'now'],
    [40_000, '1 min ago'],
    [200_000, 'now'],
  ])('seen at %s is %s', (at, text) => expect(agoText(at, 100_000)).toBe(text))
  it.each([
    [null, '—'],
    [0, '0 B'],
    [999, '999 B'],
    [1_200_000_000, '1.2 G'],
    [88_000_000, '88.0 M'],
    [340_000_000, '340 M'],
  ])('%s bytes are %s', (bytes, text) => expect(bytesText(bytes)).toBe(text))
  it.each([
    [null, '—'],
    [2.13, '2.1 ms'],
    [48.3, '48 ms'],
  ])('%s is %s', (ms, text) => expect(msText(ms)).toBe(text))

  it('shows ids by their ends, moments in local time, counts in words', () => {
    expect(shortId('12D3KooWAnaj9eJUqb')).toBe('…9eJUqb'.replace('9', 'j9'))
    expect(timeText(new Date(2026, 10, 20, 14, 2, 5).getTime())).toBe('2026-11-20 14:02:05')
    expect([plural(1, 'device'), plural(2, 'device'), plural(2, 'address', 'addresses')]).toEqual([
      '1 device',
      '2 devices',
      '2 addresses',
    ])
  })

  it('says how a path leads', () => {
    const path = {
      kind: 'direct',
      transport: 'tcp',
      address: '/ip4/192.168.1.9/tcp/41641',
      rttMs: 1,
      loss: 0,
      via: null,
      sinceMs: 0,
    } as const
    expect(pathText(path)).toBe('direct tcp 192.168.1.9')
    expect(pathText({ ...path, kind: 'relayed', via: 'vps' })).toBe('relay vps')
    expect(pathText({ ...path, address: 'odd' })).toBe('direct tcp odd')
    expect(pathText(null)).toBe('—')
  })
})

describe('what people write', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['15m', 900],
    ['15min', 900],
    ['24h', 86_400],
    ['7d', 604_800],
    ['2w', 1_209_600],
  ])('%s is %i s', (text, seconds) => expect(durationS(text)).toBe(seconds))
  it.each(['', '0', '-1', 'soon', '1y', '1.5h', '9'.repeat(20)])('%j is no time', (text) =>
    expect(() => durationS(text)).toThrow('a time is'),
  )
  it.each([
    ['200ms', 200],
    ['1', 1_000],
    ['0.5', 500],
    ['1m', 60_000],
  ])('%s is %i ms', (text, ms) => expect(durationMs(text)).toBe(ms))
  it.each(['0', '-1', '1.5', 'x', ''])('%j is no count', (text) =>
    expect(() => count(text)).toThrow('whole number'),
  )

  it('a moment is a date, a time, or an age', () => {
    const read = moment(() => 10_000_000)
    expect(read('15m')).toBe(10_000_000 - 900_000)
    expect(read('2026-11-20')).toBe(new Date(2026, 10, 20).getTime())
    expect(read('2026-11-20T14:00Z')).toBe(Date.UTC(2026, 10, 20, 14))
    for (const wrong of ['yesterday', '2026-13-45', '15', ''])
      expect(() => read(wrong)).toThrow('a moment is')
  })
})
