import type { Connection, Stream } from '@libp2p/interface'
import { describe, expect, it } from 'vitest'
import { HELLO_PROTOCOL, HELLO_TIMEOUT_MS } from '../../../protocols/hello/constants.ts'
import { TrustTime } from '../../../src/clock/trust-time.ts'
import { Gate } from '../../../src/network/gate.ts'
import { commitmentOf, GroupKeys } from '../../../src/network/group-keys.ts'
import {
  MembershipService,
  STRANGER_CONNECTIONS_MAX,
} from '../../../src/network/membership-service.ts'
import { Links } from '../../../src/reach/links.ts'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { DAY_MS, idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'
import { Socket, type WireOptions, WiredConnection } from '../../support/wired-connection.ts'

interface DeviceOptions {
  readonly knows?: readonly TrustRecord[]
  readonly groupKey?: Uint8Array
  /** How far its wall clock is ahead. */
  readonly clockErrorMs?: number
}

/** Everything of one device that a hello involves, and nothing else. */
class Device {
  readonly socket: Socket
  readonly clock: ManualClock
  readonly time: TrustTime
  readonly links: Links
  readonly trust: TrustLog
  readonly gate: Gate
  readonly service: MembershipService
  readonly identified: string[] = []
  readonly refused: string[] = []
  readonly refusedByPeers: string[] = []

  private constructor(name: string, trust: TrustLog, groupKeys: GroupKeys, clockErrorMs: number) {
    this.socket = new Socket(idOf(name))
    this.clock = new ManualClock({ startMs: SCENE_MS + 60_000 + clockErrorMs })
    this.time = new TrustTime(this.clock)
    this.links = new Links(idOf(name))
    this.trust = trust
    this.gate = new Gate({
      state: () => trust.state,
      nowMs: () => this.time.now(),
      onRefused: (peer, what, refusal) => this.refused.push(`${nameOf(peer)} ${what} ${refusal}`),
    })
    this.service = new MembershipService({
      self: this.socket.id,
      trust,
      groupKeys,
      gate: this.gate,
      links: this.links,
      clock: this.clock,
      time: this.time,
      registrar: this.socket,
      connections: () => this.socket.connections.map(({ asConnection }) => asConnection),
      identify: (connection) => {
        this.identified.push(nameOf(connection.remotePeer.toString()))
        return Promise.resolve()
      },
      onRefusedByPeer: (peer, refusal) => this.refusedByPeers.push(`${nameOf(peer)} ${refusal}`),
    })
    this.socket.onClosed = (connection) => this.service.closed(connection)
  }

  static async start(
    name: string,
    scene: TrustScene,
    options: DeviceOptions = {},
  ): Promise<Device> {
    const trust = await TrustLog.open({ networkId: scene.networkId, store: new MemoryStore() })
    await trust.ingest((options.knows ?? scene.records).map(({ bytes }) => bytes))
    const groupKeys = await GroupKeys.open(new MemoryStore())
    if (options.groupKey !== undefined) await groupKeys.add(options.groupKey)
    const device = new Device(name, trust, groupKeys, options.clockErrorMs ?? 0)
    await device.service.start()
    return device
  }
}

const NAMES = [
  'ana',
  'bob',
  'cleo',
  'dan',
  'eve',
  ...Array.from({ length: 80 }, (_, at) => `m${at}`),
]
const nameOf = (id: string): string => NAMES.find((name) => idOf(name) === id) ?? id

/** ana owner, bob member, both know it. */
async function couple(): Promise<{ scene: TrustScene; ana: Device; bob: Device }> {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'member')
  return { scene, ana: await Device.start('ana', scene), bob: await Device.start('bob', scene) }
}

/** A connection as libp2p tells both ends of it; resolves when the hello has ended at both. */
async function connect(dialler: Device, listener: Device, options?: WireOptions) {
  const [outbound, inbound] = open(dialler, listener, options)
  await dialler.service.greet(outbound.asConnection)
  await listener.socket.served()
  return { outbound, inbound }
}

