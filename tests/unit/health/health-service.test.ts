import { describe, expect, it } from 'vitest'
import type { Channel, ChannelReceiver } from '../../../protocols/channel/channel.ts'
import { decodeHealth, encodeHealth } from '../../../protocols/health/codec.ts'
import type { HealthMessage } from '../../../protocols/health/messages.ts'
import type {
  HealthChange,
  LinkStateOutlet,
  LinkStates,
} from '../../../src/health/health-components.ts'
import { HealthService } from '../../../src/health/health-service.ts'
import { NO_SIGHTINGS } from '../../../src/health/reachability.ts'
import { deviceNumber } from '../../property/health/virtual-mesh.ts'
import { seededRandom, virtualClock, VirtualTime } from '../../property/health/virtual-time.ts'

const [ana, bob, cleo] = [deviceNumber(1), deviceNumber(2), deviceNumber(3)]

class WireTap implements Channel {
  receiver: ChannelReceiver | undefined
  readonly open = new Set<string>()
  readonly sent: { readonly to: string; readonly message: HealthMessage }[] = []

  peers(): readonly string[] {
    return [...this.open]
  }
  send(to: string, frame: Uint8Array): boolean {
    if (!this.open.has(to)) return false
    this.sent.push({ to, message: decodeHealth(frame) })
    return true
  }
  receive(receiver: ChannelReceiver): void {
    this.receiver = receiver
  }
  connect(peer: string): void {
    this.open.add(peer)
    this.receiver?.opened(peer)
  }
  disconnect(peer: string): void {
    this.open.delete(peer)
    this.receiver?.closed(peer)
  }
  arrive(from: string, message: HealthMessage): void {
    void this.receiver?.frame(from, encodeHealth(message))
  }
}

class Bench {
  readonly time = new VirtualTime()
  readonly channel = new WireTap()
  readonly dialled: string[] = []
  readonly cut: string[] = []
  readonly changes: HealthChange[] = []
  readonly refused: string[] = []
  readonly gone: string[] = []
  outlet: LinkStateOutlet | undefined
  members = [ana, bob, cleo]
  readonly service: HealthService

  constructor() {
    const linkStates: LinkStates = {
      ...NO_SIGHTINGS,
      attach: (outlet) => (this.outlet = outlet),
      received: () => ['FORGED'],
      opened: () => undefined,
      closed: () => undefined,
      ownChanged: () => undefined,
      gone: (device) => this.gone.push(device),
      membersChanged: () => undefined,
      tick: () => undefined,
    }
    this.service = new HealthService({
      self: ana,
      channel: this.channel,
      clock: virtualClock(this.time, seededRandom(1)),
      linkStates,
      members: () => this.members,
      pathKind: () => 'direct',
      dial: (peer) => this.dialled.push(peer),
      disconnect: (peer) => this.cut.push(peer),
    })
    this.service.listen({
      changed: (change) => this.changes.push(change),
      refused: (_peer, code) => this.refused.push(code),
    })
    this.service.start()
  }

  /** The peer answers every ping, with a clock that is `aheadMs` ahead. */
  answerPings(peer: string, aheadMs = 0): void {
    const original = this.channel.send.bind(this.channel)
    this.channel.send = (to, frame) => {
      const isSent = original(to, frame)
      const message = decodeHealth(frame)
      if (isSent && to === peer && message.kind === 'ping') {
        this.time.at(this.time.nowMs + 2, () =>
          this.channel.arrive(peer, {
            kind: 'pong',
            seq: message.seq,
            strain: 0,
            nowMs: 1_800_000_000_000 + this.time.nowMs + aheadMs,
          }),
        )
      }
      return isSent
    }
  }
}

