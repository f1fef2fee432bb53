import { describe, expect, it } from 'vitest'
import { encodeTrust } from '../../../protocols/trust/codec.ts'
import { type GossipTopic, TrustGossip } from '../../../src/trust/trust-gossip.ts'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { idOf, keyOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

type Listener = Parameters<GossipTopic['receive']>[0]

/** A topic that keeps what is published, and may fail. */
class Topic implements GossipTopic {
  readonly published: Uint8Array[] = []
  isDown = false
  listener: Listener | undefined

  publish(data: Uint8Array): Promise<void> {
    if (this.isDown) return Promise.reject(new RangeError('no peers'))
    this.published.push(data)
    return Promise.resolve()
  }
  receive(listener: Listener): void {
    this.listener = listener
  }
  async hear(data: Uint8Array) {
    return this.listener?.(idOf('bob'), data)
  }
}

const frame = (...records: TrustRecord[]) =>
  encodeTrust({ kind: 'records', records: records.map(({ bytes }) => bytes), more: false })

async function party(count = 2) {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  const trust = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
  await trust.ingest(scene.records.slice(0, count).map(({ bytes }) => bytes))
  const topic = new Topic()
  const gossip = new TrustGossip({ topic, trust })
  gossip.start()
  return { scene, trust, topic, gossip }
}

describe('trust gossip', () => {
  it('publishes what this device wrote, as records', async () => {
    const { trust, topic } = await party()
    const record = await trust.append({ kind: 'rename', name: 'house' }, keyOf('ana'), SCENE_MS + 9)
    expect(topic.published).toEqual([frame(record)])
  })

  it('publishes nothing that came from others: gossip passes that on itself', async () => {
    const { scene, trust, topic } = await party()
    await trust.ingest([scene.revoke('ana', 'bob').bytes], { origin: idOf('bob') })
    expect(topic.published).toEqual([])
  })

  it('publishes nothing that is too long for a message', async () => {
    const { trust, topic, scene } = await party()
    const devices = Array.from({ length: 1_500 }, (_, at) => idOf(`m${at}`))
    const long = [1, 2].map((at) =>
      scene.act('ana', { kind: 'renew', devices, until: SCENE_MS + 1_000_000 + at }),
    )
    await trust.ingest(long.map(({ bytes }) => bytes))
    expect(topic.published).toEqual([])
    expect(trust.state.members.size).toBe(2)
  })

  it('does not mind that a message cannot be sent', async () => {
    const { trust, topic } = await party()
    topic.isDown = true
    await trust.append({ kind: 'rename', name: 'house' }, keyOf('ana'), SCENE_MS + 9)
    expect(trust.state.name).toBe('house')
  })

  it('takes in a removal that it hears of, and passes it on', async () => {
    const { scene, trust, topic } = await party()
    expect(await topic.hear(frame(scene.revoke('ana', 'bob')))).toBe('accept')
    expect(trust.state.revocations.has(idOf('bob'))).toBe(true)
    expect(topic.published).toEqual([])
  })

  it('does not pass on what was known', async () => {
    const { scene, topic } = await party()
    expect(await topic.hear(frame(...scene.records))).toBe('ignore')
  })

  it('does not pass on what cannot be judged yet, and has it when its predecessors come', async () => {
    const { scene, trust, topic } = await party(1)
    const rename = scene.act('bob', { kind: 'rename', name: 'house' })
    expect(await topic.hear(frame(rename))).toBe('ignore')
    await trust.ingest(scene.records.map(({ bytes }) => bytes))
    expect(trust.state.name).toBe('house')
  })

  it('rejects records of which one does not hold, and so holds it against the sender', async () => {
    const { scene, trust, topic } = await party()
    const grab = scene.role('bob', 'bob', 'owner')
    expect(await topic.hear(frame(grab))).toBe('reject')
    expect(trust.state.members.get(idOf('bob'))?.role).toBe('admin')
  })

  it.each([
    ['bytes that are no frame', new Uint8Array([0xff, 0xff])],
    ['no bytes', new Uint8Array(0)],
    ['a frontier', encodeTrust({ kind: 'frontier', heads: [], wantedKeys: [] })],
    ['group keys', encodeTrust({ kind: 'group-keys', keys: [new Uint8Array(32)] })],
    [
      'a record that is none',
      encodeTrust({ kind: 'records', records: [new Uint8Array(4)], more: false }),
    ],
  ])('rejects %s', async (_, data) => {
    const { topic } = await party()
    expect(await topic.hear(data)).toBe('reject')
  })

  it('publishes nothing after it was stopped, and each record once after it was started twice', async () => {
    const { trust, topic, gossip } = await party()
    gossip.stop()
    await trust.append({ kind: 'rename', name: 'one' }, keyOf('ana'), SCENE_MS + 9)
    expect(topic.published).toEqual([])
    gossip.start()
    gossip.start()
    await trust.append({ kind: 'rename', name: 'two' }, keyOf('ana'), SCENE_MS + 10)
    expect(topic.published).toHaveLength(1)
  })
})
