import { GOSSIP_TOPIC } from '../../node/mesh/host.ts'
import type { AsgardNode } from '../../node/library.ts'
import { meshOf } from './nodes.ts'
import { framed } from './stranger.ts'

export const GARBAGE = new Uint8Array(1_024).map((_, i) => (i * 7) & 0xff)

/** What each protocol would answer if a member asked it, about `member` where it is about somebody. */
export function questionsFor(member: AsgardNode): Readonly<Record<string, readonly Uint8Array[]>> {
  const id = meshOf(member).host.libp2p.peerId.toMultihash().bytes
  const field = (tag: number, value: Uint8Array) => Uint8Array.of(tag, value.length, ...value)
  const subscribe = framed(
    field(0x0a, Uint8Array.of(0x08, 1, ...field(0x12, Buffer.from(GOSSIP_TOPIC)))),
  )
  return {
    '/asgard/kad/1.0.0': framed(Uint8Array.of(0x08, 4, ...field(0x12, id))), // FIND_NODE
    '/libp2p/circuit/relay/0.2.0/hop': framed(Uint8Array.of(0x08, 0)), // RESERVE
    '/libp2p/circuit/relay/0.2.0/stop': framed(
      Uint8Array.of(0x08, 0, ...field(0x12, field(0x0a, id))),
    ), // CONNECT
    '/ipfs/ping/1.0.0': [new Uint8Array(32)],
    '/ipfs/id/1.0.0': [],
    '/asgard/trust/1.0.0': framed(field(0x0a, new Uint8Array(0))), // an empty frontier asks for everything
    '/asgard/replica/1.0.0': framed(field(0x0a, field(0x0a, new Uint8Array(32)))), // a summary unlike any other
    '/asgard/health/1.0.0': framed(field(0x0a, Uint8Array.of(0x08, 1))), // ping
    '/meshsub/1.0.0': subscribe,
    '/meshsub/1.1.0': subscribe,
    '/meshsub/1.2.0': subscribe,
  }
}
