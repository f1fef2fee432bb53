import { describe, expect, it } from 'vitest'
import { Housekeeping } from '../../../node/mesh/housekeeping.ts'
import { TrustTime } from '../../../src/clock/trust-time.ts'
import { commitmentOf, GroupKeys } from '../../../src/network/group-keys.ts'
import type { Registry } from '../../../src/registry/registry.ts'
import type { Write } from '../../../src/storage/store.ts'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { DAY_MS, idOf, keyOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

/** A store whose next writes wait until the test lets them go on. */
class SlowStore extends MemoryStore {
  gate: Promise<void> | undefined

  override async commit(writes: readonly Write[]): Promise<void> {
    await this.gate
    await super.commit(writes)
  }
}

/** The receipts of this device, as its registry keeps them. */
class Receipts {
  readonly written: string[] = []
  #isFailing = false

  failOnce(): void {
    this.#isFailing = true
  }
  receipts(revocation: string): ReadonlyMap<string, number> {
    return new Map(this.written.includes(revocation) ? [[idOf('ana'), 1]] : [])
  }
  recordReceipt(revocation: string): Promise<void> {
    if (this.#isFailing) {
      this.#isFailing = false
      return Promise.reject(new RangeError('disk full'))
    }
    this.written.push(revocation)
    return Promise.resolve()
  }
}

/** ana owner, bob member, and what ana's node does without being asked. */
async function household(
  options: { readonly as?: string; readonly recentlySeen?: readonly string[] } = {},
) {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'member')
  const trustStore = new SlowStore()
  const trust = await TrustLog.open({ networkId: scene.networkId, store: trustStore })
  await trust.ingest(scene.records.map(({ bytes }) => bytes))
  const keyStore = new MemoryStore()
  const groupKeys = await GroupKeys.open(keyStore)
  const clock = new ManualClock({ startMs: SCENE_MS + 60_000 })
  const receipts = new Receipts()
  const failures: unknown[] = []
  const applied: string[] = []
  const housekeeping = new Housekeeping({
    key: keyOf(options.as ?? 'ana'),
    trust,
    groupKeys,
    registry: receipts as unknown as Registry,
    clock,
    time: new TrustTime(clock),
    recentlySeen: () => (options.recentlySeen ?? []).map(idOf),
    onReceipt: (revocation) => applied.push(revocation),
    onFailure: (err) => failures.push(err),
  })
  return {
    scene,
    trust,
    trustStore,
    groupKeys,
    keyStore,
    clock,
    receipts,
    failures,
    applied,
    housekeeping,
  }
}

/** Lets everything go on that waits for nothing but its turn. */
const turns = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

describe('the group key', () => {
  it('is made within 20 s in a network that has none, and not before 10 s', async () => {
    const { housekeeping, clock, trust, groupKeys } = await household()
    housekeeping.start()
    await turns()
    clock.advance(9_999)
    await turns()
    expect(trust.state.epochs).toHaveLength(0)
    clock.advance(10_001)
    await turns()
    expect(trust.state.epochs).toHaveLength(1)
    expect(groupKeys.lacking(trust.state.epochs.map(({ commitment }) => commitment))).toEqual([])
  })

  it('is made anew after a removal, by who has not seen another one do it', async () => {
    const { housekeeping, clock, trust, scene } = await household()
    await housekeeping.rekey()
    housekeeping.start()
    await turns()
    clock.advance(30_000)
    await turns()
    expect(trust.state.epochs).toHaveLength(1)
    await trust.append(
      { kind: 'revoke', device: idOf('bob'), reason: '' },
      keyOf('ana'),
      SCENE_MS + 90_000,
    )
    await turns()
    clock.advance(20_000)
    await turns()
    expect(trust.state.epochs).toHaveLength(2)
    expect(scene.records).toHaveLength(2)
  })

  it('is not made twice when another admin was faster', async () => {
    const { housekeeping, clock, trust } = await household()
    housekeeping.start()
    await turns()
    const commitment = commitmentOf(new Uint8Array(32))
    await trust.append({ kind: 'rekey', commitment }, keyOf('ana'), SCENE_MS + 70_000)
    clock.advance(30_000)
    await turns()
    expect(trust.state.epochs).toHaveLength(1)
  })

  it('is not made by a member that may not', async () => {
    const { housekeeping, clock, trust, failures, keyStore } = await household({ as: 'bob' })
    housekeeping.start()
    await turns()
    clock.advance(60_000)
    await turns()
    expect(trust.state.epochs).toHaveLength(0)
    expect(keyStore.size).toBe(0)
    expect(failures).toEqual([])
  })

  it('is still here once it is announced, whatever changes while it is being announced', async () => {
    const { housekeeping, trust, trustStore, groupKeys, scene } = await household()
    housekeeping.start()
    await turns()
    const { promise, resolve } = Promise.withResolvers<void>()
    trustStore.gate = promise
    const other = trust.ingest([scene.admit('ana', 'cleo', 'member').bytes]) // committed just before
    const rekeyed = housekeeping.rekey()
    resolve()
    await Promise.all([other, rekeyed])
    await turns()
    const [epoch] = trust.state.epochs
    expect(epoch).toBeDefined()
    expect(groupKeys.lacking(epoch === undefined ? [] : [epoch.commitment])).toEqual([])
  })

  it('of an epoch that is past its time is forgotten', async () => {
    const { housekeeping, groupKeys } = await household()
    const old = new Uint8Array(32).fill(1)
    await groupKeys.add(old)
    housekeeping.start()
    await turns()
    expect(groupKeys.get(commitmentOf(old))).toBeUndefined()
  })
})

