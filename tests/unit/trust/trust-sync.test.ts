import { describe, expect, it } from 'vitest'
import type { Channel, ChannelReceiver } from '../../../protocols/channel/channel.ts'
import { decodeTrust, encodeTrust, type TrustMessage } from '../../../protocols/trust/codec.ts'
import { TRUST_PAGE_MAX_BYTES } from '../../../protocols/trust/constants.ts'
import { commitmentOf, GroupKeys } from '../../../src/network/group-keys.ts'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { TrustSync } from '../../../src/trust/trust-sync.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { canonical, idOf, keyOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

interface Frame {
  readonly from: string
  readonly to: string
  readonly bytes: Uint8Array
}

/** Wires between devices; frames lie on them until they are delivered. */
class Wires {
  readonly ends = new Map<string, End>()
  readonly #frames: Frame[] = []
  /** What was delivered so far: `ana>bob records`. */
  readonly story: string[] = []

  send(frame: Frame): void {
    this.#frames.push(frame)
  }

  /** Everything that lies on the wires is lost. */
  lose(): number {
    return this.#frames.splice(0).length
  }

  async deliver(): Promise<void> {
    for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
      this.story.push(`${nameOf(frame.from)}>${nameOf(frame.to)} ${decodeTrust(frame.bytes).kind}`)
      await this.ends.get(frame.to)?.receiver?.frame(frame.from, frame.bytes)
    }
  }
}

class End implements Channel {
  receiver: ChannelReceiver | undefined
  readonly connected = new Set<string>()
  readonly #wires: Wires
  readonly #self: string

  constructor(wires: Wires, self: string) {
    this.#wires = wires
    this.#self = self
    wires.ends.set(self, this)
  }

  peers(): readonly string[] {
    return [...this.connected]
  }
  send(to: string, bytes: Uint8Array): boolean {
    if (this.connected.has(to)) this.#wires.send({ from: this.#self, to, bytes: bytes.slice() })
    return this.connected.has(to)
  }
  receive(receiver: ChannelReceiver): void {
    this.receiver = receiver
  }
}

const NAMES = ['ana', 'bob', 'cleo', 'dan', 'eve']
const nameOf = (id: string) => NAMES.find((name) => idOf(name) === id) ?? id

class Device {
  readonly id: string
  readonly end: End
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  readonly sync: TrustSync
  readonly offences: string[] = []

  constructor(
    wires: Wires,
    clock: ManualClock,
    name: string,
    trust: TrustLog,
    groupKeys: GroupKeys,
  ) {
    this.id = idOf(name)
    this.end = new End(wires, this.id)
    this.trust = trust
    this.groupKeys = groupKeys
    this.sync = new TrustSync({
      channel: this.end,
      trust,
      groupKeys,
      clock,
      onOffence: (peer, code) => this.offences.push(`${nameOf(peer)} ${code}`),
    })
    this.sync.start()
  }

  /** As if `from` had sent it. */
  async hear(from: Device, message: TrustMessage | Uint8Array): Promise<void> {
    const bytes = message instanceof Uint8Array ? message : encodeTrust(message)
    await this.end.receiver?.frame(from.id, bytes)
  }
}

/** ana owner, bob admin, cleo and dan members. */
class Party {
  readonly wires = new Wires()
  readonly clock = new ManualClock()
  readonly scene = new TrustScene('ana')

  constructor() {
    this.scene.admit('ana', 'bob', 'admin')
    for (const name of ['cleo', 'dan']) this.scene.admit('ana', name, 'member')
  }

  async device(
    name: string,
    knows: readonly TrustRecord[] = this.scene.records,
    keys: readonly Uint8Array[] = [],
  ) {
    const trust = await TrustLog.open({ networkId: this.scene.networkId, store: new MemoryStore() })
    await trust.ingest(knows.map(({ bytes }) => bytes))
    const groupKeys = await GroupKeys.open(new MemoryStore())
    for (const key of keys) await groupKeys.add(key)
    return new Device(this.wires, this.clock, name, trust, groupKeys)
  }

  async link(one: Device, other: Device): Promise<void> {
    for (const [here, there] of [
      [one, other],
      [other, one],
    ] as const) {
      here.end.connected.add(there.id)
      here.end.receiver?.opened(there.id)
    }
    await this.wires.deliver()
  }
}

const admitEve = {
  kind: 'admit',
  device: idOf('eve'),
  role: 'member',
  until: SCENE_MS + 1_000_000,
  name: 'eve',
} as const