function open(dialler: Device, listener: Device, options?: WireOptions) {
  const ends = WiredConnection.pair(dialler.socket, listener.socket, options)
  listener.service.opened(ends[1].asConnection)
  dialler.service.opened(ends[0].asConnection)
  return ends
}

/** A visitor that speaks no protocol of ours. */
function visit(listener: Device, name: string): WiredConnection {
  const [, inbound] = WiredConnection.pair(new Socket(idOf(name)), listener.socket)
  listener.service.opened(inbound.asConnection)
  return inbound
}

const isUp = (device: Device, name: string) => device.links.isUp(idOf(name))

describe('a connection between two members', () => {
  it('counts at both ends once both have said hello, and both are identified', async () => {
    const { ana, bob } = await couple()
    const { outbound, inbound } = await connect(ana, bob)
    expect(ana.links.best(idOf('bob'))).toBe(outbound.asConnection)
    expect(bob.links.best(idOf('ana'))).toBe(inbound.asConnection)
    expect([ana.identified, bob.identified]).toEqual([['bob'], ['ana']])
  })

  it('does not count before the hello has ended', async () => {
    const { ana } = await couple()
    const mute = new Socket(idOf('bob'))
    const asked = new Promise<void>((resolve) => void mute.handle(HELLO_PROTOCOL, () => resolve()))
    const [outbound] = WiredConnection.pair(ana.socket, mute)
    ana.service.opened(outbound.asConnection)
    await asked
    await new Promise((resolve) => setImmediate(resolve))
    expect(outbound.opened).toEqual([HELLO_PROTOCOL])
    expect(isUp(ana, 'bob')).toBe(false)
    await ana.service.stop()
  })

  it('has one hello, by the one who dialled', async () => {
    const { ana, bob } = await couple()
    const { outbound, inbound } = await connect(ana, bob)
    await ana.service.greet(outbound.asConnection)
    expect([outbound.opened, inbound.opened]).toEqual([[HELLO_PROTOCOL], []])
  })

  it('stays beyond the deadline of strangers', async () => {
    const { ana, bob } = await couple()
    const { outbound } = await connect(ana, bob)
    for (const device of [ana, bob]) device.clock.advance(10 * HELLO_TIMEOUT_MS)
    expect(outbound.status).toBe('open')
    expect([isUp(ana, 'bob'), isUp(bob, 'ana')]).toEqual([true, true])
  })

  it('counts no more when it is closed', async () => {
    const { ana, bob } = await couple()
    const { outbound } = await connect(ana, bob)
    await outbound.close()
    expect([isUp(ana, 'bob'), isUp(bob, 'ana')]).toEqual([false, false])
  })

  it('is closed by the device with the lower id when there is a better one', async () => {
    const { ana, bob } = await couple()
    const far = await connect(ana, bob, { address: '/ip4/93.184.216.34/tcp/4001' })
    const near = await connect(ana, bob, { address: '/ip4/192.168.1.9/tcp/4001' })
    expect(far.outbound.status).toBe('closed')
    expect(near.outbound.status).toBe('open')
    expect(ana.links.connections(idOf('bob'))).toEqual([near.outbound.asConnection])
    expect(bob.links.connections(idOf('ana'))).toEqual([near.inbound.asConnection])
  })
})

