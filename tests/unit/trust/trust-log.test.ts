import { describe, expect, it } from 'vitest'
import type { DeviceKey } from '../../../src/identity/device-key.ts'
import { PARKED_MAX } from '../../../src/trust/trust-limits.ts'
import { TrustLog, type TrustChange } from '../../../src/trust/trust-log.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { SignedTrustRecord } from '../../../proto/gen/trust.js'
import type { Write } from '../../../src/storage/store.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { rewrite } from '../../support/trust-bytes.ts'
import {
  canonical,
  DAY_MS,
  idOf,
  keyOf,
  membersOf,
  SCENE_MS,
  TrustScene,
} from '../../support/trust-scene.ts'

const ana = keyOf('ana')
const EVERYTHING = Number.MAX_SAFE_INTEGER

async function found(store = new MemoryStore()): Promise<TrustLog> {
  return TrustLog.found({ store, name: 'home', owner: ana, ownerName: 'ana', nowMs: SCENE_MS })
}

async function admit(log: TrustLog, name: string, by: DeviceKey = ana): Promise<TrustRecord> {
  return log.append(
    { kind: 'admit', device: idOf(name), role: 'member', until: SCENE_MS + 90 * DAY_MS, name },
    by,
    SCENE_MS,
  )
}

/** A log that holds the records of a story. */
async function logOf(scene: TrustScene, store = new MemoryStore()): Promise<TrustLog> {
  const log = await TrustLog.open({ networkId: scene.networkId, store })
  await log.ingest(scene.records.map(({ bytes }) => bytes))
  return log
}

describe('a trust log', () => {
  it('makes its founder the owner', async () => {
    const log = await found()
    expect(log.state.name).toBe('home')
    expect(log.state.members.get(ana.id)).toMatchObject({ role: 'owner', until: null, name: 'ana' })
  })

  it('makes another network each time', async () => {
    expect((await found()).networkId).not.toBe((await found()).networkId)
  })

  it('is empty until it is sent a beginning', async () => {
    const log = await TrustLog.open({
      networkId: new TrustScene().networkId,
      store: new MemoryStore(),
    })
    expect(log.state.members.size).toBe(0)
    await expect(admit(log, 'bob')).rejects.toMatchObject({ code: 'NO_GENESIS' })
  })

  it('is the same after a restart', async () => {
    const store = new MemoryStore()
    const log = await found(store)
    await admit(log, 'bob')
    const reopened = await TrustLog.open({ networkId: log.networkId, store: store.copy() })
    expect(canonical(reopened.state)).toBe(canonical(log.state))
    await admit(reopened, 'cleo')
    expect(reopened.state.forks).toEqual([]) // it goes on where it stopped
  })

  it('is the same on a device that is sent everything backwards', async () => {
    const log = await found()
    for (const name of ['bob', 'cleo', 'dan']) await admit(log, name)
    const other = await TrustLog.open({ networkId: log.networkId, store: new MemoryStore() })
    const report = await other.ingest(log.missing([], EVERYTHING).reverse())
    expect(report).toMatchObject({ duplicates: 0, parked: 3, dropped: 0, refused: [] })
    expect(report.accepted).toHaveLength(4)
    expect(canonical(other.state)).toBe(canonical(log.state))
  })

  it('tells who appends what the rules forbid, and stores nothing of it', async () => {
    const store = new MemoryStore()
    const log = await found(store)
    await expect(log.append({ kind: 'leave' }, ana, SCENE_MS)).rejects.toMatchObject({
      name: 'TrustError',
      code: 'LAST_OWNER',
    })
    await expect(admit(log, 'bob', keyOf('mallory'))).rejects.toMatchObject({ code: 'NOT_MEMBER' })
    expect(store.size).toBe(1)
  })

  it('refuses to write what no reader would take', async () => {
    const log = await found()
    await expect(
      log.append({ kind: 'rename', name: 'x'.repeat(64) }, ana, SCENE_MS),
    ).rejects.toMatchObject({ code: 'MALFORMED' })
    const devices = Array.from({ length: 1_501 }, (_, n) => idOf(`device ${n}`))
    await expect(
      log.append({ kind: 'renew', devices, until: SCENE_MS + DAY_MS }, ana, SCENE_MS),
    ).rejects.toMatchObject({ code: 'MALFORMED' })
  })

  it('takes appends that are made at once one after the other', async () => {
    const log = await found()
    await Promise.all(['bob', 'cleo', 'dan', 'eve'].map((name) => admit(log, name)))
    expect(log.state.members.size).toBe(5)
    expect(log.state.forks).toEqual([])
    expect(log.missing(log.frontier().slice(0, 1), EVERYTHING)).toEqual([]) // one head has seen all
  })

  it('goes on after a failed append', async () => {
    const log = await found()
    await expect(log.append({ kind: 'leave' }, ana, SCENE_MS)).rejects.toThrow('owner')
    await expect(admit(log, 'bob')).resolves.toMatchObject({ seq: 1 })
  })

  it('announces a change once it is on disk, with what was before', async () => {
    const store = new MemoryStore()
    const log = await found(store)
    const changes: TrustChange[] = []
    const sizes: number[] = []
    const stop = log.onChange((change) => {
      changes.push(change)
      sizes.push(store.size)
    })
    const record = await admit(log, 'bob')
    stop()
    await admit(log, 'cleo')
    expect(changes).toHaveLength(1)
    expect(membersOf(changes[0]!.before)).toBe('ana owner')
    expect(membersOf(changes[0]!.after)).toBe('ana owner, bob member')
    expect(changes[0]).toMatchObject({ records: [record], origin: undefined })
    expect(sizes).toEqual([2])
  })

  it('says who sent a change', async () => {
    const log = await found()
    const other = await TrustLog.open({ networkId: log.networkId, store: new MemoryStore() })
    const origins: (string | undefined)[] = []
    other.onChange(({ origin }) => origins.push(origin))
    await other.ingest(log.missing([], EVERYTHING), { origin: ana.id })
    expect(origins).toEqual([ana.id])
  })
})

