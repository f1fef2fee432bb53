import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json, parseJson } from '../../../src/replica/json.ts'

describe('canonical JSON', () => {
  it('is the same whatever the order of keys', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, null], c: 'é' } })).toBe(
      '{"a":{"c":"é","d":[1,null]},"b":1}',
    )
    expect(canonicalJson({ a: { c: 'é', d: [1, null] }, b: 1 })).toBe(
      '{"a":{"c":"é","d":[1,null]},"b":1}',
    )
  })

  it('reads back as what it was written from', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(parseJson(canonicalJson(value as Json)))).toBe(
          canonicalJson(value as Json),
        )
      }),
    )
  })

  it('is parsed into objects without prototypes', () => {
    const parsed = parseJson('{"__proto__":{"isAdmin":true},"a":[{"b":{}}]}') as {
      isAdmin?: unknown
    }
    expect(Object.getPrototypeOf(parsed)).toBeNull()
    expect(parsed.isAdmin).toBeUndefined()
  })
})
