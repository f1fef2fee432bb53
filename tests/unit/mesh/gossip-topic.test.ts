import { type GossipSub, TopicValidatorResult } from '@libp2p/gossipsub'
import type { Message } from '@libp2p/gossipsub'
import { describe, expect, it } from 'vitest'
import { gossipTopic } from '../../../node/mesh/gossip-topic.ts'
import { GOSSIP_TOPIC } from '../../../node/mesh/host.ts'
import { idOf } from '../../support/trust-scene.ts'

type Validator = (source: unknown, message: Message) => Promise<TopicValidatorResult>

/** Of gossipsub what a topic touches. */
class Gossip {
  readonly topicValidators = new Map<string, Validator>()
  readonly subscribed: string[] = []
  readonly published: (readonly [string, Uint8Array])[] = []

  subscribe(topic: string): void {
    this.subscribed.push(topic)
  }
  publish(topic: string, data: Uint8Array): Promise<void> {
    this.published.push([topic, data])
    return Promise.resolve()
  }
}

const data = new Uint8Array([1, 2])
const signed = { type: 'signed', from: { toString: () => idOf('ana') }, data } as unknown as Message

describe('the topic of the trust log', () => {
  it('is published to under its name, and joined by whoever listens', async () => {
    const gossip = new Gossip()
    const topic = gossipTopic(gossip as unknown as GossipSub)
    await topic.publish(data)
    expect(gossip.published).toEqual([[GOSSIP_TOPIC, data]])
    expect(gossip.subscribed).toEqual([])
    topic.receive(() => Promise.resolve('accept'))
    expect(gossip.subscribed).toEqual([GOSSIP_TOPIC])
  })

  it.each([
    ['accept', TopicValidatorResult.Accept],
    ['ignore', TopicValidatorResult.Ignore],
    ['reject', TopicValidatorResult.Reject],
  ] as const)('has a message dealt with as its listener says: %s', async (answer, result) => {
    const gossip = new Gossip()
    const heard: unknown[] = []
    gossipTopic(gossip as unknown as GossipSub).receive((...message) => {
      heard.push(message)
      return Promise.resolve(answer)
    })
    expect(await gossip.topicValidators.get(GOSSIP_TOPIC)?.({}, signed)).toBe(result)
    expect(heard).toEqual([[idOf('ana'), data]])
  })

  it('takes no message that nobody signed, and does not show it', async () => {
    const gossip = new Gossip()
    gossipTopic(gossip as unknown as GossipSub).receive(() => expect.fail('it was shown'))
    const unsigned = { type: 'unsigned', topic: GOSSIP_TOPIC, data } as Message
    expect(await gossip.topicValidators.get(GOSSIP_TOPIC)?.({}, unsigned)).toBe(
      TopicValidatorResult.Reject,
    )
  })
})
