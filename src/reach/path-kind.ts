import type { Multiaddr } from '@multiformats/multiaddr'
import { isPrivate } from '@libp2p/utils'

/** How a pair is connected. `local`: both on one private network or one machine. */
export type PathKind = 'local' | 'direct' | 'hole-punched' | 'relayed'

const CODE_P2P_CIRCUIT = 290
const CODE_WEBRTC = 281

export function pathKindOf(remote: Multiaddr): PathKind {
  const codes = new Set(remote.getComponents().map((component) => component.code))
  if (codes.has(CODE_WEBRTC)) return 'hole-punched'
  if (codes.has(CODE_P2P_CIRCUIT)) return 'relayed'
  return isPrivate(remote) ? 'local' : 'direct'
}

/** The relay's peer id of a relayed address, undefined for any other. */
export function relayOf(remote: Multiaddr): string | undefined {
  const components = remote.getComponents()
  const circuit = components.findIndex((component) => component.code === CODE_P2P_CIRCUIT)
  return circuit < 0
    ? undefined
    : components.slice(0, circuit).findLast((c) => c.name === 'p2p')?.value
}

/** `tcp`, `webrtc-direct`, …: the last transport named in the address. */
export function transportOf(remote: Multiaddr): string {
  const names = remote.getComponents().map((component) => component.name)
  const known = ['webrtc', 'webrtc-direct', 'webtransport', 'quic-v1', 'wss', 'ws', 'tcp', 'udp']
  return known.find((name) => names.includes(name)) ?? 'unknown'
}