describe('trust sync', () => {
  it('gives a device that was away what it lacks when it connects', async () => {
    const party = new Party()
    const [ana, bob] = [
      await party.device('ana'),
      await party.device('bob', party.scene.records.slice(0, 2)),
    ]
    await party.link(ana, bob)
    expect(canonical(bob.trust.state)).toBe(canonical(ana.trust.state))
  })

  it('joins what two devices learned while they were apart', async () => {
    const party = new Party()
    const shared = [...party.scene.records]
    const sees = party.scene.heads()
    const byAna = party.scene.admit('ana', 'eve', 'guest', { sees })
    const byBob = party.scene.revoke('bob', 'dan', { sees })
    const ana = await party.device('ana', [...shared, byAna])
    const bob = await party.device('bob', [...shared, byBob])
    await party.link(ana, bob)
    expect(canonical(bob.trust.state)).toBe(canonical(ana.trust.state))
    expect(ana.trust.state.revocations.has(idOf('dan'))).toBe(true)
    expect(bob.trust.state.members.has(idOf('eve'))).toBe(true)
  })

  it('says one frontier each way, and nothing more, where both know the same', async () => {
    const party = new Party()
    await party.link(await party.device('ana'), await party.device('bob'))
    expect(party.wires.story.sort()).toEqual(['ana>bob frontier', 'bob>ana frontier'])
  })

  it('sends a log that is larger than a page in pages', async () => {
    const party = new Party()
    const devices = Array.from({ length: 1_500 }, (_, at) => idOf(`m${at}`))
    for (let i = 0; i < 8; i++) {
      party.scene.act('ana', { kind: 'renew', devices, until: SCENE_MS + 2_000_000 + i })
    }
    const [ana, bob] = [
      await party.device('ana'),
      await party.device('bob', party.scene.records.slice(0, 2)),
    ]
    expect(
      ana.trust.missing([], Number.MAX_SAFE_INTEGER).reduce((sum, { length }) => sum + length, 0),
    ).toBeGreaterThan(TRUST_PAGE_MAX_BYTES)
    await party.link(ana, bob)
    expect(bob.trust.frontier()).toEqual(ana.trust.frontier())
    expect(party.wires.story.filter((line) => line === 'ana>bob records').length).toBeGreaterThan(1)
  })

  it('passes a new record on to everybody at once, but not back', async () => {
    const party = new Party()
    const [ana, bob, cleo] = [
      await party.device('ana'),
      await party.device('bob'),
      await party.device('cleo'),
    ]
    await party.link(ana, bob)
    await party.link(bob, cleo)
    party.wires.story.length = 0
    await ana.trust.append(admitEve, keyOf('ana'), SCENE_MS + 100)
    await party.wires.deliver()
    expect(cleo.trust.state.members.has(idOf('eve'))).toBe(true)
    expect(party.wires.story).toEqual(['ana>bob records', 'bob>cleo records'])
  })

  it('makes up within about a minute for a record that got lost', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    await party.link(ana, bob)
    await ana.trust.append(admitEve, keyOf('ana'), SCENE_MS + 100)
    expect(party.wires.lose()).toBe(1)
    party.clock.advance(72_000)
    await party.wires.deliver()
    expect(bob.trust.state.members.has(idOf('eve'))).toBe(true)
  })

  it('asks for what is missing when a record comes before those it builds on', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    await party.link(ana, bob)
    await ana.trust.append(admitEve, keyOf('ana'), SCENE_MS + 100)
    party.wires.lose()
    await ana.trust.append({ kind: 'rename', name: 'house' }, keyOf('ana'), SCENE_MS + 200)
    await party.wires.deliver()
    expect(bob.trust.state.name).toBe('house')
    expect(bob.trust.state.members.has(idOf('eve'))).toBe(true)
  })
})

describe('a group key', () => {
  const key = new Uint8Array(32).fill(5)

  async function rekeyed(keysOfBob: readonly Uint8Array[] = []) {
    const party = new Party()
    party.scene.act('ana', { kind: 'rekey', commitment: commitmentOf(key) })
    const ana = await party.device('ana', party.scene.records, [key])
    return { party, ana, bob: await party.device('bob', party.scene.records, keysOfBob) }
  }

  it('is given to a member that knows its epoch and lacks it', async () => {
    const { party, ana, bob } = await rekeyed()
    await party.link(ana, bob)
    expect(bob.groupKeys.get(commitmentOf(key))).toEqual(key)
  })

  it('follows the record that announces it', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    await party.link(ana, bob)
    await ana.groupKeys.add(key)
    await ana.trust.append(
      { kind: 'rekey', commitment: commitmentOf(key) },
      keyOf('ana'),
      SCENE_MS + 100,
    )
    await party.wires.deliver()
    expect(bob.groupKeys.get(commitmentOf(key))).toEqual(key)
  })

  it('is not sent to who has it', async () => {
    const { party, ana, bob } = await rekeyed([key])
    await party.link(ana, bob)
    expect(party.wires.story.filter((line) => line.endsWith('group-keys'))).toEqual([])
  })

  it('that no epoch has named is not kept', async () => {
    const { ana, bob } = await rekeyed()
    const planted = new Uint8Array(32).fill(6)
    await bob.hear(ana, { kind: 'group-keys', keys: [planted, key] })
    expect(bob.groupKeys.get(commitmentOf(planted))).toBeUndefined()
    expect(bob.groupKeys.get(commitmentOf(key))).toEqual(key)
  })
})

