import { describe, expect, it } from 'vitest'
import { Links } from '../../../src/reach/links.ts'
import { idOf } from '../../support/trust-scene.ts'
import { Socket, WiredConnection, type WireOptions } from '../../support/wired-connection.ts'

const LAN = '/ip4/192.168.1.9/tcp/4001'
const PUBLIC = '/ip4/93.184.216.34/tcp/4001'
const PUNCHED = `${PUBLIC}/p2p/${idOf('relay')}/p2p-circuit/webrtc`
const RELAYED = `${PUBLIC}/p2p/${idOf('relay')}/p2p-circuit`
const KINDS = [LAN, PUBLIC, PUNCHED, RELAYED]

const [low = '', high = ''] = [idOf('ana'), idOf('bob')].sort()

/** Two devices, the one with the lower id first, and both their views of the connections between them. */
class Couple {
  readonly low = new Socket(low)
  readonly high = new Socket(high)
  readonly links = { low: new Links(low), high: new Links(high) }
  /** What the listeners of the lower one heard. */
  readonly heard: string[] = []
  readonly unlisten: () => void

  constructor() {
    const hear = (what: string) => (peer: string) => {
      expect(peer).toBe(high)
      this.heard.push(what)
    }
    this.unlisten = this.links.low.listen({
      up: hear('up'),
      moved: hear('moved'),
      down: hear('down'),
    })
  }

  /** A connection that both have accepted; its ends as the two see it. */
  connect(dialler: 'low' | 'high', address: string, options: WireOptions = {}) {
    const listener = dialler === 'low' ? this.high : this.low
    const [outbound, inbound] = WiredConnection.pair(this[dialler], listener, {
      address,
      ...options,
    })
    const ends =
      dialler === 'low' ? { low: outbound, high: inbound } : { low: inbound, high: outbound }
    this.links.low.add(ends.low.asConnection)
    this.links.high.add(ends.high.asConnection)
    return { low: ends.low.asConnection, high: ends.high.asConnection }
  }

  best() {
    return { low: this.links.low.best(high), high: this.links.high.best(low) }
  }

  surplus() {
    return { low: this.links.low.surplus(high), high: this.links.high.surplus(low) }
  }
}

describe('a link', () => {
  it('is up from its first connection to its last', () => {
    const couple = new Couple()
    const { low: links } = couple.links
    expect(links.isUp(high)).toBe(false)
    const [first, second] = [couple.connect('low', LAN), couple.connect('low', PUBLIC)]
    links.remove(first.low)
    expect([links.isUp(high), links.peers()]).toEqual([true, [high]])
    links.remove(second.low)
    expect([links.isUp(high), links.peers(), links.connections(high)]).toEqual([false, [], []])
    expect(links.best(high)).toBeUndefined()
    expect(couple.heard).toEqual(['up', 'down'])
  })

  it('does not count a connection twice, nor take away one that it does not have', () => {
    const couple = new Couple()
    const { low: links } = couple.links
    const { low: end } = couple.connect('low', LAN)
    links.add(end)
    expect(links.connections(high)).toHaveLength(1)
    links.remove(couple.connect('low', PUBLIC).high)
    links.remove(end)
    links.remove(end)
    expect(links.connections(high)).toHaveLength(1)
    expect(couple.heard).toEqual(['up'])
  })

  it('is not up by a connection that has ended before it was added', async () => {
    const couple = new Couple()
    const [outbound] = WiredConnection.pair(couple.low, couple.high)
    await outbound.close()
    couple.links.low.add(outbound.asConnection)
    expect(couple.links.low.isUp(high)).toBe(false)
    expect(couple.heard).toEqual([])
  })

  it('says when another connection is the best one', () => {
    const couple = new Couple()
    couple.connect('low', PUBLIC)
    couple.connect('low', RELAYED)
    expect(couple.heard).toEqual(['up'])
    couple.connect('low', LAN)
    expect(couple.heard).toEqual(['up', 'moved'])
  })

  it('tells nobody who no longer listens', () => {
    const couple = new Couple()
    couple.unlisten()
    couple.connect('low', LAN)
    expect(couple.heard).toEqual([])
  })
})

describe('the best connection of two devices', () => {
  it('is on the best kind of path, in whatever order they came and whoever dialled', () => {
    for (const [at, better] of KINDS.entries()) {
      for (const worse of KINDS.slice(at + 1)) {
        for (const order of [
          [better, worse],
          [worse, better],
        ]) {
          for (const byHigh of [better, worse]) {
            const couple = new Couple()
            for (const address of order)
              couple.connect(address === byHigh ? 'high' : 'low', address)
            expect(couple.best().low?.remoteAddr.toString()).toBe(better)
          }
        }
      }
    }
  })

  it('is the same for both when each dialled the other at once', () => {
    const orders = [
      ['low', 'high'],
      ['high', 'low'],
    ] as const
    for (const order of orders) {
      const couple = new Couple()
      const ends = order.map((dialler) => couple.connect(dialler, LAN))
      const kept = ends[order.indexOf('low')]
      expect(couple.best()).toEqual(kept)
    }
  })

  it('is the newest of those that one of them dialled: it would not have dialled again if the old one lived', () => {
    const couple = new Couple()
    couple.connect('high', LAN, { openedAtMs: 1_000 })
    const newer = couple.connect('high', LAN, { openedAtMs: 2_000 })
    expect(couple.best()).toEqual(newer)
  })
})

describe('surplus connections', () => {
  it('are none where there is one connection, or no link', () => {
    const couple = new Couple()
    expect(couple.surplus()).toEqual({ low: [], high: [] })
    couple.connect('low', LAN)
    expect(couple.surplus()).toEqual({ low: [], high: [] })
  })

  it('are closed by one end alone, and never the best', () => {
    for (const [first, second] of [
      ['low', 'low'],
      ['low', 'high'],
      ['high', 'low'],
      ['high', 'high'],
    ] as const) {
      for (const address of [LAN, RELAYED]) {
        const couple = new Couple()
        const ends = [
          couple.connect(first, LAN, { openedAtMs: 1_000 }),
          couple.connect(second, address, { openedAtMs: 2_000 }),
        ]
        const { low: byLow, high: byHigh } = couple.surplus()
        expect(byLow.length + byHigh.length).toBe(1)
        const closed = ends.findIndex(
          (each) => byLow.includes(each.low) || byHigh.includes(each.high),
        )
        expect(ends[1 - closed]).toEqual(couple.best())
      }
    }
  })

  it('are closed by the device with the lower id when both dialled', () => {
    const couple = new Couple()
    const byHigh = couple.connect('high', LAN)
    couple.connect('low', LAN)
    expect(couple.surplus()).toEqual({ low: [byHigh.low], high: [] })
  })

  it('are closed by the one who dialled them all, which alone knows their order', () => {
    const couple = new Couple()
    const old = couple.connect('high', LAN, { openedAtMs: 1_000 })
    couple.connect('high', LAN, { openedAtMs: 2_000 })
    expect(couple.surplus()).toEqual({ low: [], high: [old.high] })
  })
})
