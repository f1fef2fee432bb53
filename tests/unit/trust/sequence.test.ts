import { describe, expect, it } from 'vitest'
import { openRecord, sealRecord } from '../../../src/trust/trust-record.ts'
import { keyOf, TrustScene } from '../../support/trust-scene.ts'

describe('the sequence numbers of an author', () => {
  it.each([
    ['leaves one out', 3],
    ['leaps', 1_000],
  ])('end a chain that %s, whatever it names as its last record', (_, seq) => {
    const scene = new TrustScene('ana')
    const first = scene.admit('ana', 'bob', 'member')
    const bytes = sealRecord(
      {
        network: scene.networkId,
        seq,
        prev: first.id,
        heads: [first.id],
        timeMs: first.timeMs + 1,
        operation: { kind: 'rename', name: 'other' },
      },
      keyOf('ana'),
    )
    const { record } = openRecord(bytes)
    scene.records.push(record)
    expect(scene.refusal(record)).toBe('BAD_CHAIN')
  })
})
