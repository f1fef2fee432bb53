import { describe, expect, it } from 'vitest'
import type { LinkState, StatedView } from '../../../protocols/health/messages.ts'
import { LinkStateTable } from '../../../src/topology/link-state-table.ts'
import { partitionText } from '../../../src/topology/partition-text.ts'
import { SplitWatch } from '../../../src/topology/split-watch.ts'
import {
  groupsOf,
  linksOf,
  neighboursOf,
  viewsOf,
  whoSees,
} from '../../../src/topology/topology.ts'

let seq = 0n

function state(
  observer: string,
  peers: readonly string[],
  views: readonly StatedView[] = [],
): LinkState {
  seq += 1n
  const links = peers.map((peer) => ({ peer, kind: 'local' as const, rttMs: 1, loss: 0 }))
  return { network: 'n', observer, incarnation: 1n, seq, links, views }
}

function table(statements: Record<string, readonly string[]>): LinkStateTable {
  const result = new LinkStateTable()
  for (const [observer, peers] of Object.entries(statements)) {
    result.put(state(observer, peers), new Uint8Array(), 0, 0)
  }
  return result
}

describe('LinkStateTable', () => {
  it('orders statements by incarnation, then by number', () => {
    const links = new LinkStateTable()
    const at = (incarnation: bigint, number: bigint): LinkState => ({
      ...state('ana', []),
      incarnation,
      seq: number,
    })
    expect(links.order(at(5n, 5n))).toBe('newer')
    links.put(at(5n, 5n), new Uint8Array(), 0, 0)
    expect(links.order(at(5n, 6n))).toBe('newer')
    expect(links.order(at(6n, 1n))).toBe('newer')
    expect(links.order(at(5n, 5n))).toBe('known')
    expect(links.order(at(5n, 4n))).toBe('older')
    expect(links.order(at(4n, 9n))).toBe('older')
  })

  it('holds statements of at most 4,096 observers', () => {
    const links = new LinkStateTable()
    for (let i = 0; i < 4_096; i++) links.put(state(`d${i}`, []), new Uint8Array(), 0, 0)
    expect(links.hasRoomFor('one more')).toBe(false)
    expect(links.hasRoomFor('d7')).toBe(true)
    links.retain((device) => device !== 'd7')
    expect(links.hasRoomFor('one more')).toBe(true)
  })
})

describe('links and views', () => {
  it('are marked stale 150 s after they were stated', () => {
    const links = table({ ana: ['bob'] })
    expect(linksOf(links, 150_000)[0]?.isStale).toBe(false)
    expect(linksOf(links, 150_001)[0]?.isStale).toBe(true)
  })

  it('tell who sees a device, and whose neighbours are whose', () => {
    const links = table({ ana: ['bob', 'cleo'], bob: ['cleo'], cleo: [] })
    expect(whoSees(links, 'cleo', 0)).toEqual(['ana', 'bob'])
    expect(whoSees(links, 'cleo', 200_000)).toEqual([])
    expect([...neighboursOf(links, 'bob', 0)].toSorted()).toEqual(['ana', 'cleo'])
  })

  it('give each observer’s opinion of each device', () => {
    const links = new LinkStateTable()
    links.put(
      state('ana', ['bob'], [{ device: 'cleo', health: 'suspect' }]),
      new Uint8Array(),
      0,
      0,
    )
    expect(viewsOf(links)).toEqual([
      { observer: 'ana', device: 'bob', health: 'alive' },
      { observer: 'ana', device: 'cleo', health: 'suspect' },
    ])
    links.markGone('ana')
    expect(viewsOf(links)).toEqual([])
  })
})

