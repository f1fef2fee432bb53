import { encode as varint } from 'uint8-varint'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TrustRecordBody } from '../../proto/gen/trust.js'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { networkKeyOf } from '../../src/identity/network-id.ts'
import { parseTicket, ticketText } from '../../src/network/ticket.ts'
import { LOG_MAX_BYTES, RECORD_MAX_BYTES } from '../../src/trust/trust-limits.ts'
import type { TrustLog } from '../../src/trust/trust-log.ts'
import { idFromBytes, openRecord } from '../../src/trust/trust-record.ts'
import { admitKey } from '../support/hostile-member.ts'
import { Nodes, idOf, inviteBy, isLinked, joinEnd, meshOf, shown, until } from '../support/nodes.ts'
import { signBody } from '../support/trust-bytes.ts'

/** The body's other fields, the signature and the framing of all have less. */
const FRAMING_BYTES = 512

/** Legal records by the admin without any effect, operations of a later version, until no room is left for another. */
function flood(trust: TrustLog, admin: DeviceKey, nowMs: number): Uint8Array[] {
  const records: Uint8Array[] = []
  const [head = ''] = trust.frontier().map(idFromBytes)
  let prev = new Uint8Array(0)
  let left = LOG_MAX_BYTES
  for (let seq = 1; left > 0; seq++) {
    const body = TrustRecordBody.encode({
      network: networkKeyOf(trust.networkId),
      author: admin.publicKey,
      seq: BigInt(seq),
      prev,
      heads: seq === 1 ? [Buffer.from(head, 'hex')] : [],
      timeMs: BigInt(nowMs),
    })
    const payload = Math.max(0, Math.min(left, RECORD_MAX_BYTES) - FRAMING_BYTES)
    const operation = Buffer.concat([varint(20 * 8 + 2), varint(payload), Buffer.alloc(payload, 7)])
    const bytes = signBody(Buffer.concat([body, operation]), admin)
    records.push(bytes)
    left -= bytes.length
    prev = new Uint8Array(Buffer.from(openRecord(bytes).record.id, 'hex'))
  }
  return records
}

describe('a trust log that a hostile admin has filled', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  it('lets an owner remove it and others join, and those meet that never met', async () => {
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
    const ticket = await inviteBy(ana, { role: 'admin' })
    expect(await joinEnd(cleo, ticket)).toMatchObject({ step: 'joined' })
    await until(
      cleo,
      () => meshOf(cleo).trust.frontier().join() === trust.frontier().join(),
      30_000,
    )
    await until(cleo, async () => ((await shown(cleo, bob))?.addresses.length ?? 0) > 0)

    // An admin has no room to admit anybody, and says who has.
    const another = parseTicket(await inviteBy(ana))
    await until(cleo, () => meshOf(cleo).trust.state.invites.size === 2)
    const [address = ''] = meshOf(cleo).addresses()
    const dan = await nodes.start('dan')
    const hers = ticketText({ ...another, addresses: [address], inviter: idOf(cleo) })
    expect(await joinEnd(dan, hers)).toMatchObject({
      code: 'JOIN_NOT_AN_ADMIN',
      detail: expect.stringContaining('full') as string,
    })
    await nodes.stop(ana)

    // Bob has been away all the time; nobody but cleo can show him that she is a member, and the flood with it.
    const again = await nodes.start('bob')
    expect(meshOf(again).trust.state.members.has(idOf(cleo))).toBe(false)
    await until(again, () => isLinked(again, cleo), 60_000)
    expect(meshOf(again).trust.state.revocations.has(mallory.id)).toBe(true)
  }, 180_000)
})
