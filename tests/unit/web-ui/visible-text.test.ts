import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleParts, visibleString } from '../../../web-ui/visible-text.ts'

describe('visibleParts', () => {
  it('leaves ordinary names of any script alone', () => {
    for (const name of ['bob', 'Zoë’s π', 'نور', '電脳', '👩‍🔧 box', '<b>bold</b>']) {
      expect(visibleParts(name)).toEqual([{ text: name, isMark: false }])
    }
  })

  it('shows what cannot be seen', () => {
    expect(visibleString('\u202Egpj.exe')).toBe('U+202Egpj.exe')
    expect(visibleString('\u001b[31mred')).toBe('ESC[31mred')
    expect(visibleString('a\u200Bb\u0000')).toBe('aU+200BbU+0000')
    expect(visibleString('\uD800')).toBe('U+D800')
  })

  it('cuts what is long', () => {
    expect(visibleString('x'.repeat(10_240))).toHaveLength(81)
  })

  it('keeps lines where there may be lines', () => {
    expect(visibleParts('a\nb', { keepsLines: true })).toEqual([{ text: 'a\nb', isMark: false }])
    expect(visibleString('a\nb')).toBe('aU+000Ab')
  })

  it('never lets a control, a direction or a separator through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(visibleString(text).replaceAll('\u200D', '')).not.toMatch(
          /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u,
        )
      }),
      { numRuns: 10_000 },
    )
  })
})