describe('a disk that fails', () => {
  class FailingStore extends MemoryStore {
    fails = false
    override async commit(writes: readonly Write[]): Promise<void> {
      if (this.fails) throw new RangeError('disk full')
      return super.commit(writes)
    }
  }

  it('leaves state, frontier and the author’s chain as they were', async () => {
    const store = new FailingStore()
    const log = await found(store)
    const before = { state: canonical(log.state), frontier: log.frontier() }
    store.fails = true
    await expect(admit(log, 'bob')).rejects.toThrow('disk full')
    expect({ state: canonical(log.state), frontier: log.frontier() }).toEqual(before)
    expect(log.missing([], EVERYTHING)).toHaveLength(1)
    store.fails = false
    expect(await admit(log, 'bob')).toMatchObject({ seq: 1, prev: null })
  })

  it('hands out nothing that is not on disk yet', async () => {
    let finish = () => {}
    class SlowStore extends MemoryStore {
      override async commit(writes: readonly Write[]): Promise<void> {
        if (this.commits > 0) await new Promise<void>((resolve) => (finish = resolve))
        return super.commit(writes)
      }
    }
    const log = await found(new SlowStore())
    const frontier = log.frontier()
    const appended = admit(log, 'bob')
    await Promise.resolve()
    await Promise.resolve()
    expect(log.frontier()).toEqual(frontier)
    expect(log.missing([], EVERYTHING)).toHaveLength(1)
    expect(log.proofOf(idOf('bob'))).toEqual([])
    expect(log.state.members.size).toBe(1)
    finish()
    await appended
    expect(log.missing([], EVERYTHING)).toHaveLength(2)
  })
})

describe('a damaged store', () => {
  it.each([
    ['a flipped bit in the body', (value: Uint8Array) => flip(value, 40)],
    ['a flipped bit in the signature', (value: Uint8Array) => flip(value, value.length - 1)],
    ['a flipped bit in the checksum', (value: Uint8Array) => flip(value, 0)],
    ['a missing end', (value: Uint8Array) => value.subarray(0, -3)],
    ['nothing left', () => new Uint8Array(0)],
  ])('with %s opens, names the record, and takes it again from a peer', async (_, damage) => {
    const store = new MemoryStore()
    const log = await found(store)
    const bob = await admit(log, 'bob')
    await admit(log, 'cleo')
    const key = `trust/${bob.id}`
    await store.commit([{ put: key, value: damage((await store.get(key))!) }])
    const reopened = await TrustLog.open({ networkId: log.networkId, store })
    expect(reopened.quarantined).toMatchObject([{ key }])
    expect(membersOf(reopened.state)).toBe('ana owner')
    await reopened.ingest(log.missing(reopened.frontier(), EVERYTHING))
    expect(canonical(reopened.state)).toBe(canonical(log.state))
    expect((await TrustLog.open({ networkId: log.networkId, store })).quarantined).toEqual([])
  })

  it('with a record of another network leaves it aside', async () => {
    const store = new MemoryStore()
    const log = await found(store)
    const other = await found(store)
    const reopened = await TrustLog.open({ networkId: log.networkId, store })
    expect(reopened.quarantined).toHaveLength(1)
    expect(reopened.state.networkId).not.toBe(other.networkId)
    expect(reopened.state.members.size).toBe(1)
  })
})