describe('groups', () => {
  const all = ['laptop', 'nas', 'nuc', 'pi', 'vps']

  it('are one while everybody is connected somehow', () => {
    const links = table({
      laptop: ['nas'],
      nas: ['laptop', 'pi'],
      pi: ['nas', 'vps'],
      vps: ['pi', 'nuc'],
      nuc: ['vps'],
    })
    expect(groupsOf(links, 'laptop', all)).toEqual({ groups: [all], alone: [] })
  })

  it('fall apart where both ends agree that there is no link', () => {
    const links = table({
      laptop: ['nas'],
      nas: ['laptop'],
      pi: ['vps', 'nuc'],
      vps: ['pi', 'nuc'],
      nuc: ['pi', 'vps'],
    })
    const { groups, alone } = groupsOf(links, 'laptop', all)
    expect(groups).toEqual([
      ['laptop', 'nas'],
      ['nuc', 'pi', 'vps'],
    ])
    expect(alone).toEqual([])
    expect(partitionText(groups, (device) => device)).toBe(
      'laptop and nas see each other; nuc, pi and vps see each other',
    )
  })

  it('count a link that one end denies as gone', () => {
    const links = table({ laptop: ['nas'], nas: ['laptop'], pi: ['nas', 'laptop'] })
    expect(groupsOf(links, 'laptop', all)).toEqual({
      groups: [['laptop', 'nas']],
      alone: ['nuc', 'pi', 'vps'],
    })
  })

  it('count a link to a device that has stated nothing', () => {
    const links = table({ laptop: ['nas'] })
    expect(groupsOf(links, 'laptop', ['laptop', 'nas']).groups).toEqual([['laptop', 'nas']])
  })

  it('keep devices that we lost together as a group, but not those whose processes ended', () => {
    const links = table({
      laptop: ['nas'],
      nas: ['laptop'],
      pi: ['vps', 'nas'],
      vps: ['pi', 'nas'],
    })
    expect(groupsOf(links, 'laptop', all).groups).toEqual([
      ['laptop', 'nas'],
      ['pi', 'vps'],
    ])
    links.markGone('pi')
    expect(groupsOf(links, 'laptop', all)).toEqual({
      groups: [['laptop', 'nas']],
      alone: ['nuc', 'pi', 'vps'],
    })
  })

  it('leave out who is no member', () => {
    const links = table({ laptop: ['nas', 'zoe'], nas: ['laptop'], zoe: ['laptop'] })
    expect(groupsOf(links, 'laptop', ['laptop', 'nas']).groups).toEqual([['laptop', 'nas']])
  })

  it('are found among a thousand devices in a chain', () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `d${i}`)
    const links = table(
      Object.fromEntries(
        names.map((name, i) => [
          name,
          [names[i - 1], names[i + 1]].filter((peer) => peer !== undefined),
        ]),
      ),
    )
    expect(groupsOf(links, 'd0', names).groups).toEqual([names.toSorted()])
  })
})

describe('partitionText', () => {
  it('is empty while there is one group', () => {
    expect(partitionText([['ana', 'bob']], (device) => device)).toBe('')
    expect(partitionText([], (device) => device)).toBe('')
  })

  it('says who is alone, and does not list a crowd', () => {
    const crowd = Array.from({ length: 30 }, (_, i) => `d${i}`)
    expect(partitionText([['ana'], crowd], (device) => device.toUpperCase())).toBe(
      'ANA is alone; D0, D1, D2, D3, D4, D5, D6 and 23 others see each other',
    )
  })
})

describe('SplitWatch', () => {
  const [whole, split] = [
    [['a', 'b', 'c', 'd']],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ]

  it('announces a split once it has lasted two seconds, and its end', () => {
    const watch = new SplitWatch()
    const said = [0, 2_000, 2_250].map((nowMs) => watch.review(whole, nowMs))
    expect(said).toEqual([undefined, undefined, undefined])
    expect(watch.review(split, 3_000)).toBeUndefined()
    expect(watch.review(split, 4_750)).toBeUndefined()
    expect(watch.review(split, 5_000)).toBe('partition')
    expect(watch.review(split, 9_000)).toBeUndefined()
    expect(watch.review(whole, 10_000)).toBeUndefined()
    expect(watch.review(whole, 12_000)).toBe('healed')
  })

  it('says nothing of a split that passes', () => {
    const watch = new SplitWatch()
    watch.review(whole, 0)
    watch.review(whole, 2_000)
    expect(watch.review(split, 3_000)).toBeUndefined()
    expect(watch.review(whole, 4_000)).toBeUndefined()
    expect(watch.review(whole, 9_000)).toBeUndefined()
  })
})
