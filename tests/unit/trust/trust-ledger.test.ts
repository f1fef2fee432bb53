import { describe, expect, it } from 'vitest'
import { TrustLedger } from '../../../src/trust/trust-ledger.ts'
import { TrustScene } from '../../support/trust-scene.ts'

/** Adds what is legal; returns why the rest is not. */
function feed(ledger: TrustLedger, scene: TrustScene): (string | undefined)[] {
  return scene.records.map((record) => {
    const refusal = ledger.refusalOf(record)
    if (refusal === undefined) ledger.add(record)
    return refusal?.code
  })
}

function flood(): TrustScene {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  for (let n = 0; n < 10; n++) scene.act('bob', { kind: 'rename', name: `${n}` })
  return scene
}

describe('a full trust ledger', () => {
  it('refuses what admins write', () => {
    const ledger = new TrustLedger(flood().networkId, { records: 10, ownerReserve: 2, bytes: 1e6 })
    expect(feed(ledger, flood()).slice(9, 11)).toEqual([undefined, 'LOG_FULL'])
    expect(ledger.graph.size).toBe(10)
  })

  it('has room for owners still, so that a flood can be ended', () => {
    const scene = flood()
    const ledger = new TrustLedger(scene.networkId, { records: 10, ownerReserve: 2, bytes: 1e6 })
    feed(ledger, scene)
    const seen = ledger.recordsFrom(9)
    const revocation = scene.revoke('ana', 'bob', { sees: seen })
    expect(ledger.refusalOf(revocation)).toBeUndefined()
  })

  it('counts bytes too', () => {
    const scene = flood()
    const ledger = new TrustLedger(scene.networkId, { records: 100, ownerReserve: 0, bytes: 1_500 })
    feed(ledger, scene)
    const bytes = ledger.recordsFrom(0).reduce((sum, record) => sum + record.bytes.length, 0)
    expect(bytes).toBeGreaterThan(1_200)
    expect(bytes).toBeLessThanOrEqual(1_500)
  })
})