describe('a member that does not keep to the protocol', () => {
  it.each([
    ['bytes that are no frame', new Uint8Array([0xff, 1, 2]), 'MALFORMED'],
    ['an empty frame', new Uint8Array(0), 'MALFORMED'],
    [
      'a frontier of odd hashes',
      encodeTrust({ kind: 'frontier', heads: [new Uint8Array(3)], wantedKeys: [] }),
      'MALFORMED',
    ],
    [
      'a record that is none',
      encodeTrust({ kind: 'records', records: [new Uint8Array(9)], more: false }),
      'MALFORMED',
    ],
  ])('is named, and nothing changes: %s', async (_, bytes, code) => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    const before = canonical(ana.trust.state)
    await ana.hear(bob, bytes)
    expect(ana.offences).toEqual([`bob ${code}`])
    expect(canonical(ana.trust.state)).toBe(before)
  })

  it('is named for a record that it had no right to write', async () => {
    const party = new Party()
    const [ana, cleo] = [await party.device('ana'), await party.device('cleo')]
    const grab = party.scene.role('cleo', 'cleo', 'owner')
    await ana.hear(cleo, { kind: 'records', records: [grab.bytes], more: false })
    expect(ana.offences).toEqual(['cleo NOT_PERMITTED'])
    expect(ana.trust.state.members.get(idOf('cleo'))?.role).toBe('member')
  })

  it('is heard 200 times at once and 20 times a second, and not more', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    ana.end.connected.add(bob.id)
    const asks = { kind: 'frontier', heads: [new Uint8Array(32)], wantedKeys: [] } as const
    const answers = 2 // its records, and what it has itself
    for (let i = 0; i < 300; i++) await ana.hear(bob, asks)
    expect(party.wires.lose()).toBe(200 * answers)
    party.clock.advance(1_000)
    for (let i = 0; i < 300; i++) await ana.hear(bob, asks)
    expect(party.wires.lose()).toBe(20 * answers)
  })

  it('is heard a few times only when it sends what no honest member sends', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    for (let i = 0; i < 300; i++) await ana.hear(bob, new Uint8Array([0xff]))
    expect(ana.offences.length).toBeLessThan(10)
    const before = ana.offences.length
    party.clock.advance(60_000) // it may be an honest one again
    await ana.hear(bob, new Uint8Array([0xff]))
    expect(ana.offences).toHaveLength(before + 1)
  })

  it('spends its own budget, not that of others', async () => {
    const party = new Party()
    const [ana, bob, cleo] = [
      await party.device('ana'),
      await party.device('bob'),
      await party.device('cleo'),
    ]
    for (let i = 0; i < 300; i++) await ana.hear(bob, new Uint8Array([0xff]))
    await ana.hear(cleo, new Uint8Array([0xff]))
    expect(ana.offences.at(-1)).toBe('cleo MALFORMED')
  })

  it('does not make a device answer for ever with pages that bring nothing new', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    ana.end.connected.add(bob.id)
    const records = party.scene.records.map(({ bytes }) => bytes)
    await ana.hear(bob, { kind: 'records', records, more: true })
    expect(party.wires.lose()).toBe(0)
  })
})

describe('trust sync that is stopped', () => {
  it('neither reads nor sends, and keeps no timer', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    await party.link(ana, bob)
    for (const { sync } of [ana, bob]) sync.stop()
    expect(party.clock.timers).toBe(0)
    await ana.trust.append(admitEve, keyOf('ana'), SCENE_MS + 100)
    await ana.hear(bob, new Uint8Array([0xff]))
    party.clock.advance(120_000)
    expect(party.wires.lose()).toBe(0)
    expect(ana.offences).toEqual([])
  })

  it('goes on when it is started again, with those who are connected', async () => {
    const party = new Party()
    const [ana, bob] = [await party.device('ana'), await party.device('bob')]
    await party.link(ana, bob)
    ana.sync.stop()
    await ana.trust.append(admitEve, keyOf('ana'), SCENE_MS + 100)
    ana.sync.start()
    ana.sync.start()
    await party.wires.deliver()
    expect(bob.trust.state.members.has(idOf('eve'))).toBe(true)
  })
})