describe('a receipt', () => {
  it('is written once for each removal that this device has applied', async () => {
    const { housekeeping, trust, receipts, applied } = await household()
    housekeeping.start()
    const { id } = await trust.append(
      { kind: 'revoke', device: idOf('bob'), reason: '' },
      keyOf('ana'),
      SCENE_MS + 70_000,
    )
    await turns()
    await trust.append({ kind: 'rename', name: 'house' }, keyOf('ana'), SCENE_MS + 71_000)
    await turns()
    expect([receipts.written, applied]).toEqual([[id], [id]])
  })

  it('is written once also when several changes come at once', async () => {
    const { housekeeping, trust, receipts } = await household()
    housekeeping.start()
    await turns()
    await Promise.all([
      trust.append(
        { kind: 'revoke', device: idOf('bob'), reason: '' },
        keyOf('ana'),
        SCENE_MS + 70_000,
      ),
      trust.append({ kind: 'rename', name: 'house' }, keyOf('ana'), SCENE_MS + 71_000),
    ])
    await turns()
    expect(receipts.written).toHaveLength(1)
  })

  it('that could not be written is told, and written with the next change', async () => {
    const { housekeeping, trust, receipts, failures } = await household()
    receipts.failOnce()
    housekeeping.start()
    await trust.append(
      { kind: 'revoke', device: idOf('bob'), reason: '' },
      keyOf('ana'),
      SCENE_MS + 70_000,
    )
    await turns()
    expect([failures.length, receipts.written.length]).toEqual([1, 0])
    await trust.append({ kind: 'rename', name: 'house' }, keyOf('ana'), SCENE_MS + 71_000)
    await turns()
    expect(receipts.written).toHaveLength(1)
  })

  it('is not written by a device that is no member itself', async () => {
    const { housekeeping, trust, receipts } = await household({ as: 'bob' })
    housekeeping.start()
    await trust.append(
      { kind: 'revoke', device: idOf('bob'), reason: '' },
      keyOf('ana'),
      SCENE_MS + 70_000,
    )
    await turns()
    expect(receipts.written).toEqual([])
  })
})

describe('a renewal', () => {
  const untilOf = (trust: TrustLog) => trust.state.members.get(idOf('bob'))?.until

  it('is given within a quarter of an hour to a member that was seen and has a month left', async () => {
    const { housekeeping, trust, clock } = await household({ recentlySeen: ['bob'] })
    const before = untilOf(trust) ?? 0
    clock.wallOffsetMs = before - 10 * DAY_MS
    housekeeping.start()
    clock.advance(900_000)
    await turns()
    expect(untilOf(trust)).toBeGreaterThan(before + 70 * DAY_MS)
  })

  it('is given to nobody who was not seen', async () => {
    const { housekeeping, trust, clock } = await household()
    const before = untilOf(trust) ?? 0
    clock.wallOffsetMs = before - 10 * DAY_MS
    housekeeping.start()
    clock.advance(900_000)
    await turns()
    expect(untilOf(trust)).toBe(before)
  })
})

describe('housekeeping that is stopped', () => {
  it('does nothing more and keeps no timer', async () => {
    const { housekeeping, trust, clock, receipts } = await household()
    housekeeping.start()
    housekeeping.start()
    await turns()
    housekeeping.stop()
    housekeeping.stop()
    await trust.append(
      { kind: 'revoke', device: idOf('bob'), reason: '' },
      keyOf('ana'),
      SCENE_MS + 70_000,
    )
    clock.advance(60_000)
    await turns()
    expect([clock.timers, receipts.written.length, trust.state.epochs.length]).toEqual([0, 0, 0])
  })
})