describe('a stranger', () => {
  it('does not count when it says hello, is refused at both ends and closed', async () => {
    const { scene, ana } = await couple()
    const eve = await Device.start('eve', scene, { knows: [] })
    const { inbound } = await connect(eve, ana)
    expect(isUp(ana, 'eve')).toBe(false)
    expect(inbound.status).toBe('closed')
    expect(ana.refused).toEqual([`eve ${HELLO_PROTOCOL} stranger`])
    expect(ana.identified).toEqual([])
  })

  it('that takes us for a member is told that it is none', async () => {
    const { scene, ana } = await couple()
    const eve = await Device.start('eve', scene)
    await connect(eve, ana)
    expect(isUp(ana, 'eve')).toBe(false)
    expect(isUp(eve, 'ana')).toBe(false)
    expect(eve.refusedByPeers).toEqual(['ana stranger'])
  })

  it('that says nothing is cut after ten seconds, and not before', async () => {
    const { ana } = await couple()
    const visitor = visit(ana, 'eve')
    ana.clock.advance(HELLO_TIMEOUT_MS - 1)
    expect(visitor.status).toBe('open')
    ana.clock.advance(1)
    expect(visitor.status).toBe('aborted')
  })

  it('was there before this device was ready: it is cut all the same', async () => {
    const { ana } = await couple()
    await ana.service.stop()
    const visitor = visit(ana, 'eve')
    await ana.service.start()
    ana.clock.advance(HELLO_TIMEOUT_MS)
    expect(visitor.status).toBe('aborted')
  })

  it('is cut at once when there are as many already as there may be', async () => {
    const { ana } = await couple()
    const visitors = Array.from({ length: STRANGER_CONNECTIONS_MAX }, (_, at) =>
      visit(ana, `m${at}`),
    )
    expect(visitors.map(({ status }) => status)).not.toContain('aborted')
    expect(visit(ana, 'eve').status).toBe('aborted')
    expect(ana.refused).toEqual(['eve connection stranger'])
    await visitors[0]?.close()
    expect(visit(ana, 'dan').status).toBe('open')
  })

  it('finds room while members, however many, are about to say hello', async () => {
    const scene = new TrustScene('ana')
    for (let at = 0; at < 2 * STRANGER_CONNECTIONS_MAX; at++) scene.admit('ana', `m${at}`, 'member')
    const ana = await Device.start('ana', scene)
    for (let at = 0; at < 2 * STRANGER_CONNECTIONS_MAX; at++) visit(ana, `m${at}`)
    expect(visit(ana, 'eve').status).toBe('open')
  })

  it('takes no place of a member', async () => {
    const { ana, bob } = await couple()
    for (let at = 0; at < STRANGER_CONNECTIONS_MAX; at++) visit(ana, `m${at}`)
    await connect(bob, ana)
    expect(isUp(ana, 'bob')).toBe(true)
  })

  it('is not what a member is called whose hello broke off', async () => {
    const { ana } = await couple()
    const [outbound, inbound] = WiredConnection.pair(new Socket(idOf('bob')), ana.socket)
    ana.service.opened(inbound.asConnection)
    const stream: Stream = await outbound.newStream([HELLO_PROTOCOL])
    stream.abort(new TypeError('out of reach'))
    await ana.socket.served()
    expect(inbound.status).toBe('aborted')
    expect(ana.refused).toEqual([])
  })

  it('that breaks the protocol of hello is cut', async () => {
    const { ana } = await couple()
    const [outbound, inbound] = WiredConnection.pair(new Socket(idOf('eve')), ana.socket)
    ana.service.opened(inbound.asConnection)
    const stream: Stream = await outbound.newStream([HELLO_PROTOCOL])
    stream.send(new Uint8Array([3, 0xff, 0xff, 0xff]))
    await ana.socket.served()
    expect(inbound.status).toBe('aborted')
    expect(ana.refused).toEqual([`eve ${HELLO_PROTOCOL} stranger`])
  })
})

