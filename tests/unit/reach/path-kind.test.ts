import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { pathKindOf, relayOf, transportOf } from '../../../src/reach/path-kind.ts'
import { idOf } from '../../support/trust-scene.ts'

const relay = `/ip4/93.184.216.34/tcp/4001/p2p/${idOf('relay')}`

describe('the kind of a path', () => {
  it.each([
    ['local', '/ip4/192.168.1.9/tcp/4001'],
    ['local', '/ip4/127.0.0.1/tcp/4001'],
    ['local', '/ip6/fe80::1/tcp/4001'],
    ['local', '/ip6/fd00::5/tcp/4001'],
    ['direct', '/ip4/93.184.216.34/tcp/4001'],
    ['direct', '/ip6/2a00:1450:4001::5/tcp/4001'],
    ['direct', '/ip4/93.184.216.34/udp/4001/webrtc-direct'],
    ['relayed', `${relay}/p2p-circuit`],
    ['relayed', `/ip4/192.168.1.9/tcp/4001/p2p/${idOf('relay')}/p2p-circuit/p2p/${idOf('bob')}`],
    ['hole-punched', `${relay}/p2p-circuit/webrtc`],
  ])('is %s for %s', (kind, address) => {
    expect(pathKindOf(multiaddr(address))).toBe(kind)
  })
})

describe('the relay of a path', () => {
  it('is the device before the circuit, not the one behind it', () => {
    expect(relayOf(multiaddr(`${relay}/p2p-circuit/p2p/${idOf('bob')}`))).toBe(idOf('relay'))
  })

  it('is none on a path without one, or without a name', () => {
    expect(relayOf(multiaddr(relay))).toBeUndefined()
    expect(relayOf(multiaddr('/ip4/10.0.0.1/tcp/1/p2p-circuit'))).toBeUndefined()
  })
})

describe('the transport of a path', () => {
  it.each([
    ['tcp', '/ip4/192.168.1.9/tcp/4001'],
    ['ws', '/ip4/192.168.1.9/tcp/4001/ws'],
    ['webrtc-direct', '/ip4/192.168.1.9/udp/4001/webrtc-direct'],
    ['webrtc', `${relay}/p2p-circuit/webrtc`],
    ['unknown', '/ip4/192.168.1.9'],
  ])('is %s for %s', (transport, address) => {
    expect(transportOf(multiaddr(address))).toBe(transport)
  })
})
