import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TrustRecordBody } from '../../proto/gen/trust.js'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { networkKeyOf } from '../../src/identity/network-id.ts'
import { LOG_MAX_BYTES, RECORD_MAX_BYTES } from '../../src/trust/trust-limits.ts'
import type { TrustLog } from '../../src/trust/trust-log.ts'
import { idFromBytes, openRecord } from '../../src/trust/trust-record.ts'
import { admitKey } from '../support/hostile-member.ts'
import { Nodes, idOf, inviteBy, isLinked, joinEnd, meshOf, shown, until } from '../support/nodes.ts'
import { signBody } from '../support/trust-bytes.ts'

const PAYLOAD_BYTES = RECORD_MAX_BYTES - 1_024

/** Legal records by the admin, each as large as may be and without any effect: an operation of a later version. */
function flood(trust: TrustLog, admin: DeviceKey, nowMs: number): Uint8Array[] {
  const payload = Buffer.concat([
    Buffer.from([0xa2, 0x01, 0x80, 0xf8, 0x03]), // field 20 of 64,512 bytes
    Buffer.alloc(PAYLOAD_BYTES, 7),
  ])
  const records: Uint8Array[] = []
  const [head = ''] = trust.frontier().map(idFromBytes)
  let prev = new Uint8Array(0)
  for (let seq = 1; records.length * PAYLOAD_BYTES < LOG_MAX_BYTES; seq++) {
    const body = TrustRecordBody.encode({
      network: networkKeyOf(trust.networkId),
      author: admin.publicKey,
      seq: BigInt(seq),
      prev,
      heads: seq === 1 ? [Buffer.from(head, 'hex')] : [],
      timeMs: BigInt(nowMs),
    })
    const bytes = signBody(Buffer.concat([body, payload]), admin)
    records.push(bytes)
    prev = new Uint8Array(Buffer.from(openRecord(bytes).record.id, 'hex'))
  }
  return records
}

describe('a trust log that a hostile admin has filled', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  it('lets an owner remove it, others join, and those meet that never met', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob')
    await until(ana, async () => ((await shown(ana, bob))?.addresses.length ?? 0) > 0)
    const mallory = DeviceKey.generate()
    await admitKey(ana, mallory.id, 'mallory', 'admin')
    await until(bob, () => meshOf(bob).trust.state.members.has(mallory.id))
    await nodes.stop(bob)

    const { trust, clock } = meshOf(ana)
    const report = await trust.ingest(flood(trust, mallory, clock.now()))
    expect(report.refused.map(({ code }) => code)).toEqual(['LOG_FULL'])
    await ana.backend.network().revoke(mallory.id, 'it floods')
    expect(trust.state.revocations.has(mallory.id)).toBe(true)

    const cleo = await nodes.start('cleo')
    expect(await joinEnd(cleo, await inviteBy(ana))).toMatchObject({ step: 'joined' })
    await until(
      cleo,
      () => meshOf(cleo).trust.frontier().join() === trust.frontier().join(),
      30_000,
    )
    await until(cleo, async () => ((await shown(cleo, bob))?.addresses.length ?? 0) > 0)
    await nodes.stop(ana)

    // Bob has been away all the time; nobody but cleo can show him that she is a member, and the flood with it.
    const again = await nodes.start('bob')
    expect(meshOf(again).trust.state.members.has(idOf(cleo))).toBe(false)
    await until(again, () => isLinked(again, cleo), 60_000)
    expect(meshOf(again).trust.state.revocations.has(mallory.id)).toBe(true)
  }, 180_000)
})
