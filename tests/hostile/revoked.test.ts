import type { Stream } from '@libp2p/interface'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AsgardNode } from '../../node/library.ts'
import { HELLO_PROTOCOL } from '../../protocols/hello/constants.ts'
import { JOIN_PROTOCOL } from '../../protocols/join/constants.ts'
import { encodeMessage } from '../../protocols/replica/codec.ts'
import { REPLICA_PROTOCOL } from '../../protocols/replica/constants.ts'
import { ForeignAuthor } from '../support/foreign-author.ts'
import { HostileMember, isIn, pour } from '../support/hostile-member.ts'
import { Nodes, idOf, inviteBy, meshOf, until } from '../support/nodes.ts'
import { questionsFor } from '../support/questions.ts'
import { leaks, secretsOf } from '../support/secrets.ts'
import { closeOf, endOf } from '../support/stranger.ts'

/** The promise of the product: gone from connected devices within a second. */
const CUT_MAX_MS = 1_000
const OPEN = new Set([HELLO_PROTOCOL, JOIN_PROTOCOL])

describe('a removed device that goes on', () => {
  let nodes: Nodes
  let ana: AsgardNode
  let bob: AsgardNode
  let mallory: HostileMember
  let alsoAtBob: HostileMember

  beforeEach(async () => {
    nodes = new Nodes()
    ana = await nodes.found('ana')
    bob = await nodes.admitted(ana, 'bob')
    mallory = await HostileMember.enter(ana)
    await isIn(bob, mallory)
    alsoAtBob = await HostileMember.connect(mallory.stranger, addressOf(bob))
  })
  afterEach(async () => {
    await mallory.stop()
    await nodes.end()
  })

  const addressOf = (node: AsgardNode) =>
    meshOf(node).host.libp2p.getMultiaddrs().map(String)[0] ?? ''
  const revoke = () => ana.backend.network().revoke(mallory.id, 'hostile')
  const protocolsOf = (node: AsgardNode) =>
    meshOf(node)
      .host.libp2p.getProtocols()
      .filter((protocol) => !OPEN.has(protocol))

  function within<Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new RangeError(`not within ${ms} ms: ${what}`)), ms)
      work.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }

  it('is cut on all its streams and connections within a second, on every device', async () => {
    const streams: Stream[] = []
    for (const [node, member] of [
      [ana, mallory],
      [bob, alsoAtBob],
    ] as const) {
      for (const protocol of protocolsOf(node)) {
        streams.push(await member.say(protocol, []))
      }
    }
    const ends = [...streams.map(endOf), closeOf(mallory.connection), closeOf(alsoAtBob.connection)]
    await revoke()
    await within(CUT_MAX_MS, 'all streams and connections ended', Promise.all(ends))
    for (const node of [ana, bob]) {
      expect(meshOf(node).links.isUp(mallory.id)).toBe(false)
      expect(
        meshOf(node)
          .host.libp2p.getConnections()
          .some((c) => c.remotePeer.toString() === mallory.id),
      ).toBe(false)
      expect(meshOf(node).host.gossip.getPeers().map(String)).not.toContain(mallory.id)
    }
  })

  it('is cut also on connections on which it never said hello', async () => {
    const silent = await HostileMember.enter(ana, { name: 'silent' })
    await silent.connection.close()
    const connection = await silent.stranger.dial(addressOf(ana))
    const stream = await connection.newStream(['/ipfs/ping/1.0.0'])
    const ends = [endOf(stream), closeOf(connection)]
    await ana.backend.network().revoke(silent.id, 'hostile')
    await within(CUT_MAX_MS, 'the silent connection ended', Promise.all(ends))
    await silent.stop()
  })

  it('is not heard any more, whatever it had on the way', async () => {
    const stream = await mallory.open(REPLICA_PROTOCOL)
    const author = new ForeignAuthor(mallory.key, 'device', meshOf(ana).id)
    const push = () => encodeMessage({ kind: 'push', envelopes: [author.next(author.seq).bytes] })
    await pour(stream, [push()])
    const head = () =>
      meshOf(ana).replica.head({ author: mallory.id, document: 'device' })?.seq ?? 0
    await until(ana, () => head() === 1)
    const revoked = revoke()
    const flood = pour(stream, Array.from({ length: 400 }, push))
    await revoked
    const seen = head()
    await flood
    await closeOf(mallory.connection)
    await inviteBy(ana) // whatever came has been handled before this
    expect(head()).toBe(seen)
    expect(meshOf(ana).registry.get(mallory.id)?.role ?? null).toBe(null)
  })

  it('gets nothing on new connections but the word that it was removed', async () => {
    await revoke()
    await Promise.all([closeOf(mallory.connection), closeOf(alsoAtBob.connection)])
    for (const node of [ana, bob]) {
      mallory.stranger.heard.length = 0
      const connection = await mallory.stranger.dial(addressOf(node))
      for (const protocol of protocolsOf(node)) {
        const ending = await mallory.stranger.knock(
          connection,
          protocol,
          questionsFor(bob)[protocol],
        )
        expect({
          protocol,
          isRefused: ending.how !== 'closed',
          bytes: ending.bytes.length,
        }).toEqual({ protocol, isRefused: true, bytes: 0 })
      }
      const hello = await mallory.stranger.hello(connection)
      expect(hello).toMatchObject({
        isMutual: false,
        theirs: { accepts: false, refusal: 'revoked' },
      })
      await closeOf(connection)
      const other = node === ana ? bob : ana
      expect(leaks(secretsOf(node, [other]), mallory.stranger.heard)).toEqual([])
    }
  })

  it('cannot come back by what it kept: its proof, an open ticket, the old group key', async () => {
    const ticket = await inviteBy(ana, { uses: 10 })
    const proof = meshOf(ana).trust.proofOf(mallory.id)
    const { groupKeys, trust } = meshOf(ana)
    const oldEpochs = trust.state.epochs.map(({ commitment }) => commitment)
    await revoke()
    await closeOf(mallory.connection)
    await until(ana, () => trust.state.epochs.length > oldEpochs.length)
    const connection = await mallory.stranger.dial(addressOf(ana))
    const claims = {
      standing: () => ({ accepts: false as const, refusal: 'stranger' as const }),
      ownRecords: () => proof,
      proof: (own: Uint8Array, other: Uint8Array) =>
        groupKeys.prove(oldEpochs.at(-1), {
          prover: mallory.id,
          verifier: idOf(ana),
          proverNonce: own,
          verifierNonce: other,
        }),
    }
    expect((await mallory.stranger.hello(connection, claims)).isMutual).toBe(false)
    expect(trust.state.members.has(mallory.id)).toBe(false)
    expect(ticket).toMatch(/^asgard1/)
  })
})
