import { type GossipSub, TopicValidatorResult } from '@libp2p/gossipsub'
import type { GossipTopic } from '../../src/trust/trust-gossip.ts'
import { GOSSIP_TOPIC } from './host.ts'

const RESULTS = {
  accept: TopicValidatorResult.Accept,
  ignore: TopicValidatorResult.Ignore,
  reject: TopicValidatorResult.Reject,
} as const

/** The trust log's topic on gossipsub: a message is taken in by the validator, so that only what held is passed on. */
export function gossipTopic(gossip: GossipSub): GossipTopic {
  return {
    publish: async (data) => {
      await gossip.publish(GOSSIP_TOPIC, data)
    },
    receive: (listener) => {
      gossip.topicValidators.set(GOSSIP_TOPIC, async (_source, message) => {
        if (message.type !== 'signed') return TopicValidatorResult.Reject
        return RESULTS[await listener(message.from.toString(), message.data)]
      })
      gossip.subscribe(GOSSIP_TOPIC)
    },
  }
}