describe('a connection on which a join is under way', () => {
  it('is held beyond the deadline', async () => {
    const { ana } = await couple()
    const visitor = visit(ana, 'eve')
    ana.service.hold(visitor.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS)
    expect(visitor.status).toBe('open')
  })

  it('is cut when the join ends in vain after the deadline, and wins no time by it', async () => {
    const { ana } = await couple()
    const visitor = visit(ana, 'eve')
    const release = ana.service.hold(visitor.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS)
    release()
    expect(visitor.status).toBe('aborted')
  })

  it('keeps its first deadline when joins end before it', async () => {
    const { ana } = await couple()
    const visitor = visit(ana, 'eve')
    for (let i = 0; i < 3; i++) {
      const release = ana.service.hold(visitor.asConnection)
      ana.clock.advance(3_000)
      release()
    }
    expect(visitor.status).toBe('open')
    ana.clock.advance(1_000)
    expect(visitor.status).toBe('aborted')
  })

  it('is held until the last of its joins has ended', async () => {
    const { ana } = await couple()
    const visitor = visit(ana, 'eve')
    const [first, second] = [1, 2].map(() => ana.service.hold(visitor.asConnection))
    ana.clock.advance(HELLO_TIMEOUT_MS)
    first?.()
    expect(visitor.status).toBe('open')
    second?.()
    expect(visitor.status).toBe('aborted')
  })

  it('is not held by a join that began after the deadline: joins that overlap would keep it for ever', async () => {
    const { ana } = await couple()
    const visitor = visit(ana, 'eve')
    const first = ana.service.hold(visitor.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS)
    const second = ana.service.hold(visitor.asConnection)
    first()
    expect(visitor.status).toBe('aborted')
    second()
  })

  it('is held again by a join of a device that another join has admitted meanwhile', async () => {
    const { ana, scene } = await couple()
    const visitor = visit(ana, 'eve')
    const first = ana.service.hold(visitor.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS)
    await ana.trust.ingest([scene.admit('ana', 'eve', 'member').bytes])
    first()
    ana.service.hold(visitor.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS)
    expect(visitor.status).toBe('open')
  })

  it('has the time of a hello when the join made a member', async () => {
    const { ana, scene } = await couple()
    const visitor = visit(ana, 'eve')
    const release = ana.service.hold(visitor.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS)
    await ana.trust.ingest([scene.admit('ana', 'eve', 'member').bytes])
    release()
    ana.clock.advance(HELLO_TIMEOUT_MS - 1)
    expect(visitor.status).toBe('open')
    ana.clock.advance(1)
    expect(visitor.status).toBe('aborted') // it never said hello
  })
})

describe('two members that never heard of each other', () => {
  const groupKey = new Uint8Array(32).fill(7)

  /** bob and cleo are admins; each has admitted somebody while they were apart. */
  async function apart(options: { readonly keyOfEve?: Uint8Array } = {}) {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'admin')
    scene.admit('ana', 'cleo', 'admin')
    scene.act('ana', { kind: 'rekey', commitment: commitmentOf(groupKey) })
    const [shared, sees] = [[...scene.records], scene.heads()]
    const dan = scene.admit('bob', 'dan', 'member', { sees })
    const eve = scene.admit('cleo', 'eve', 'member', { sees })
    return {
      dan: await Device.start('dan', scene, { knows: [...shared, dan], groupKey }),
      eve: await Device.start('eve', scene, {
        knows: [...shared, eve],
        groupKey: options.keyOfEve ?? groupKey,
      }),
    }
  }

  it('recognise each other by the group key and show their admissions', async () => {
    const { dan, eve } = await apart()
    await connect(dan, eve)
    expect([isUp(dan, 'eve'), isUp(eve, 'dan')]).toEqual([true, true])
    expect(dan.trust.state.members.get(idOf('eve'))?.role).toBe('member')
    expect(eve.trust.state.members.get(idOf('dan'))?.role).toBe('member')
  })

  it('stay strangers with different group keys, and neither learns a record', async () => {
    const { dan, eve } = await apart({ keyOfEve: new Uint8Array(32).fill(8) })
    const { outbound } = await connect(dan, eve)
    expect([isUp(dan, 'eve'), isUp(eve, 'dan')]).toEqual([false, false])
    expect(dan.trust.state.members.has(idOf('eve'))).toBe(false)
    expect(eve.trust.state.members.has(idOf('dan'))).toBe(false)
    expect(outbound.status).toBe('closed')
  })
})

