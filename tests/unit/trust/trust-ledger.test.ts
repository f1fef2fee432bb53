import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  HELLO_FULL_PAGE_MIN_BYTES,
  HELLO_RECORDS_MAX,
  HELLO_RECORDS_MAX_BYTES,
} from '../../../protocols/hello/constants.ts'
import {
  JOIN_FULL_PAGE_MIN_BYTES,
  JOIN_RECORDS_MAX,
  JOIN_RECORDS_MAX_BYTES,
} from '../../../protocols/join/constants.ts'
import { type Capacity, TrustLedger } from '../../../src/trust/trust-ledger.ts'
import {
  LOG_MAX_BYTES,
  LOG_OWNER_MAX_BYTES,
  LOG_OWNER_RECORDS_MAX,
  LOG_RECORDS_MAX,
  RECORD_MAX_BYTES,
} from '../../../src/trust/trust-limits.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

const AMPLE = { records: 1_000, bytes: 1e6, lanes: 100 }
const capacity = (
  others: Partial<Capacity['others']>,
  owners: Partial<Capacity['owners']> = {},
): Capacity => ({ others: { ...AMPLE, ...others }, owners: { ...AMPLE, ...owners } })

/** Adds what is legal; returns why the rest is not. */
function feed(ledger: TrustLedger, records: readonly TrustRecord[]): (string | undefined)[] {
  return records.map((record) => {
    if (ledger.graph.missingParents(record).length > 0) return 'MISSING_PARENTS'
    const refusal = ledger.refusalOf(record)
    if (refusal === undefined) ledger.add(record)
    return refusal?.code
  })
}

/** An admin that writes ten records: two of others' and the owner's genesis and admission lie before them. */
function flood(): TrustScene {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'admin')
  for (let n = 0; n < 10; n++) scene.act('bob', { kind: 'rename', name: `${n}` })
  return scene
}

const bytesOf = (records: readonly TrustRecord[]) =>
  records.reduce((sum, record) => sum + record.bytes.length, 0)

