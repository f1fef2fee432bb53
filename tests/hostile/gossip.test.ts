import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GOSSIP_TOPIC } from '../../node/mesh/host.ts'
import type { AsgardNode } from '../../node/library.ts'
import { encodeTrust } from '../../protocols/trust/codec.ts'
import { HostileMember, isIn } from '../support/hostile-member.ts'
import { Nodes, idOf, inviteBy, isLinked, meshOf, until } from '../support/nodes.ts'
import { expectPromptChange, measureUsualChange } from '../support/prompt.ts'

const MESHSUB = '/meshsub/1.2.0'

describe('a member that abuses gossip', () => {
  let nodes: Nodes
  let ana: AsgardNode
  let bob: AsgardNode
  let mallory: HostileMember

  beforeEach(async () => {
    nodes = new Nodes()
    ana = await nodes.found('ana')
    bob = await nodes.admitted(ana, 'bob')
    mallory = await HostileMember.enter(ana)
    await isIn(bob, mallory)
    await measureUsualChange(ana, bob, 'bob')
  })
  afterEach(async () => {
    await mallory.stop()
    await nodes.end()
  })

  async function expectOthersUnaffected(): Promise<void> {
    await expectPromptChange(ana, bob, 'bob')
    expect(isLinked(ana, bob)).toBe(true)
  }

  const field = (tag: number, ...parts: readonly (Uint8Array | string)[]): Uint8Array => {
    const content = Buffer.concat(parts.map((part) => Buffer.from(part)))
    const length: number[] = []
    for (let rest = content.length; ; rest >>>= 7) {
      if (rest < 128) {
        length.push(rest)
        break
      }
      length.push((rest & 127) | 128)
    }
    return Buffer.concat([Uint8Array.of(tag), Uint8Array.from(length), content])
  }
  const subscription = (topic: string) => field(0x0a, Uint8Array.of(0x08, 1), field(0x12, topic))
  const control = (...parts: Uint8Array[]) => field(0x1a, ...parts)
  const many = <Item>(count: number, make: (n: number) => Item): Item[] =>
    Array.from({ length: count }, (_, n) => make(n))
  const id = (n: number) => Buffer.from(`message ${n}`.padEnd(40, 'x'))

  it.each([
    [
      'subscribes to 100,000 topics at once',
      () => many(1_000, (n) => Buffer.concat(many(100, (m) => subscription(`topic ${n} ${m}`)))),
    ],
    [
      'subscribes to 10,000 topics, ten at a time',
      () => many(1_000, (n) => Buffer.concat(many(10, (m) => subscription(`topic ${n} ${m}`)))),
    ],
    [
      'grafts onto 10,000 topics',
      () =>
        many(100, (n) => control(...many(100, (m) => field(0x1a, field(0x0a, `topic ${n} ${m}`))))),
    ],
    [
      'claims to have 100,000 messages',
      () =>
        many(200, (n) =>
          control(
            field(
              0x0a,
              field(0x0a, GOSSIP_TOPIC),
              ...many(500, (m) => field(0x12, id(n * 500 + m))),
            ),
          ),
        ),
    ],
    [
      'asks for 100,000 messages',
      () =>
        many(200, (n) => control(field(0x12, ...many(500, (m) => field(0x0a, id(n * 500 + m)))))),
    ],
    [
      'wants none of 100,000 messages',
      () =>
        many(200, (n) => control(field(0x2a, ...many(500, (m) => field(0x0a, id(n * 500 + m)))))),
    ],
    [
      'prunes without end',
      () =>
        many(200, () =>
          control(
            ...many(100, () => field(0x22, field(0x0a, GOSSIP_TOPIC), Uint8Array.of(0x18, 60))),
          ),
        ),
    ],
    [
      'sends garbage',
      () => many(100, (n) => new Uint8Array(1_000).map((_, i) => (i * 13 + n) & 0xff)),
    ],
    [
      'sends one message above the limit',
      () => [field(0x12, field(0x12, new Uint8Array(70_000)), field(0x22, GOSSIP_TOPIC))],
    ],
  ])('that %s leaves everybody else unaffected', async (_what, frames) => {
    await mallory.say(MESHSUB, frames())
    await expectOthersUnaffected()
    const { gossip } = meshOf(ana).host
    expect(gossip.getTopics()).toEqual([GOSSIP_TOPIC])
    const { topics } = gossip as unknown as { topics: ReadonlyMap<string, unknown> }
    expect([...topics.keys()].filter((topic) => topic !== GOSSIP_TOPIC)).toEqual([])
    await inviteBy(ana)
    await until(
      bob,
      () => meshOf(bob).trust.frontier().join() === meshOf(ana).trust.frontier().join(),
    )
  })

  it('cannot have garbage, foreign or forged records passed on', async () => {
    const eve = await nodes.found('eve')
    const before = meshOf(ana).trust.frontier().join()
    const { gossip } = mallory.stranger
    await until(ana, () => gossip.getPeers().map(String).includes(idOf(ana)))
    gossip.subscribe(GOSSIP_TOPIC)
    await until(ana, () => gossip.getSubscribers(GOSSIP_TOPIC).map(String).includes(idOf(ana)))
    const got: string[] = []
    meshOf(bob).host.gossip.addEventListener('gossipsub:message', (event) =>
      got.push(event.detail.msgId),
    )
    const foreign = meshOf(eve).trust.missing([], Infinity)
    await gossip.publish(GOSSIP_TOPIC, new Uint8Array(500).fill(7))
    await gossip.publish(
      GOSSIP_TOPIC,
      encodeTrust({ kind: 'records', records: foreign, more: false }),
    )
    await gossip.publish(GOSSIP_TOPIC, encodeTrust({ kind: 'frontier', heads: [], wantedKeys: [] }))
    for (const n of many(300, (each) => each))
      await gossip.publish(GOSSIP_TOPIC, Buffer.from(`spam ${n}`))
    await expectOthersUnaffected()
    expect(meshOf(ana).trust.frontier().join()).toBe(before)
    expect(meshOf(bob).trust.frontier().join()).toBe(before)
    expect(got).toEqual([])
  })
})