describe('a member that was removed', () => {
  it('is cut at once on every connection', async () => {
    const { scene, ana, bob } = await couple()
    const { outbound } = await connect(ana, bob)
    await ana.trust.ingest([scene.revoke('ana', 'bob').bytes])
    expect(isUp(ana, 'bob')).toBe(false)
    expect(outbound.status).toBe('closed')
  })

  it('is cut also where its connection does not close in good order', async () => {
    const { scene, ana, bob } = await couple()
    const { outbound } = await connect(ana, bob, { isStuck: true })
    await ana.trust.ingest([scene.revoke('ana', 'bob').bytes])
    expect(isUp(ana, 'bob')).toBe(false) // from here on nothing it sends is read
    const ended = new Promise<Connection>((resolve) => {
      ana.socket.onClosed = resolve
    })
    ana.clock.advance(1_000)
    await ended
    expect(outbound.status).toBe('aborted')
  })

  it('is cut also before its hello', async () => {
    const { scene, ana } = await couple()
    const visitor = visit(ana, 'bob')
    await ana.trust.ingest([scene.revoke('ana', 'bob').bytes])
    expect(visitor.status).toBe('closed')
  })

  it('leaves strangers and other members where they are', async () => {
    const { scene, ana, bob } = await couple()
    await ana.trust.ingest([scene.admit('ana', 'cleo', 'member').bytes])
    const stranger = visit(ana, 'eve')
    const { outbound } = await connect(ana, bob)
    await ana.trust.ingest([scene.revoke('ana', 'cleo').bytes])
    expect([stranger.status, outbound.status]).toEqual(['open', 'open'])
    expect(isUp(ana, 'bob')).toBe(true)
  })

  it('is told so when it comes back, and nothing else', async () => {
    const { scene, ana, bob } = await couple()
    await ana.trust.ingest([scene.revoke('ana', 'bob').bytes])
    await connect(bob, ana)
    expect(bob.refusedByPeers).toEqual(['ana revoked'])
    expect(bob.trust.state.revocations.size).toBe(0)
    expect([isUp(ana, 'bob'), isUp(bob, 'ana')]).toEqual([false, false])
  })

  it('that left is cut too', async () => {
    const { scene, ana, bob } = await couple()
    const { outbound } = await connect(ana, bob)
    await ana.trust.ingest([scene.leave('bob').bytes])
    expect(outbound.status).toBe('closed')
  })
})

describe('a member whose admission ends', () => {
  it('is cut within a quarter of a minute', async () => {
    const { scene, ana, bob } = await couple()
    const { outbound } = await connect(ana, bob)
    const until = scene.state().members.get(idOf('bob'))?.until ?? 0
    ana.clock.wallOffsetMs = until - ana.clock.monotonic() - 1_000
    expect(isUp(ana, 'bob')).toBe(true)
    ana.clock.advance(15_000)
    expect(isUp(ana, 'bob')).toBe(false)
    expect(outbound.status).toBe('closed')
  })
})

describe('a proof of admission that fills many pages', () => {
  /** bob was away when ana wrote four pages and admitted cleo. */
  async function meet(secondsEach: number) {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', 'member')
    const known = [...scene.records]
    const devices = Array.from({ length: 1_500 }, (_, n) => idOf(`device ${n}`))
    for (let n = 0; n < 20; n++)
      scene.act('ana', { kind: 'renew', devices, until: SCENE_MS + DAY_MS })
    scene.admit('ana', 'cleo', 'member')
    const bob = await Device.start('bob', scene, { knows: known })
    const cleo = await Device.start('cleo', scene)
    const ingest = bob.trust.ingest.bind(bob.trust)
    bob.trust.ingest = async (...args) => {
      for (const { clock } of [bob, cleo]) clock.advance(secondsEach * 1_000)
      return ingest(...args)
    }
    const { outbound } = await connect(cleo, bob)
    return { bob, cleo, outbound }
  }

  it('has the time of a hello for each page that holds', async () => {
    const { bob, cleo } = await meet(9)
    expect([isUp(bob, 'cleo'), isUp(cleo, 'bob')]).toEqual([true, true])
    expect(bob.clock.monotonic()).toBeGreaterThan(3 * HELLO_TIMEOUT_MS)
  })

  it('is cut off where one page takes longer', async () => {
    const { bob, cleo, outbound } = await meet(11)
    expect([isUp(bob, 'cleo'), isUp(cleo, 'bob')]).toEqual([false, false])
    expect(outbound.status).not.toBe('open')
  })
})