describe('HealthService', () => {
  it('greets a new peer, answers its ping and knows it alive', () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    bench.channel.arrive(bob, { kind: 'ping', seq: 9, strain: 0 })
    expect(bench.channel.sent.map(({ message }) => message)).toEqual([
      { kind: 'ping', seq: 0, strain: 0 },
      { kind: 'pong', seq: 9, strain: 0, nowMs: 1_800_000_000_000 },
    ])
    expect(bench.service.health(bob)).toMatchObject({ state: 'alive', cause: 'heard' })
    expect(bench.service.linked()).toEqual([bob])
  })

  it('measures round trips, loss and the peer’s clock', async () => {
    const bench = new Bench()
    bench.answerPings(bob, 5_000)
    bench.channel.connect(bob)
    await bench.time.advance(60_000)
    expect(bench.service.roundTrips(bob)).toMatchObject({ minMs: 4 - 2, lastMs: 2 })
    expect(bench.service.loss(bob)).toBe(0)
    const skew = bench.service.skewOf(bob)
    expect(Math.abs((skew?.offsetMs ?? 0) - 5_000)).toBeLessThanOrEqual(2)
    expect(bench.service.skewOf(cleo)).toBeUndefined()
  })

  it('states a link with figures, and views of who it has lost', async () => {
    const bench = new Bench()
    bench.answerPings(bob)
    bench.channel.connect(bob)
    await bench.time.advance(3_000)
    bench.service.dialRefused(cleo)
    expect(bench.outlet?.own()).toEqual({
      links: [{ peer: bob, kind: 'direct', rttMs: 2, loss: 0 }],
      views: [{ device: cleo, health: 'failed' }],
    })
  })

  it('dials who was lost, tells the room of links who is gone, and announces each change once', async () => {
    const bench = new Bench()
    bench.answerPings(bob)
    bench.channel.connect(bob)
    await bench.time.advance(1_000)
    bench.channel.disconnect(bob)
    bench.service.dialRefused(bob)
    await bench.time.advance(10_000)
    expect(bench.dialled).toEqual([bob])
    expect(bench.gone).toEqual([bob])
    expect(bench.changes.map(({ after }) => `${after.state} ${after.cause}`)).toEqual([
      'alive heard',
      'failed refused',
    ])
    expect(bench.service.health(bob)?.sinceMs).toBe(1_800_000_001_000)
    expect(bench.service.health(bob)?.lastHeardMs).toBe(1_800_000_000_002)
  })

  it('cuts a connection that is open and dead', async () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    bench.channel.arrive(bob, { kind: 'ping', seq: 1, strain: 0 })
    await bench.time.advance(5_000)
    expect(bench.cut).toEqual([bob])
  })

  it('says goodbye to every peer', () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    bench.channel.connect(cleo)
    bench.service.goodbye()
    expect(
      bench.channel.sent.filter(({ message }) => message.kind === 'goodbye').map(({ to }) => to),
    ).toEqual([bob, cleo])
  })

  it('forgets who is no member any more', () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    bench.members = [ana, cleo]
    bench.service.membersChanged()
    expect(bench.service.health(bob)).toMatchObject({ state: 'left', cause: 'left-network' })
    expect(bench.service.health(deviceNumber(99))).toBeUndefined()
  })

  it('refuses malformed frames and forged statements, and stays as it was', () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    const receiver = bench.channel.receiver!
    void receiver.frame(bob, Uint8Array.of(0xff, 0xff))
    void receiver.frame(bob, new Uint8Array(70_000))
    void receiver.frame(bob, new Uint8Array())
    bench.channel.arrive(bob, { kind: 'link-states', signed: [Uint8Array.of(1)] })
    expect(bench.refused).toEqual(['MALFORMED', 'TOO_LARGE', 'UNEXPECTED_FRAME', 'FORGED'])
    expect(bench.service.health(cleo)).toMatchObject({ state: 'unknown' })
  })

  it('answers at most fifty questions a second of one peer, whatever it asks', async () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    bench.channel.connect(cleo)
    const before = bench.channel.sent.length
    for (let i = 0; i < 10_000; i++)
      bench.channel.arrive(bob, { kind: 'ask', device: deviceNumber(i) })
    for (let i = 0; i < 10_000; i++) bench.channel.arrive(bob, { kind: 'ping', seq: i, strain: 0 })
    for (let i = 0; i < 10_000; i++) bench.channel.arrive(bob, { kind: 'suspicion', device: cleo })
    expect(bench.channel.sent.length - before).toBeLessThanOrEqual(50)
    expect(bench.refused.length).toBeGreaterThan(29_000)
    bench.channel.arrive(cleo, { kind: 'ping', seq: 1, strain: 0 })
    expect(bench.channel.sent.at(-1)).toMatchObject({ to: cleo, message: { kind: 'pong', seq: 1 } })
  })

  it('starts and stops, twice each', async () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    bench.service.start()
    bench.service.stop()
    bench.service.stop()
    const before = bench.channel.sent.length
    await bench.time.advance(10_000)
    expect(bench.channel.sent.length).toBe(before)
    bench.service.start()
    await bench.time.advance(10_000)
    expect(bench.channel.sent.length).toBeGreaterThan(before)
  })
})

describe('HealthService.ping', () => {
  it('gives the round trip', async () => {
    const bench = new Bench()
    bench.answerPings(bob)
    bench.channel.connect(bob)
    const outcome = bench.service.ping(bob, { timeoutMs: 1_000 })
    await bench.time.advance(10)
    expect(await outcome).toEqual({ kind: 'reply', rttMs: 2 })
  })

  it('says why there is none', async () => {
    const bench = new Bench()
    bench.channel.connect(bob)
    expect(await bench.service.ping(cleo, { timeoutMs: 1_000 })).toEqual({
      kind: 'lost',
      reason: 'not-connected',
    })
    const late = bench.service.ping(bob, { timeoutMs: 300 })
    await bench.time.advance(400)
    expect(await late).toEqual({ kind: 'lost', reason: 'timeout' })
    const abort = new AbortController()
    const aborted = bench.service.ping(bob, { timeoutMs: 1_000, signal: abort.signal })
    abort.abort()
    expect(await aborted).toEqual({ kind: 'lost', reason: 'aborted' })
    expect(await bench.service.ping(bob, { timeoutMs: 1, signal: abort.signal })).toMatchObject({
      reason: 'aborted',
    })
  })
})
