import { describe, expect, it } from 'vitest'
import {
  decodeLinkState,
  decodeSignedLinkState,
} from '../../../protocols/health/link-state-codec.ts'
import type { LinkState, StatedLink, StatedView } from '../../../protocols/health/messages.ts'
import { nextIncarnation } from '../../../src/topology/incarnation.ts'
import { TopologyService } from '../../../src/topology/topology-service.ts'
import { deviceNumber } from '../../property/health/virtual-mesh.ts'
import { seededRandom, virtualClock, VirtualTime } from '../../property/health/virtual-time.ts'
import { MemoryStore } from '../../support/memory-store.ts'

const ids = Array.from({ length: 5 }, (_, i) => deviceNumber(i))
const [ana, bob, cleo] = ids as [string, string, string]

interface Sent {
  readonly from: string
  readonly to: string
  readonly states: readonly LinkState[]
}

/** Topology rooms connected without delay. */
class Bench {
  readonly time = new VirtualTime()
  readonly services = new Map<string, TopologyService>()
  readonly links = new Map<string, StatedLink[]>()
  readonly views = new Map<string, StatedView[]>()
  readonly sent: Sent[] = []
  members = ids

  add(self: string, incarnation = 1n): TopologyService {
    const service = new TopologyService({
      self,
      network: 'home',
      clock: virtualClock(this.time, seededRandom(3)),
      incarnation,
      sign: () => new Uint8Array(64),
      verify: () => true,
      isMember: (device) => this.members.includes(device),
      members: () => this.members,
    })
    service.attach({
      send: (to, signed) => {
        const states = signed.map((bytes) => decodeLinkState(decodeSignedLinkState(bytes).payload))
        this.sent.push({ from: self, to, states })
        this.services.get(to)?.received(self, signed)
        return true
      },
      own: () => ({ links: [...(this.links.get(self) ?? [])], views: this.views.get(self) ?? [] }),
      changed: () => undefined,
    })
    this.services.set(self, service)
    this.links.set(self, [])
    return service
  }

  connect(a: string, b: string): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      this.links.get(from)?.push({ peer: to, kind: 'local', rttMs: 1, loss: 0 })
    }
    this.services.get(a)?.opened(b)
    this.services.get(b)?.opened(a)
    this.services.get(a)?.ownChanged()
    this.services.get(b)?.ownChanged()
  }

  disconnect(a: string, b: string): void {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      this.links.set(
        from,
        (this.links.get(from) ?? []).filter(({ peer }) => peer !== to),
      )
      this.services.get(from)?.closed(to)
      this.services.get(from)?.ownChanged()
    }
  }

  async run(forMs: number): Promise<void> {
    for (let spentMs = 0; spentMs < forMs; spentMs += 250) {
      await this.time.advance(250)
      for (const service of this.services.values()) service.tick()
    }
  }

  taken(): readonly Sent[] {
    return this.sent.splice(0)
  }
}