describe('the time by which admissions end', () => {
  const YEAR_MS = 365 * DAY_MS

  async function meet(role: 'admin' | 'operator'): Promise<Device> {
    const scene = new TrustScene('ana')
    scene.admit('ana', 'bob', role)
    scene.admit('ana', 'cleo', 'member')
    const bob = await Device.start('bob', scene)
    const cleo = await Device.start('cleo', scene, { clockErrorMs: YEAR_MS })
    await connect(cleo, bob)
    return cleo
  }

  it('is an admin’s where the own clock runs a year ahead, so that nobody looks expired', async () => {
    const cleo = await meet('admin')
    expect(isUp(cleo, 'bob')).toBe(true)
    expect(cleo.time.errorMs).toBe(YEAR_MS)
  })

  it('is not that of any other member', async () => {
    const cleo = await meet('operator')
    expect(isUp(cleo, 'bob')).toBe(false)
    expect(cleo.time.errorMs).toBe(0)
  })

  it('is not that of a stranger', async () => {
    const { scene, ana } = await couple()
    const eve = await Device.start('eve', scene, { clockErrorMs: -YEAR_MS })
    await connect(eve, ana)
    expect(ana.time.errorMs).toBe(0)
  })
})

describe('the hello that this device says', () => {
  it('is given up after ten seconds without an answer, and the connection with it', async () => {
    const { ana } = await couple()
    const mute = new Socket(idOf('bob'))
    await mute.handle(HELLO_PROTOCOL, () => undefined)
    const [outbound] = WiredConnection.pair(ana.socket, mute)
    ana.service.opened(outbound.asConnection)
    const hello = ana.service.greet(outbound.asConnection)
    ana.clock.advance(HELLO_TIMEOUT_MS + 1)
    expect(await hello).toBeUndefined()
    expect(outbound.status).toBe('aborted')
  })

  it('is given up at once where nobody serves it', async () => {
    const { ana } = await couple()
    const [outbound] = WiredConnection.pair(ana.socket, new Socket(idOf('bob')))
    ana.service.opened(outbound.asConnection)
    expect(await ana.service.greet(outbound.asConnection)).toBeUndefined()
    expect(outbound.status).toBe('aborted')
  })

  it('lets streams wait for its end', async () => {
    const { scene, ana } = await couple()
    const eve = await Device.start('eve', scene, { knows: [] })
    const [outbound] = open(ana, eve)
    expect(ana.gate.admits(idOf('eve'), outbound.id)).toBeUndefined()
    await ana.service.greet(outbound.asConnection)
    expect(ana.gate.admits(idOf('eve'), outbound.id)).toBe(false)
  })
})

describe('a service that is stopped', () => {
  it('serves no hello, keeps no timer and looks at no connection', async () => {
    const { ana, bob } = await couple()
    visit(ana, 'eve')
    await ana.service.stop()
    await ana.service.stop()
    expect(ana.socket.handlers.size).toBe(0)
    expect(ana.clock.timers).toBe(0)
    const [outbound] = WiredConnection.pair(ana.socket, bob.socket)
    ana.service.opened(outbound.asConnection)
    expect(outbound.opened).toEqual([])
    expect(await ana.service.greet(outbound.asConnection)).toBeUndefined()
  })

  it('ends a hello that is under way', async () => {
    const { ana } = await couple()
    const mute = new Socket(idOf('bob'))
    await mute.handle(HELLO_PROTOCOL, () => undefined)
    const [outbound] = WiredConnection.pair(ana.socket, mute)
    ana.service.opened(outbound.asConnection)
    const hello = ana.service.greet(outbound.asConnection)
    await ana.service.stop()
    expect(await hello).toBeUndefined()
    expect(outbound.status).toBe('aborted')
  })

  it('does all it did before when it is started again', async () => {
    const { scene, ana, bob } = await couple()
    await ana.service.stop()
    await ana.service.start()
    const { outbound } = await connect(bob, ana)
    expect(isUp(ana, 'bob')).toBe(true)
    await ana.trust.ingest([scene.revoke('ana', 'bob').bytes])
    expect(outbound.status).toBe('closed')
  })
})
