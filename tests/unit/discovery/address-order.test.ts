import { describe, expect, it } from 'vitest'
import { addressOrder, ipOf } from '../../../src/discovery/address-order.ts'

function known(address: string, lastSuccessAt: number | null = null, failures = 0) {
  return { address, source: 'record' as const, lastSuccessAt, addedAt: 0, failures }
}

function order(
  addresses: ReturnType<typeof known>[],
  own: string[] = [],
  lastIp?: string,
): string[] {
  return addressOrder(addresses, own, lastIp).map(({ address }) => address)
}

describe('addressOrder', () => {
  it('tries last good, last place, own subnet, private, public, named, relayed', () => {
    const [good, place, subnet, private_, public_, named, relayed] = [
      known('/ip4/5.5.5.9/tcp/1', 9_000),
      known('/ip4/7.7.7.7/tcp/1'),
      known('/ip4/192.168.7.20/tcp/1', 8_000),
      known('/ip4/10.1.2.3/tcp/1'),
      known('/ip4/5.5.5.5/tcp/1'),
      known('/dns4/nas.example/tcp/1'),
      known('/ip4/5.5.5.1/tcp/1/p2p/12D3/p2p-circuit'),
    ] as const
    const shuffled = [relayed, public_, named, private_, good, subnet, place]
    expect(order(shuffled, ['192.168.7.4/24'], '7.7.7.7')).toEqual(
      [good, place, subnet, private_, public_, named, relayed].map(({ address }) => address),
    )
  })

  it('compares subnets bit by bit, IPv6 too', () => {
    expect(
      order([known('/ip4/5.5.5.130/tcp/1'), known('/ip4/5.5.5.120/tcp/1')], ['5.5.5.1/25'])[0],
    ).toContain('120')
    expect(
      order(
        [known('/ip6/2001:db8:1::9/tcp/1'), known('/ip6/2001:db8:2::9/tcp/1')],
        ['2001:db8:2::1/64'],
      )[0],
    ).toContain('db8:2')
    expect(
      order([known('/ip4/5.5.5.5/tcp/1'), known('/ip6/fe80::1/tcp/1')], ['nonsense', '1.2.3/8'])[0],
    ).toContain('fe80')
  })

  it('prefers what failed less often', () => {
    expect(
      order([known('/ip4/10.0.0.1/tcp/1', null, 4), known('/ip4/10.0.0.2/tcp/1', null, 1)])[0],
    ).toContain('10.0.0.2')
  })
})

it('ipOf finds the address at the front only', () => {
  expect(ipOf('/ip4/10.0.0.1/tcp/1')).toBe('10.0.0.1')
  expect(ipOf('/ip6/::1/udp/1')).toBe('::1')
  expect(ipOf('/dns/nas/tcp/1')).toBeUndefined()
  expect(ipOf('')).toBeUndefined()
})
