import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingForLab } from '../support/machine.ts'
import { Lab, LAB_MAX_MS } from './lab/lab.ts'
import { isPunchable, observers, seenAs, type Observers } from './lab/nat-behaviour.ts'
import { Probe, type Endpoint, type UdpProbe } from './lab/probe.ts'
import { siteBehaviour } from './lab/site-behaviour.ts'
import { makeSite, SITE_KINDS, type SiteKind } from './lab/site.ts'

const missing = missingForLab()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/lab-punching: ${missing}`)

/** Both of a pair need IPv4, and UDP that comes out at all. */
const kinds = SITE_KINDS.filter(
  (kind) => kind !== 'ipv6-firewall' && siteBehaviour[kind].mapping !== 'blocked',
)
const pairs = kinds.flatMap((one, at) => kinds.slice(at).map((other) => [one, other] as const))

/** Tries of each side; where holes can be punched the second one comes through, at the latest. */
const ROUNDS = 4
/** Where they cannot this is how long a try takes. */
const ROUND_MS = 100

/** Packets alone, as ICE sends them: what the theory says of two routers is what a pair of sockets finds. */
describe.skipIf(missing !== undefined)('holes punched through the routers of the lab', () => {
  let lab: Lab
  let outside: Observers
  const probes = new Map<SiteKind, readonly [Probe, Probe]>()

  beforeAll(async () => {
    lab = new Lab()
    outside = await observers(new Probe(lab.host('near')), new Probe(lab.host('far')))
    for (const kind of kinds) {
      const here = await makeSite(lab, kind, kind)
      const there = await makeSite(lab, kind, `${kind}-too`)
      probes.set(kind, [new Probe(here.host), new Probe(there.host)])
    }
  }, LAB_MAX_MS)
  afterAll(() => lab[Symbol.asyncDispose]())

  it.each(pairs)('%s and %s', async (one, other) => {
    const isDirect = await punch(await probes.get(one)![0].udp(), await probes.get(other)![1].udp())
    expect(isDirect).toBe(isPunchable(siteBehaviour[one], siteBehaviour[other]))
  })

  it('not where UDP does not come out', () => {
    expect(isPunchable(siteBehaviour['udp-blocked'], siteBehaviour.public)).toBe(false)
  })

  async function punch(one: UdpProbe, other: UdpProbe): Promise<boolean> {
    const seenOne = await seenAs(one, outside.near, 0)
    const seenOther = await seenAs(other, outside.near, 0)
    if (seenOne === undefined || seenOther === undefined) return expect.fail('nothing comes out')
    for (let round = 0; round < ROUNDS; round++) {
      await knock(one, seenOther)
      await knock(other, seenOne)
      const heard = await Promise.all(
        [one, other].map((socket) => socket.packet('answer', ROUND_MS)),
      )
      if (heard.every((packet) => packet !== undefined)) return true
    }
    return false
  }

  /** Writes to where the other one is seen by the observer, and answers where it is seen from here. */
  async function knock(socket: UdpProbe, seen: Endpoint): Promise<void> {
    await socket.send('knock', seen)
    for (const from of new Set(socket.packets.map((packet) => packet.from)))
      await socket.send('answer', from)
  }
})