describe('a full trust ledger', () => {
  const by = (scene: TrustScene, name: string) =>
    scene.records.filter(({ author }) => author === idOf(name))

  it('refuses what admins write', () => {
    const scene = flood()
    const ledger = new TrustLedger(scene.networkId, capacity({ records: 8 }))
    expect(feed(ledger, scene.records).slice(8, 12)).toEqual([
      undefined,
      undefined,
      'LOG_FULL',
      'MISSING_PARENTS',
    ])
    expect(ledger.graph.size).toBe(10)
  })

  it('counts bytes too', () => {
    const scene = flood()
    const bytes = bytesOf(by(scene, 'bob').slice(0, 7))
    const ledger = new TrustLedger(scene.networkId, capacity({ bytes }))
    feed(ledger, scene.records)
    expect(ledger.graph.size).toBe(2 + 7)
    const tight = new TrustLedger(scene.networkId, capacity({ bytes: bytes - 1 }))
    feed(tight, scene.records)
    expect(tight.graph.size).toBe(2 + 6)
  })

  it.each([
    ['records', { records: 8 }],
    ['bytes', { bytes: bytesOf(by(flood(), 'bob').slice(0, 8)) }],
  ])(
    'has room for owners still when its %s are used up, so that a flood can be ended',
    (_, others) => {
      const scene = flood()
      const ledger = new TrustLedger(scene.networkId, capacity(others))
      feed(ledger, scene.records)
      const seen = ledger.recordsFrom(9)
      const more = scene.act(
        'bob',
        { kind: 'rename', name: 'more' },
        { sees: seen, prev: seen.at(-1) ?? null },
      )
      expect(feed(ledger, [more])).toEqual(['LOG_FULL'])
      const revocation = scene.revoke('ana', 'bob', { sees: seen })
      expect(feed(ledger, [revocation])).toEqual([undefined])
    },
  )

  it('has room for an owner that has seen none of the newest records of any chain', () => {
    const scene = new TrustScene('ana')
    const admission = scene.admit('ana', 'bob', 'admin')
    const options = { prev: null, sees: [admission] }
    for (const name of ['a', 'b', 'c']) scene.act('bob', { kind: 'rename', name }, options)
    const ledger = new TrustLedger(scene.networkId, capacity({ lanes: 3 }, { lanes: 4 }))
    feed(ledger, scene.records)
    expect(ledger.graph.lanes).toBe(3)
    const another = scene.act('bob', { kind: 'rename', name: 'd' }, options)
    expect(feed(ledger, [another])).toEqual(['LOG_FULL'])
    const revocation = scene.revoke('ana', 'bob', { prev: admission, sees: [admission] })
    expect(feed(ledger, [revocation])).toEqual([undefined])
  })

  it('has an end for owners too', () => {
    const scene = new TrustScene('ana')
    for (let n = 0; n < 10; n++) scene.act('ana', { kind: 'rename', name: `${n}` })
    const ledger = new TrustLedger(scene.networkId, capacity({}, { records: 8 }))
    expect(feed(ledger, scene.records).slice(7, 9)).toEqual([undefined, 'LOG_FULL'])
  })

  it('counts what somebody wrote before becoming owner as another’s, and what after as an owner’s', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'admin')
    scene.act('bob', { kind: 'rename', name: 'castle' })
    scene.role('ana', 'bob', 'owner')
    for (let n = 0; n < 3; n++) scene.act('bob', { kind: 'rename', name: `${n}` })
    const ledger = new TrustLedger(scene.networkId, capacity({ records: 1 }, { records: 6 }))
    expect(feed(ledger, scene.records)).toEqual(scene.records.map(() => undefined))
    expect(feed(ledger, [scene.act('bob', { kind: 'rename', name: 'x' })])).toEqual(['LOG_FULL'])
  })

  it('that one device holds, any other can take over, in whatever order it comes', () => {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'admin')
    const before = scene.heads()
    for (let n = 0; n < 6; n++) scene.act('bob', { kind: 'rename', name: `${n}` })
    // Of what the owner writes meanwhile some has seen the flood, some has not.
    const apart = scene.act('ana', { kind: 'rename', name: 'home' }, { sees: before })
    scene.act('ana', { kind: 'rename', name: 'still home' }, { sees: [apart] })
    scene.revoke('ana', 'bob')
    const full = capacity({ records: 6 }, { records: 5 })
    const others = bytesOf(by(scene, 'bob'))
    const owners = bytesOf(scene.records) - others
    const brim = {
      owners: { ...full.owners, bytes: owners },
      others: { ...full.others, bytes: others },
    }
    const order = fc.shuffledSubarray([...scene.records], { minLength: scene.records.length })
    fc.assert(
      fc.property(order, (records) => {
        const ledger = new TrustLedger(scene.networkId, brim)
        let waiting = records
        while (waiting.length > 0) {
          const outcomes = feed(ledger, waiting)
          expect(outcomes).not.toContain('LOG_FULL')
          waiting = waiting.filter((_, at) => outcomes[at] === 'MISSING_PARENTS')
        }
        expect(ledger.graph.size).toBe(scene.records.length)
      }),
    )
  })
})

describe('a full trust log', () => {
  it.each([
    ['a join', JOIN_RECORDS_MAX, JOIN_RECORDS_MAX_BYTES, JOIN_FULL_PAGE_MIN_BYTES],
    ['a hello', HELLO_RECORDS_MAX, HELLO_RECORDS_MAX_BYTES, HELLO_FULL_PAGE_MIN_BYTES],
  ])(
    'can be told in %s, so that nobody can stop it by filling the log',
    (_, records, bytes, page) => {
      expect(records).toBe(LOG_RECORDS_MAX + LOG_OWNER_RECORDS_MAX)
      expect(bytes).toBe(LOG_MAX_BYTES + LOG_OWNER_MAX_BYTES)
      expect(page).toBe(262_144 - RECORD_MAX_BYTES)
    },
  )
})

describe('the owners’ share of a trust log', () => {
  it('holds, in bytes, more removals with every word and head than it takes to end a flood', () => {
    const scene = new TrustScene('ana')
    const seen = Array.from({ length: 32 }, (_, n) =>
      scene.act('ana', { kind: 'rename', name: `${n}` }, { prev: null, sees: [scene.genesis] }),
    )
    const largest = scene.act(
      'ana',
      { kind: 'revoke', device: idOf('bob'), reason: 'ẞ'.repeat(200) },
      { prev: seen[0] ?? null, sees: seen, timeMs: SCENE_MS },
    )
    expect(largest.bytes.length).toBeLessThan(2_100)
    expect(LOG_OWNER_MAX_BYTES / largest.bytes.length).toBeGreaterThan(5_000)
    // A renewal of everybody, each month of ten years.
    expect(LOG_OWNER_MAX_BYTES / RECORD_MAX_BYTES).toBeGreaterThan(120)
    expect(LOG_OWNER_RECORDS_MAX).toBeGreaterThan(5_000)
  })
})