describe('what a log is sent', () => {
  const scene = new TrustScene('ana')
  const act = scene.admit('ana', 'bob', 'member')
  const signed = SignedTrustRecord.decode(act.bytes)
  const forged = SignedTrustRecord.encode({
    body: signed.body,
    signature: keyOf('mallory').sign(signed.body),
  })
  const elsewhere = new TrustScene('ana')
  const replayed = rewrite(act.bytes, ana, () => ({ network: keyOf('other network').publicKey }))

  it.each([
    ['garbage', new Uint8Array(50).fill(7), 'MALFORMED'],
    ['a truncated record', act.bytes.subarray(0, 80), 'MALFORMED'],
    ['an oversized record', new Uint8Array(70_000), 'TOO_LARGE'],
    ['a record of another network', replayed, 'WRONG_NETWORK'],
    ['a forged record', forged, 'BAD_SIGNATURE'],
    [
      'a record by a stranger',
      rewrite(act.bytes, keyOf('mallory'), () => ({ author: keyOf('mallory').publicKey })),
      'NOT_MEMBER',
    ],
  ])('is refused with its cause when it is %s', async (_, bytes, code) => {
    const log = await logOf(elsewhere)
    const report = await log.ingest([bytes])
    expect(report.refused).toMatchObject([{ code }])
    expect(report.accepted).toEqual([])
    expect(membersOf(log.state)).toBe('ana owner')
  })

  it('does not keep its valid neighbours out', async () => {
    const log = await logOf(elsewhere)
    const report = await log.ingest([new Uint8Array(3), forged, act.bytes, replayed, act.bytes])
    expect(report.refused.map(({ code }) => code)).toEqual([
      'MALFORMED',
      'BAD_SIGNATURE',
      'WRONG_NETWORK',
    ])
    expect(report.accepted).toHaveLength(1)
    expect(report.duplicates).toBe(1)
  })

  it('is kept from what the sender does with its memory afterwards', async () => {
    const log = await logOf(elsewhere)
    const bytes = act.bytes.slice()
    await log.ingest([bytes])
    bytes.fill(0)
    expect(log.missing([], EVERYTHING)[1]).toEqual(act.bytes)
  })

  it('is refused with all that waited for it', async () => {
    const story = new TrustScene('ana')
    const illegal = story.admit('mallory', 'nick', 'admin')
    const onTop = story.admit('nick', 'olaf', 'member', { sees: [illegal] })
    const log = await logOf(elsewhere)
    expect(await log.ingest([onTop.bytes])).toMatchObject({ parked: 1 })
    expect((await log.ingest([illegal.bytes])).refused).toMatchObject([{ code: 'NOT_MEMBER' }])
    expect(log.state.members.size).toBe(1)
  })

  it('is not laid at the door of whoever sends what it waited for', async () => {
    const story = new TrustScene('ana')
    const bob = story.admit('ana', 'bob', 'member')
    const illegal = story.admit('bob', 'mallory', 'admin', { sees: [bob] })
    const log = await logOf(elsewhere)
    expect(await log.ingest([illegal.bytes])).toMatchObject({ parked: 1 })
    const report = await log.ingest([bob.bytes])
    expect(report).toMatchObject({
      refused: [],
      refusedLate: [{ id: illegal.id, code: 'NOT_PERMITTED' }],
    })
    expect(report.accepted).toHaveLength(1)
  })

  it('does not wait for its predecessors when it comes from a stranger', async () => {
    const story = new TrustScene('ana')
    story.admit('ana', 'bob', 'member')
    const later = story.admit('ana', 'cleo', 'member')
    const log = await logOf(elsewhere)
    const report = await log.ingest([later.bytes], { parks: false })
    expect(report).toMatchObject({ parked: 0, refused: [{ code: 'MISSING_PARENTS' }] })
    expect(await log.ingest([later.bytes])).toMatchObject({ parked: 1 })
  })

  it('waits within bounds: the oldest gives way', async () => {
    const story = new TrustScene('ana')
    story.act('ana', { kind: 'rename', name: 'missing' })
    for (let n = 0; n < PARKED_MAX + 10; n++) story.act('ana', { kind: 'rename', name: `${n}` })
    const log = await logOf(elsewhere)
    const waiting = story.records.slice(2).map(({ bytes }) => bytes)
    const report = await log.ingest(waiting)
    expect(report).toMatchObject({ parked: PARKED_MAX + 10, dropped: 10, accepted: [] })
    expect((await log.ingest([story.records[1]!.bytes])).accepted).toHaveLength(1) // the next ones were dropped
    expect((await log.ingest(waiting)).accepted).toHaveLength(PARKED_MAX + 10)
    expect(log.state.name).toBe(`${PARKED_MAX + 9}`)
  })

  it('a thousand records deep in reverse does not overflow the stack', async () => {
    const story = new TrustScene('ana')
    for (let n = 0; n < PARKED_MAX; n++) story.act('ana', { kind: 'rename', name: `${n}` })
    const log = await TrustLog.open({ networkId: story.networkId, store: new MemoryStore() })
    const report = await log.ingest(story.records.toReversed().map(({ bytes }) => bytes))
    expect(report.accepted).toHaveLength(PARKED_MAX + 1)
  })
})

