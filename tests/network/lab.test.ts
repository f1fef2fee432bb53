import { isPrivateIp } from '@libp2p/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingForLab } from '../support/machine.ts'
import { Lab, LAB_MAX_MS } from './lab/lab.ts'
import { natBehaviour, observers, type Observers } from './lab/nat-behaviour.ts'
import { patience, Probe, type ConnectOutcome } from './lab/probe.ts'
import { siteBehaviour } from './lab/site-behaviour.ts'
import { makeSite, SITE_KINDS, type Site, type SiteKind } from './lab/site.ts'

const missing = missingForLab()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/lab: ${missing}`)

type Outcome = ConnectOutcome['outcome']

/** A connection out to a high port and to 443, and one from outside that nobody asked for. */
const tcp: Readonly<Record<SiteKind, readonly [high: Outcome, https: Outcome, inward: Outcome]>> = {
  public: ['open', 'open', 'open'],
  'full-cone': ['open', 'open', 'silent'],
  'restricted-cone': ['open', 'open', 'silent'],
  'port-restricted-cone': ['open', 'open', 'silent'],
  symmetric: ['open', 'open', 'silent'],
  'udp-blocked': ['open', 'open', 'silent'],
  'tcp-443-only': ['silent', 'open', 'silent'],
  'double-nat': ['open', 'open', 'silent'],
  upnp: ['open', 'open', 'silent'],
  'ipv6-firewall': ['open', 'open', 'silent'],
  docker: ['open', 'open', 'silent'],
}

const HTTPS = 443

describe.skipIf(missing !== undefined)('each kind of site is what it says', () => {
  let lab: Lab
  let near: Probe
  let high: number
  let ipv4: Observers
  let ipv6: Observers
  const sites = new Map<SiteKind, { site: Site; probe: Probe }>()

  beforeAll(async () => {
    lab = new Lab()
    near = new Probe(lab.host('near'))
    const far = new Probe(lab.host('far'))
    ipv4 = await observers(near, far)
    ipv6 = await observers(near, far, 'udp6')
    high = await near.listen()
    await near.listen(HTTPS)
    for (const kind of SITE_KINDS) {
      const site = await makeSite(lab, kind, kind)
      sites.set(kind, { site, probe: new Probe(site.host) })
    }
  }, LAB_MAX_MS)
  afterAll(() => lab[Symbol.asyncDispose]())

  it.each(SITE_KINDS)('%s: UDP mapping and filtering', async (kind) => {
    const { probe } = sites.get(kind)!
    const outside = kind === 'ipv6-firewall' ? ipv6 : ipv4
    expect(await natBehaviour(probe, outside)).toEqual(siteBehaviour[kind])
  })

  it.concurrent.each(SITE_KINDS)('%s: TCP out and in', async (kind) => {
    const { site, probe } = sites.get(kind)!
    const isIpv6 = kind === 'ipv6-firewall'
    const address = isIpv6 ? near.host.ipv6 : near.host.ipv4
    const own = isIpv6 ? site.host.ipv6 : (site.routers.at(-1)?.ipv4 ?? site.host.ipv4)
    const port = await probe.listen()
    const expected = tcp[kind]
    const [toHigh, toHttps, inward] = await Promise.all([
      probe.connect({ address, port: high }, patience(expected[0])),
      probe.connect({ address, port: HTTPS }, patience(expected[1])),
      near.connect({ address: own, port }, patience(expected[2])),
    ])
    expect([toHigh, toHttps, inward].map(({ outcome }) => outcome)).toEqual(expected)
    // It is the router's address that the world sees; IPv6 is never translated.
    if (toHttps.outcome === 'open') expect(toHttps.seenAs.address).toBe(own)
  })

  it.concurrent.each([
    ['full-cone', 'refused', 'refused'],
    ['restricted-cone', 'refused', 'silent'],
    ['port-restricted-cone', 'silent', 'silent'],
    ['symmetric', 'silent', 'silent'],
  ] as const)(
    '%s: a TCP port that is open outwards lets in the same host: %s, and others: %s',
    async (kind, sameHost, otherHost) => {
      const { probe } = sites.get(kind)!
      const other = new Probe(lab.host(`other-${kind}`))
      const out = await probe.connect({ address: near.host.ipv4, port: high })
      if (out.outcome !== 'open') return expect.fail(out.outcome)
      // Refused by the machine inside, where nothing listens at that port: the packet came in.
      const inward = await Promise.all([
        near.connect(out.seenAs, patience(sameHost)),
        other.connect(out.seenAs, patience(otherHost)),
      ])
      expect(inward.map(({ outcome }) => outcome)).toEqual([sameHost, otherHost])
      expect(await probe.echo(out.connection, 'still there')).toBe('echoed')
    },
  )

  it('public addresses look like ones, those of homes and providers do not', () => {
    const addresses = (kind: SiteKind): string[] => {
      const { host, routers } = sites.get(kind)!.site
      return [host, ...routers].map(({ ipv4: address }) => address)
    }
    expect(addresses('public').map((address) => isPrivateIp(address))).toEqual([false])
    expect(isPrivateIp(near.host.ipv6)).toBe(false)
    expect(isPrivateIp(sites.get('ipv6-firewall')!.site.host.ipv6)).toBe(false)
    expect(addresses('upnp').map((address) => isPrivateIp(address))).toEqual([true, false])
    expect(addresses('double-nat').map((address) => isPrivateIp(address))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('an address that nobody has on the internet swallows what is sent to it', async () => {
    const { probe } = sites.get('port-restricted-cone')!
    const to = { address: '192.168.1.77', port: high }
    expect(await probe.connect(to, patience('silent'))).toEqual({ outcome: 'silent' })
  })

  it('two homes may have the same private addresses', async () => {
    const [ana, bob] = await Promise.all(
      ['ana', 'bob'].map((name) =>
        makeSite(lab, 'port-restricted-cone', name, { lan: '192.168.1' }),
      ),
    )
    expect(ana!.host.ipv4).toBe(bob!.host.ipv4)
    const [from, to] = [new Probe(ana!.host), new Probe(bob!.host)]
    const port = await to.listen()
    // Ana's packets to bob's address never leave ana's machine.
    expect(await from.connect({ address: bob!.host.ipv4, port })).toEqual({ outcome: 'refused' })
    const seen = await Promise.all(
      [from, to].map((probe) => probe.connect({ address: near.host.ipv4, port: high })),
    )
    expect(seen.map((each) => each.outcome === 'open' && each.seenAs.address)).toEqual([
      ana!.routers[0]!.ipv4,
      bob!.routers[0]!.ipv4,
    ])
  })

  it('IPv6 comes in where the router lets it', async () => {
    const router = await lab.router('dual', { ipv6: 'open' })
    const inside = new Probe(router.host('dan'))
    expect(await natBehaviour(inside, ipv6)).toEqual(siteBehaviour.public)
    expect(await natBehaviour(inside, ipv4)).toEqual(siteBehaviour['port-restricted-cone'])
  })

  it('a cone maps sockets of two machines apart, though they have the same port', async () => {
    const router = await lab.router('family', { ipv4: 'full-cone' })
    const port = 40_000
    const to = { address: near.host.ipv4, port: ipv4.near.sockets[0].port }
    for (const name of ['cleo', 'eve']) {
      const socket = await new Probe(router.host(name)).udp(port)
      await socket.send(name, to)
      const { from } = await ipv4.near.sockets[0].received(name)
      await ipv4.far.sockets[0].send(`to ${name}`, from)
      await socket.received(`to ${name}`)
    }
  })
})
