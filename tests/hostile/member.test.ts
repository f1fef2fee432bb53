import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  encodeLinkState,
  encodeSignedLinkState,
  signedBytesOf,
} from '../../protocols/health/link-state-codec.ts'
import { encodeHealth } from '../../protocols/health/codec.ts'
import { HEALTH_PROTOCOL, LINK_STATE_MAX_BYTES } from '../../protocols/health/constants.ts'
import { encodeMessage } from '../../protocols/replica/codec.ts'
import { REPLICA_PROTOCOL } from '../../protocols/replica/constants.ts'
import { encodeTrust } from '../../protocols/trust/codec.ts'
import { TRUST_PROTOCOL } from '../../protocols/trust/constants.ts'
import { CHANNEL_FRAME_MAX_BYTES } from '../../protocols/channel/constants.ts'
import type { AsgardNode } from '../../node/library.ts'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { sealRecord, type UnsignedRecord } from '../../src/trust/trust-record.ts'
import type { TrustOperation } from '../../src/trust/trust-operation.ts'
import { ForeignAuthor } from '../support/foreign-author.ts'
import { CHANNELS, HostileMember, isIn } from '../support/hostile-member.ts'
import { LogSpy } from '../support/log-spy.ts'
import { Nodes, eventOf, idOf, isLinked, meshOf, shown, until } from '../support/nodes.ts'
import { expectPromptChange, measureUsualChange } from '../support/prompt.ts'
import { annotationsDocument } from '../../src/registry/annotation.ts'
import { rewrite, signBody, bodyOf } from '../support/trust-bytes.ts'

