import { describe, expect, it } from 'vitest'
import { ticketAddresses } from '../../../node/device/ticket-addresses.ts'
import { idOf } from '../../support/trust-scene.ts'

const PUBLIC = '/ip4/93.184.216.34/tcp/4001'
const LAN = '/ip4/192.168.1.20/tcp/4001'
const OTHER_LAN = '/ip4/10.0.0.5/tcp/4001'
const PUBLIC_6 = '/ip6/2a00:1450:4001::5/tcp/4001'
const LINK_LOCAL = '/ip6/fe80::1/tcp/4001'
const LOOPBACK = '/ip4/127.0.0.1/tcp/4001'
const NAME = '/dns4/ana.example.org/tcp/4001'

describe('the addresses of a ticket', () => {
  it('are three at most', () => {
    expect(ticketAddresses([PUBLIC, LAN, OTHER_LAN, LOOPBACK], [])).toHaveLength(3)
  })

  it('are those that work from everywhere first, then the LAN, then IPv6, loopback and link-local last', () => {
    const all = [LINK_LOCAL, LOOPBACK, PUBLIC_6, LAN, PUBLIC, NAME]
    expect(ticketAddresses(all, [])).toEqual([NAME, PUBLIC, LAN])
    expect(ticketAddresses([LINK_LOCAL, LOOPBACK, PUBLIC_6, LAN], [])).toEqual([
      LAN,
      PUBLIC_6,
      LOOPBACK,
    ])
  })

  it('are two of this device and one of another admin, so that the ticket works while this one sleeps', () => {
    expect(ticketAddresses([LAN, PUBLIC, OTHER_LAN], [[LOOPBACK, PUBLIC_6]])).toEqual([
      PUBLIC,
      LAN,
      PUBLIC_6,
    ])
  })

  it('are of one other admin as long as this device has more', () => {
    const ticket = ticketAddresses([LAN], [['/ip4/10.0.0.1/tcp/1'], ['/ip4/10.0.0.2/tcp/1']])
    expect(ticket).toEqual([LAN, '/ip4/10.0.0.1/tcp/1', '/ip4/10.0.0.2/tcp/1'])
  })

  it('are each there once', () => {
    expect(ticketAddresses([LAN, LAN], [[LAN]])).toEqual([LAN])
  })

  it.each([
    '/ip4/10.0.0.1/udp/4001/webrtc-direct/certhash/uEiAkH5a4DPGKUuOBjYw0CgwjvcJCJMD2K_1aluKR_tpevQ',
    `/ip4/10.0.0.1/tcp/4001/p2p/${idOf('relay')}/p2p-circuit`,
  ])('are none that would not fit: %s', (address) => {
    expect(ticketAddresses([address, LAN], [])).toEqual([LAN])
  })

  it.each([
    'no address',
    '',
    '/',
    '/ip4/999.1.1.1/tcp/1',
    '/unix/tmp/x',
    `/dns4/${'x'.repeat(200)}/tcp/1`,
  ])('are none that another admin made up: %j', (address) => {
    expect(ticketAddresses([LAN], [[address], [PUBLIC]])).toEqual([LAN, PUBLIC])
  })

  it('are none where there are none', () => {
    expect(ticketAddresses([], [[]])).toEqual([])
  })

  it('do not depend on the order in which they are stated, among unlike ones', () => {
    const some = [LAN, NAME, PUBLIC_6]
    expect(ticketAddresses(some.toReversed(), [])).toEqual(ticketAddresses(some, []))
  })
})