describe('TopologyService', () => {
  it('floods along a chain, so that both ends know all links', async () => {
    const bench = new Bench()
    for (const id of ids) bench.add(id)
    for (let i = 1; i < ids.length; i++) bench.connect(ids[i - 1]!, ids[i]!)
    await bench.run(5_000)
    for (const service of bench.services.values()) {
      expect(service.links()).toHaveLength(8)
      expect(service.groups()).toEqual({ groups: [ids.toSorted()], alone: [] })
    }
  })

  it('forwards nothing where everybody is connected to everybody', async () => {
    const bench = new Bench()
    for (const id of ids) bench.add(id)
    for (const a of ids) for (const b of ids) if (a < b) bench.connect(a, b)
    await bench.run(10_000)
    bench.taken()
    bench.views.set(ana, [{ device: bob, health: 'suspect' }])
    bench.services.get(ana)?.ownChanged()
    await bench.run(1_000)
    const sent = bench.taken()
    expect(sent).toHaveLength(4)
    expect(sent.every(({ from }) => from === ana)).toBe(true)
  })

  it('tells a changed set of links at once, and the changes of a moment together', async () => {
    const bench = new Bench()
    const service = bench.add(ana)
    service.opened(bob)
    await bench.run(1_000)
    bench.taken()
    for (const peer of ids.slice(1)) {
      bench.links.get(ana)?.push({ peer, kind: 'local', rttMs: 1, loss: 0 })
      service.ownChanged()
    }
    expect(bench.sent.map(({ states }) => states[0]?.links.length)).toEqual([1])
    await bench.run(500)
    expect(bench.sent.map(({ states }) => states[0]?.links.length)).toEqual([1, 4])
  })

  it('tells a changed round-trip time only beyond 25 % and 2 ms, and every ten seconds at most', async () => {
    const bench = new Bench()
    const service = bench.add(ana)
    service.opened(bob)
    const rtt = (rttMs: number): void => {
      bench.links.set(ana, [{ peer: bob, kind: 'local', rttMs, loss: 0 }])
      service.ownChanged()
    }
    rtt(10)
    await bench.run(15_000)
    bench.taken()
    rtt(14)
    await bench.run(20_000)
    expect(bench.taken()).toEqual([])
    rtt(20)
    await bench.run(10_000)
    rtt(40)
    await bench.run(2_000)
    expect(bench.taken()).toHaveLength(1)
  })

  it('repeats itself about once a minute', async () => {
    const bench = new Bench()
    bench.add(ana).opened(bob)
    await bench.run(1_000)
    bench.taken()
    await bench.run(600_000)
    expect(bench.taken().length).toBeGreaterThanOrEqual(9)
    expect(bench.taken().length).toBeLessThanOrEqual(11)
  })

  it('goes ahead of what it said in an earlier life', async () => {
    const bench = new Bench()
    bench.add(ana, 1_000n)
    bench.add(bob)
    bench.connect(ana, bob)
    await bench.run(5_000)
    bench.disconnect(ana, bob)
    bench.add(ana, 5n) // its store and its clock went back
    bench.connect(ana, bob)
    await bench.run(5_000)
    expect(bench.services.get(bob)?.whoSees(bob)).toEqual([ana])
    expect(
      bench.services
        .get(bob)
        ?.links()
        .every(({ isStale }) => !isStale),
    ).toBe(true)
  })

  it('announces a split and its end, and keeps both in the history', async () => {
    const bench = new Bench()
    for (const id of ids) bench.add(id)
    for (let i = 1; i < ids.length; i++) bench.connect(ids[i - 1]!, ids[i]!)
    const kinds: string[] = []
    bench.services.get(ana)?.listen(({ kind }) => kinds.push(kind))
    await bench.run(5_000)
    bench.disconnect(ids[1]!, ids[2]!)
    await bench.run(5_000)
    expect(bench.services.get(ana)?.groups().groups).toEqual([
      ids.slice(0, 2).toSorted(),
      ids.slice(2).toSorted(),
    ])
    bench.connect(ids[1]!, ids[2]!)
    await bench.run(5_000)
    expect(kinds.filter((kind) => !kind.startsWith('link'))).toEqual(['partition', 'healed'])
    expect(
      bench.services
        .get(ana)
        ?.history(0)
        .some(({ kind }) => kind === 'partition'),
    ).toBe(true)
  })

  it('drops the statements of who is no member any more', async () => {
    const bench = new Bench()
    for (const id of [ana, bob, cleo]) bench.add(id)
    bench.connect(ana, bob)
    bench.connect(bob, cleo)
    await bench.run(5_000)
    bench.members = [ana, bob]
    bench.services.get(ana)?.membersChanged()
    expect(
      bench.services
        .get(ana)
        ?.links()
        .filter(({ from }) => from === cleo),
    ).toEqual([])
  })

  it('keeps a bounded history', async () => {
    const bench = new Bench()
    const service = bench.add(ana)
    for (let i = 0; i < 1_000; i++) {
      bench.links.set(ana, i % 2 === 0 ? [{ peer: bob, kind: 'local', rttMs: 1, loss: 0 }] : [])
      service.ownChanged()
      await bench.run(500)
    }
    expect(service.history(0)).toHaveLength(512)
  })
})

describe('nextIncarnation', () => {
  it('rises with each start, also when the clock went back', async () => {
    const store = new MemoryStore()
    expect(await nextIncarnation(store, 1_000)).toBe(1_000n)
    expect(await nextIncarnation(store, 500)).toBe(1_001n)
    expect(await nextIncarnation(store, 5_000)).toBe(5_000n)
  })

  it('starts from the wall clock when the store is lost or damaged', async () => {
    const store = new MemoryStore(new Map([['topology/incarnation', Uint8Array.of(1, 2)]]))
    expect(await nextIncarnation(store, 7_000)).toBe(7_000n)
  })
})