describe('a member whose code is not ours', () => {
  let nodes: Nodes
  let log: LogSpy
  let ana: AsgardNode
  let bob: AsgardNode
  let mallory: HostileMember

  beforeEach(async () => {
    nodes = new Nodes()
    log = new LogSpy()
    ana = await nodes.found('ana', { log })
    bob = await nodes.admitted(ana, 'bob')
    mallory = await HostileMember.enter(ana)
    await isIn(bob, mallory)
    await until(ana, async () => (await shown(ana, bob))?.platform !== '')
    await measureUsualChange(ana, bob, 'bob')
  })
  afterEach(async () => {
    await mallory.stop()
    await nodes.end()
  })

  /** Nobody else notices: bob is connected, and a change reaches him as fast as ever. */
  async function expectOthersUnaffected(): Promise<void> {
    await expectPromptChange(ana, bob, 'bob')
    expect(isLinked(ana, bob)).toBe(true)
  }

  async function expectOffence(offence: string): Promise<void> {
    await until(ana, () => log.offences(mallory.id).includes(offence))
  }

  const frontier = () => meshOf(ana).trust.frontier().join()

  /** A trust record of mallory's, legal in form, that has seen everything. */
  function act(
    operation: TrustOperation,
    change: Partial<UnsignedRecord> = {},
    key = mallory.key,
  ): Uint8Array {
    const { trust, clock } = meshOf(ana)
    const heads = trust.frontier().map((id) => Buffer.from(id).toString('hex'))
    const record = {
      network: trust.networkId,
      seq: 1,
      prev: null,
      heads,
      timeMs: Math.floor(clock.now()),
      operation,
    }
    return sealRecord({ ...record, ...change }, key)
  }

  const records = (...bytes: Uint8Array[]) =>
    encodeTrust({ kind: 'records', records: bytes, more: false })

  describe('on any channel', () => {
    it.each(
      CHANNELS.flatMap(
        (protocol) =>
          [
            [protocol, 'a length of 2 GiB', Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x08)],
            [
              protocol,
              'a frame one byte above the limit',
              Buffer.concat([
                varint(CHANNEL_FRAME_MAX_BYTES + 1),
                new Uint8Array(CHANNEL_FRAME_MAX_BYTES + 1),
              ]),
            ],
            [protocol, 'a length that has no end', new Uint8Array(64).fill(0xff)],
          ] as const,
      ),
    )('%s: %s ends the stream, not the network', async (protocol, _what, bytes) => {
      expect(await mallory.blurt(protocol, bytes)).toBe('reset')
      // The stream at once, not the connection after some seconds of silence.
      expect(meshOf(ana).links.isUp(mallory.id)).toBe(true)
      await expectOthersUnaffected()
    })

    it.each(CHANNELS)(
      '%s: garbage has no effect and is logged once for each reason',
      async (protocol) => {
        const before = frontier()
        const garbage = Array.from({ length: 150 }, (_, n) =>
          new Uint8Array(40 + n).map((_, i) => (i * 31 + n * 7) & 0xff),
        )
        await mallory.say(protocol, garbage)
        if (protocol === REPLICA_PROTOCOL) await eventOf(ana, 'replica:quarantined')
        else await until(ana, () => log.offences(mallory.id).length > 0)
        await expectOthersUnaffected()
        expect(new Set(log.offences(mallory.id)).size).toBe(log.offences(mallory.id).length)
        expect(frontier()).toBe(before)
      },
    )

    it.each(CHANNELS)(
      '%s: ten thousand frames at once are more than its budget, and nobody else waits',
      async (protocol) => {
        const frames: Record<string, Uint8Array> = {
          [TRUST_PROTOCOL]: encodeTrust({ kind: 'frontier', heads: [], wantedKeys: [] }),
          [REPLICA_PROTOCOL]: encodeMessage({ kind: 'summary', root: new Uint8Array(32) }),
          [HEALTH_PROTOCOL]: encodeHealth({ kind: 'ask', device: idOf(bob) }),
        }
        const frame = frames[protocol] ?? new Uint8Array(1)
        const flood = mallory.say(
          protocol,
          Array.from({ length: 10_000 }, () => frame),
        )
        await expectOthersUnaffected()
        await flood
        await expectOthersUnaffected()
        expect(mallory.frames[protocol as (typeof CHANNELS)[number]].length).toBeLessThan(2_000)
      },
    )
  })

  describe('on the trust channel', () => {
    it('cannot speak for others, promote itself, remove, invite or rename', async () => {
      const before = frontier()
      const forged = act({ kind: 'role', device: mallory.id, role: 'owner' })
      await mallory.say(TRUST_PROTOCOL, [
        records(forged),
        records(act({ kind: 'revoke', device: idOf(bob), reason: '' })),
        records(act({ kind: 'rename', name: 'mine' })),
        records(
          act({
            kind: 'admit',
            device: DeviceKey.generate().id,
            role: 'member',
            until: Date.now() + 1_000_000,
            name: 'x',
          }),
        ),
        records(act({ kind: 'renew', devices: [mallory.id], until: Date.now() + 1_000_000 })),
        records(act({ kind: 'rekey', commitment: new Uint8Array(32) })),
        records(rewrite(forged, mallory.key, () => ({ author: meshOf(ana).key.publicKey }))),
        records(signBody(bodyOf(forged), DeviceKey.generate())),
      ])
      await expectOffence('trust NOT_PERMITTED')
      await expectOffence('trust BAD_SIGNATURE')
      await expectOthersUnaffected()
      expect(frontier()).toBe(before)
      expect(meshOf(bob).trust.state.members.get(mallory.id)?.role).toBe('member')
    })

    it('cannot bring records of another network, nor a second beginning of this one', async () => {
      const before = frontier()
      const eve = await nodes.found('eve')
      const genesis = act(
        { kind: 'genesis', name: 'mine', owner: mallory.id, ownerName: 'm' },
        { heads: [] },
      )
      await mallory.say(TRUST_PROTOCOL, [
        records(...meshOf(eve).trust.missing([], Infinity)),
        records(genesis),
      ])
      await expectOffence('trust WRONG_NETWORK')
      await expectOffence('trust NOT_PERMITTED')
      expect(frontier()).toBe(before)
      await expectOthersUnaffected()
    })

    it('cannot plant a group key', async () => {
      await mallory.say(TRUST_PROTOCOL, [
        encodeTrust({
          kind: 'group-keys',
          keys: Array.from({ length: 16 }, () => new Uint8Array(32).fill(9)),
        }),
      ])
      await expectOthersUnaffected()
      const { groupKeys, trust } = meshOf(ana)
      expect(groupKeys.lacking(trust.state.epochs.map(({ commitment }) => commitment))).toEqual([])
    })

    it('cannot fill the memory with records that build on nothing', async () => {
      const before = frontier()
      const orphans = Array.from({ length: 150 }, (_, n) =>
        records(
          ...Array.from({ length: 20 }, () =>
            act({ kind: 'leave' }, { seq: 2 + n, prev: 'ab'.repeat(32) }),
          ),
        ),
      )
      await mallory.say(TRUST_PROTOCOL, orphans)
      await expectOthersUnaffected()
      expect(frontier()).toBe(before)
    })
  })

  describe('on the replica channel', () => {
    it('cannot write what others say, nor what its role does not allow', async () => {
      const network = meshOf(ana).id
      const bobs = { author: idOf(bob), document: 'device' }
      await until(ana, () => (meshOf(ana).replica.head(bobs)?.seq ?? 0) > 0)
      const head = meshOf(ana).replica.head(bobs)
      if (head === undefined) throw new TypeError('bob has said nothing')
      const own = new ForeignAuthor(mallory.key, 'device', network)
      const forged = own.sign(own.next(1).fields.update, 1, {
        author: meshOf(bob).key.publicKey,
        incarnation: head.incarnation,
        seq: head.seq + 1,
        prev: Buffer.from(head.hash, 'hex'),
      })
      const note = new ForeignAuthor(mallory.key, annotationsDocument(idOf(bob)), network).next(
        1,
      ).bytes
      const unknown = new ForeignAuthor(mallory.key, 'secrets', network).next(1).bytes
      const elsewhere = new ForeignAuthor(mallory.key, 'device').next(1).bytes
      await mallory.say(
        REPLICA_PROTOCOL,
        [forged, note, unknown, elsewhere].map((bytes) =>
          encodeMessage({ kind: 'push', envelopes: [bytes] }),
        ),
      )
      const refusals = ['BAD_SIGNATURE', 'NOT_PERMITTED', 'UNKNOWN_DOCUMENT', 'WRONG_NETWORK']
      const codes = (): string[] =>
        meshOf(ana)
          .replica.quarantined()
          .map(({ code }) => code)
      await until(ana, () => refusals.every((code) => codes().includes(code)))
      expect((await shown(ana, bob))?.platform).not.toBe('')
      await expectOthersUnaffected()
    })

    it('that writes two histories is shown to all, and its record stops counting there', async () => {
      const author = new ForeignAuthor(mallory.key, 'device', meshOf(ana).id)
      const one = author.seal(author.next(1).fields.update, 1, {
        seq: 1,
        prev: new Uint8Array(32),
        clockFrom: 0,
        clockTo: 1,
      })
      const other = new ForeignAuthor(mallory.key, 'device', meshOf(ana).id).next(2)
      await mallory.say(
        REPLICA_PROTOCOL,
        [one, other].map(({ bytes }) => encodeMessage({ kind: 'push', envelopes: [bytes] })),
      )
      for (const node of [ana, bob])
        await eventOf(node, 'replica:forked', (event) => event.device === mallory.id)
      await expectOthersUnaffected()
    })
  })

  describe('on the health channel', () => {
    const statement = (key: DeviceKey, observer: string, network = meshOf(ana).id) => {
      const views = [{ device: idOf(ana), health: 'failed' as const }]
      const payload = encodeLinkState({
        network,
        observer,
        incarnation: 2n ** 60n,
        seq: 1n,
        links: [],
        views,
      })
      return encodeSignedLinkState({ payload, signature: key.sign(signedBytesOf(payload)) })
    }

    it('cannot state links for others, for other networks, or without end', async () => {
      const signed = [
        statement(mallory.key, idOf(bob)),
        statement(mallory.key, mallory.id, 'other'),
        new Uint8Array(LINK_STATE_MAX_BYTES),
      ]
      await mallory.say(
        HEALTH_PROTOCOL,
        signed.map((bytes) => encodeHealth({ kind: 'link-states', signed: [bytes] })),
      )
      await expectOffence('health FORGED')
      await expectOffence('health WRONG_NETWORK')
      await expectOffence('health MALFORMED')
      expect(
        meshOf(ana)
          .topology.views()
          .filter(({ health }) => health === 'failed'),
      ).toEqual([])
      await expectOthersUnaffected()
    })

    it('cannot talk a living device dead', async () => {
      const lies = Array.from({ length: 40 }, (_, n) => [
        encodeHealth({ kind: 'suspicion', device: idOf(bob) }),
        encodeHealth({ kind: 'answer', device: idOf(bob), sight: { kind: 'silent' } }),
        encodeHealth({ kind: 'ping', seq: n, strain: 8 }),
      ]).flat()
      await mallory.say(HEALTH_PROTOCOL, lies)
      await until(ana, () => mallory.frames[HEALTH_PROTOCOL].length > 20)
      await expectOthersUnaffected()
      const deaths = ana.backend.events
        .after(0)
        ?.filter(
          ({ type, device, data }) =>
            type === 'device:health' && device === idOf(bob) && data['after'] !== 'alive',
        )
      expect(deaths).toEqual([])
    })
  })
})

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.from([...bytes, rest])
    bytes.push((rest % 128) | 0x80)
  }
}
