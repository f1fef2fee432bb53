import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fitTo,
  padTo,
  safeBlock,
  safeJson,
  safeText,
  widthOf,
} from '../../../node/cli/safe-text.ts'

const FAMILY = '👩‍👩‍👧‍👦'

describe('text from elsewhere', () => {
  it.each([
    ['plain', 'plain'],
    ['ana’s laptop · naïve', 'ana’s laptop · naïve'],
    ['שלום עולם', 'שלום עולם'],
    [`${FAMILY} 家族 ❤️ 👍🏽`, `${FAMILY} 家族 ❤️ 👍🏽`],
    ['\x1b[31mred\x07', '\\x1b[31mred\\x07'],
    ['\x9b2J', '\\x9b2J'],
    ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
    ['\u202egnp.exe', '\\u202egnp.exe'],
    ['a\u200db', 'a\\u200db'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800x', '\\ud800x'],
    ['a\u00adb', 'a\\xadb'],
    ['\u2028', '\\u2028'],
  ])('%j is shown as %j', (text, shown) => expect(safeText(text)).toBe(shown))

  it('is cut where asked, never within a character', () => {
    expect(safeText('abcdef', 3)).toBe('abc…')
    expect(safeText('ab👍cd', 3)).toBe('ab…')
    expect(safeText('x'.repeat(100_000)).length).toBeLessThan(10_100)
  })

  it('does not stack marks over other lines', () => {
    expect(safeText(`a${'\u0300'.repeat(50)}b`)).toBe(`a${'\u0300'.repeat(8)}b`)
  })

  it('keeps line breaks where a block is shown', () => {
    expect(safeBlock('a\r\nb\x1b[2J\nc')).toBe('a\nb\\x1b[2J\nc')
  })

  it('holds nothing that a terminal obeys, whatever it was (10,000 inputs)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const safe = safeText(text)
        expect(safe).not.toMatch(/\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|(?!\u200d)\p{Cf}/u)
        expect(safeText(safe)).toBe(safe)
        expect(widthOf(fitTo(safe, 10))).toBeLessThanOrEqual(10)
        expect(widthOf(padTo(fitTo(safe, 10), 10))).toBe(10)
      }),
      { numRuns: 10_000 },
    )
  })

  it('keeps its value in JSON that a terminal may show (10,000 inputs)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = safeJson({ [text]: [text] })
        expect(JSON.parse(json)).toEqual({ [text]: [text] })
        expect(json).not.toMatch(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['ä', 1],
    ['● ◐ ○ — … · “x” ✓ ✗ →', 21],
    ['Привет, Ωmega', 13],
    ['a\u0308', 1],
    ['家族', 4],
    ['ｆｕｌｌ', 8],
    ['👍🏽', 2],
    [FAMILY, 2],
    ['❤️', 2],
    ['🇩🇪', 2],
    ['שלום', 4],
    ['한글', 4],
    ['\u1112\u1161\u11ab', 2],
    ['\u{11d46} x', 3],
    ['क्षि', 3],
  ])('of %s is %i', (text, width) => expect(widthOf(text)).toBe(width))

  it('decides what fits', () => {
    expect(fitTo('家族家族', 5)).toBe('家族…')
    expect(fitTo('家族家族', 4)).toBe('家…')
    expect(fitTo('abc', 3)).toBe('abc')
    expect(fitTo('abc', 0)).toBe('')
  })
})
