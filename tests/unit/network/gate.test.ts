import type { Connection, Stream, StreamHandler, Topology } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { describe, expect, it } from 'vitest'
import { Gate } from '../../../src/network/gate.ts'
import { GatedRegistrar } from '../../../src/network/gated-registrar.ts'
import { DAY_MS, idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

const open = '/asgard/hello/1.0.0'
const protocols = [
  '/ipfs/ping/1.0.0',
  '/meshsub/1.1.0',
  '/asgard/kad/1.0.0',
  '/asgard/replica/1.0.0',
  '/ipfs/id/push/1.0.0',
]

describe('a gate', () => {
  it('tells members from strangers, revoked, gone and expired devices, at this very moment', () => {
    const { scene, gate, clock } = scenery()
    expect(gate.isMember(idOf('ana'))).toBe(true)
    expect(gate.standing(idOf('bob'))).toEqual({ accepts: false, refusal: 'stranger' })
    scene.admit('ana', 'bob', 'member')
    expect(gate.isMember(idOf('bob'))).toBe(true)
    clock.nowMs = SCENE_MS + 90 * DAY_MS
    expect(gate.standing(idOf('bob'))).toEqual({ accepts: false, refusal: 'expired' })
    clock.nowMs = SCENE_MS
    scene.revoke('ana', 'bob')
    expect(gate.standing(idOf('bob'))).toEqual({ accepts: false, refusal: 'revoked' })
    scene.admit('ana', 'cleo', 'member')
    scene.leave('cleo')
    expect(gate.standing(idOf('cleo'))).toEqual({ accepts: false, refusal: 'left' })
  })

  it('tells of the first refusal of each kind and then of every thousandth', () => {
    const { gate, told } = scenery()
    for (let i = 0; i < 2_000; i++) gate.refused(idOf('bob'), 'ping')
    gate.refused(idOf('bob'), 'gossip')
    expect(told).toEqual([
      'ping stranger 1',
      'ping stranger 1000',
      'ping stranger 2000',
      'gossip stranger 1',
    ])
  })
})

describe('a registrar behind the gate', () => {
  it.each(protocols)('serves %s to members only', async (protocol) => {
    const { scene, gated, inner } = scenery()
    const served: string[] = []
    await gated.handle(protocol, () => void served.push(protocol))
    expect(await opened(inner, protocol, 'bob')).toBe('aborted')
    expect(served).toEqual([])
    scene.admit('ana', 'bob', 'member')
    expect(await opened(inner, protocol, 'bob')).toBe('served')
    scene.revoke('ana', 'bob')
    expect(await opened(inner, protocol, 'bob')).toBe('aborted')
    expect(served).toEqual([protocol])
  })

  it('serves what is open to everybody', async () => {
    const { gated, inner } = scenery()
    await gated.handle(open, () => undefined)
    expect(await opened(inner, open, 'bob')).toBe('served')
  })

  it('lets a stream wait for the hello of its connection, and judges by what that showed', async () => {
    for (const isAdmitted of [true, false]) {
      const { scene, gate, gated, inner } = scenery()
      const hello = Promise.withResolvers<void>()
      gate.greeting('c-bob', hello.promise)
      await gated.handle('/ipfs/ping/1.0.0', () => undefined)
      const outcome = opened(inner, '/ipfs/ping/1.0.0', 'bob')
      if (isAdmitted) scene.admit('ana', 'bob', 'member')
      hello.resolve()
      expect(await outcome).toBe(isAdmitted ? 'served' : 'aborted')
    }
  })

  it('lets few streams wait for one hello: a stranger may hold back no more', async () => {
    const { gate, gated, inner } = scenery()
    gate.greeting('c-bob', new Promise(() => undefined))
    await gated.handle('/ipfs/ping/1.0.0', () => undefined)
    const outcomes = Array.from({ length: 1_000 }, () => opened(inner, '/ipfs/ping/1.0.0', 'bob'))
    // The last one does not wait: it is refused at once.
    expect(await outcomes.at(-1)).toBe('aborted')
  })

  it('shows no stranger to a topology', async () => {
    const { scene, gated, inner } = scenery()
    const seen: string[] = []
    await gated.register('/meshsub/1.1.0', { onConnect: (peer) => void seen.push(peer.toString()) })
    inner.connect('bob')
    scene.admit('ana', 'cleo', 'member')
    inner.connect('cleo')
    expect(seen).toEqual([idOf('cleo')])
  })
})

interface Scenery {
  readonly scene: TrustScene
  readonly gate: Gate
  readonly gated: GatedRegistrar
  readonly inner: FakeRegistrar
  readonly clock: { nowMs: number }
  readonly told: string[]
}

function scenery(): Scenery {
  const scene = new TrustScene('ana')
  const clock = { nowMs: SCENE_MS + 1_000 }
  const told: string[] = []
  const gate = new Gate({
    state: () => scene.state(),
    nowMs: () => clock.nowMs,
    onRefused: (_, what, refusal, count) => told.push(`${what} ${refusal} ${count}`),
  })
  const inner = new FakeRegistrar()
  const gated = new GatedRegistrar(inner as unknown as Registrar, gate, new Set([open]))
  return { scene, gate, gated, inner, clock, told }
}

/** What libp2p's registrar is to the gate: it keeps what is registered and calls it. */
class FakeRegistrar {
  readonly handlers = new Map<string, StreamHandler>()
  readonly topologies: Topology[] = []

  handle(protocol: string, handler: StreamHandler): Promise<void> {
    this.handlers.set(protocol, handler)
    return Promise.resolve()
  }

  register(_: string, topology: Topology): Promise<string> {
    this.topologies.push(topology)
    return Promise.resolve('t1')
  }

  connect(name: string): void {
    const connection = connectionOf(name)
    for (const topology of this.topologies)
      void topology.onConnect?.(connection.remotePeer, connection)
  }
}

const connectionOf = (name: string): Connection =>
  ({ id: `c-${name}`, remotePeer: { toString: () => idOf(name) } }) as unknown as Connection

/** Opens a stream as `name`; what became of it once its handler is done. */
async function opened(
  registrar: FakeRegistrar,
  protocol: string,
  name: string,
): Promise<'served' | 'aborted'> {
  let outcome: 'served' | 'aborted' = 'served'
  const stream = { abort: () => (outcome = 'aborted') } as unknown as Stream
  await registrar.handlers.get(protocol)?.(stream, connectionOf(name))
  return outcome
}