describe('sync', () => {
  it('hands out what a peer lacks, parents first, page by page', async () => {
    const log = await found()
    for (let n = 0; n < 40; n++) await admit(log, `device ${n}`)
    const peer = await TrustLog.open({ networkId: log.networkId, store: new MemoryStore() })
    let pages = 0
    for (
      let page = log.missing(peer.frontier(), 2_000);
      page.length > 0;
      page = log.missing(peer.frontier(), 2_000)
    ) {
      expect(page.reduce((sum, bytes) => sum + bytes.length, 0)).toBeLessThanOrEqual(2_000)
      const report = await peer.ingest(page)
      expect(report).toMatchObject({ parked: 0, refused: [] })
      pages++
    }
    expect(pages).toBeGreaterThan(4)
    expect(canonical(peer.state)).toBe(canonical(log.state))
    expect(peer.frontier()).toEqual(log.frontier())
    expect(log.lacks(peer.frontier())).toBe(false)
  })

  it('hands out one record at least, however small the page', async () => {
    const log = await found()
    expect(log.missing([], 1)).toHaveLength(1)
  })

  it('says when a peer has more, and passes over heads that it does not know', async () => {
    const log = await found()
    const peer = await TrustLog.open({ networkId: log.networkId, store: new MemoryStore() })
    await peer.ingest(log.missing([], EVERYTHING))
    await admit(peer, 'bob')
    expect(log.lacks(peer.frontier())).toBe(true)
    expect(peer.lacks(log.frontier())).toBe(false)
    expect(log.missing(peer.frontier(), EVERYTHING)).toEqual([])
    expect(log.missing([new Uint8Array(5)], EVERYTHING)).toHaveLength(1)
  })

  it('joins two halves of a partition', async () => {
    const left = await found()
    await left.append(
      { kind: 'admit', device: idOf('bob'), role: 'admin', until: SCENE_MS + DAY_MS, name: 'bob' },
      ana,
      SCENE_MS,
    )
    const right = await TrustLog.open({ networkId: left.networkId, store: new MemoryStore() })
    await right.ingest(left.missing([], EVERYTHING))
    await admit(left, 'cleo')
    await admit(right, 'dan', keyOf('bob'))
    await left.ingest(right.missing(left.frontier(), EVERYTHING))
    await right.ingest(left.missing(right.frontier(), EVERYTHING))
    expect(canonical(left.state)).toBe(canonical(right.state))
    expect(membersOf(left.state)).toBe('ana owner, bob admin, cleo member, dan member')
    expect(left.frontier()).toEqual(right.frontier())
  })

  it('of two logs that have grown apart does not start over', async () => {
    const left = await found()
    for (let n = 0; n < 200; n++) await admit(left, `device ${n}`)
    const right = await TrustLog.open({ networkId: left.networkId, store: new MemoryStore() })
    await right.ingest(left.missing([], EVERYTHING))
    for (let n = 0; n < 5; n++) {
      await left.append({ kind: 'rename', name: `left ${n}` }, ana, SCENE_MS)
      await right.append({ kind: 'leave' }, keyOf(`device ${n}`), SCENE_MS)
    }
    expect(right.missing(left.frontier(), EVERYTHING).length).toBeLessThan(5 + 8) // the next landmark is 8 back
    expect(left.missing(right.frontier(), EVERYTHING).length).toBeLessThan(5 + 8)
    expect(left.frontier().length).toBeLessThan(12)
  })

  it('proves an admission to a stranger, and no more than that', async () => {
    const log = await found()
    await admit(log, 'bob')
    await admit(log, 'cleo')
    const stranger = await TrustLog.open({ networkId: log.networkId, store: new MemoryStore() })
    const report = await stranger.ingest(log.proofOf(idOf('bob')), { parks: false })
    expect(report.refused).toEqual([])
    expect(membersOf(stranger.state)).toBe('ana owner, bob member')
    expect(log.proofOf(idOf('mallory'))).toEqual([])
  })
})

function flip(value: Uint8Array, at: number): Uint8Array {
  const damaged = value.slice()
  damaged[at] = (damaged[at] ?? 0) ^ 0x10
  return damaged
}
