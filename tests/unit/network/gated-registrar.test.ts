import type {
  Connection,
  Stream,
  StreamHandler,
  StreamHandlerOptions,
  Topology,
} from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { peerIdFromString } from '@libp2p/peer-id'
import { streamPair } from '@libp2p/utils'
import { describe, expect, it } from 'vitest'
import { HELLO_PROTOCOL } from '../../../protocols/hello/constants.ts'
import { JOIN_PROTOCOL } from '../../../protocols/join/constants.ts'
import { Gate } from '../../../src/network/gate.ts'
import { GatedRegistrar } from '../../../src/network/gated-registrar.ts'
import { idOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

const OPEN = new Set([HELLO_PROTOCOL, JOIN_PROTOCOL])

/** What libp2p and we register on a node with everything switched on. */
const CLOSED = [
  '/ipfs/id/1.0.0',
  '/ipfs/id/push/1.0.0',
  '/ipfs/ping/1.0.0',
  '/meshsub/1.2.0',
  '/libp2p/circuit/relay/0.2.0/hop',
  '/libp2p/circuit/relay/0.2.0/stop',
  '/asgard/kad/1.0.0',
  '/asgard/trust/1.0.0',
  '/asgard/replica/1.0.0',
  '/asgard/health/1.0.0',
]

/** The engine's registrar, as far as it is a list of what was registered. */
class BareRegistrar {
  readonly handlers = new Map<string, StreamHandler>()
  readonly options = new Map<string, StreamHandlerOptions | undefined>()
  readonly topologies: Topology[] = []
  readonly calls: string[] = []

  handle(protocol: string, handler: StreamHandler, options?: StreamHandlerOptions): Promise<void> {
    this.handlers.set(protocol, handler)
    this.options.set(protocol, options)
    return Promise.resolve()
  }
  register(_protocol: string, topology: Topology): Promise<string> {
    this.topologies.push(topology)
    return Promise.resolve('t1')
  }
  unhandle(protocol: string): Promise<void> {
    this.calls.push(`unhandle ${protocol}`)
    return Promise.resolve()
  }
  unregister(id: string): void {
    this.calls.push(`unregister ${id}`)
  }
  getProtocols(): string[] {
    return [...this.handlers.keys()]
  }
  getHandler(protocol: string): string {
    return `handler of ${protocol}`
  }
  getTopologies(): Topology[] {
    return this.topologies
  }
  use(protocol: string): void {
    this.calls.push(`use ${protocol}`)
  }
  unuse(protocol: string): void {
    this.calls.push(`unuse ${protocol}`)
  }
  getMiddleware(): never[] {
    return []
  }
}

function scene() {
  const story = new TrustScene('ana')
  const refused: string[] = []
  const gate = new Gate({
    state: () => story.state(),
    nowMs: () => SCENE_MS,
    onRefused: (peer, what, refusal) => refused.push(`${peer} ${what} ${refusal}`),
  })
  const inner = new BareRegistrar()
  const registrar = new GatedRegistrar(inner as unknown as Registrar, gate, OPEN)
  return { story, gate, inner, registrar, refused }
}

const from = (name: string): Connection =>
  ({ id: `from ${name}`, remotePeer: peerIdFromString(idOf(name)) }) as Connection

/** Registers a protocol through the gate and opens a stream of it as libp2p would. */
async function open(world: ReturnType<typeof scene>, protocol: string, name: string) {
  const served: Stream[] = []
  await world.registrar.handle(protocol, (stream) => void served.push(stream))
  const [, stream] = await streamPair({ protocol })
  const done = Promise.resolve(world.inner.handlers.get(protocol)?.(stream, from(name)))
  return { served, stream, done }
}

describe('a protocol behind the gate', () => {
  it.each([...OPEN])('%s serves strangers', async (protocol) => {
    const { served, stream, done } = await open(scene(), protocol, 'eve')
    await done
    expect(served).toEqual([stream])
  })

  it.each(CLOSED)('%s does not serve a stranger: its stream is cut', async (protocol) => {
    const world = scene()
    const { served, stream, done } = await open(world, protocol, 'eve')
    await done
    expect(served).toEqual([])
    expect(stream.status).toBe('aborted')
    expect(world.refused).toEqual([`${idOf('eve')} ${protocol} stranger`])
  })

  it.each(CLOSED)('%s serves a member, within the same turn', async (protocol) => {
    const { served, stream } = await open(scene(), protocol, 'ana')
    expect(served).toEqual([stream])
    expect(stream.status).toBe('open')
  })

  it('does not serve a member that was removed', async () => {
    const world = scene()
    world.story.admit('ana', 'bob', 'member')
    world.story.revoke('ana', 'bob')
    const { served, stream } = await open(world, '/ipfs/ping/1.0.0', 'bob')
    expect(served).toEqual([])
    expect(stream.status).toBe('aborted')
  })

  it('keeps a stream waiting while a hello is under way, and serves it if that made a member', async () => {
    const world = scene()
    const { promise, resolve } = Promise.withResolvers<void>()
    world.gate.greeting('from bob', promise)
    const { served, stream, done } = await open(world, '/ipfs/ping/1.0.0', 'bob')
    expect(served).toEqual([])
    expect(stream.status).toBe('open')
    expect(stream.readStatus).toBe('paused') // nobody reads it yet, so nothing may pile up
    world.story.admit('ana', 'bob', 'member')
    resolve()
    await done
    expect(served).toEqual([stream])
    expect(stream.readStatus).toBe('readable')
  })

  it('cuts a stream that waited for a hello in vain', async () => {
    const world = scene()
    const { promise, resolve } = Promise.withResolvers<void>()
    world.gate.greeting('from eve', promise)
    const { served, stream, done } = await open(world, '/ipfs/ping/1.0.0', 'eve')
    resolve()
    await done
    expect(served).toEqual([])
    expect(stream.status).toBe('aborted')
    expect(world.refused).toHaveLength(1)
  })

  it('keeps the options it was registered with', async () => {
    const { registrar, inner } = scene()
    await registrar.handle('/x', () => {}, { maxInboundStreams: 3 })
    expect(inner.options.get('/x')).toEqual({ maxInboundStreams: 3 })
  })
})

describe('a topology behind the gate', () => {
  async function register(world: ReturnType<typeof scene>, topology: Topology = {}) {
    const heard: string[] = []
    await world.registrar.register('/x', {
      ...topology,
      onConnect: (peer) => void heard.push(`+${peer.toString()}`),
      onDisconnect: (peer) => void heard.push(`-${peer.toString()}`),
    })
    return { heard, registered: world.inner.topologies[0] as Topology }
  }

  it('hears of members only', async () => {
    const { heard, registered } = await register(scene())
    for (const name of ['eve', 'ana']) {
      await registered.onConnect?.(peerIdFromString(idOf(name)), from(name))
    }
    expect(heard).toEqual([`+${idOf('ana')}`])
  })

  it('hears that a peer is gone also when it is no member any more', async () => {
    const world = scene()
    const { heard, registered } = await register(world)
    world.story.admit('ana', 'bob', 'member')
    await registered.onConnect?.(peerIdFromString(idOf('bob')), from('bob'))
    world.story.revoke('ana', 'bob')
    await registered.onDisconnect?.(peerIdFromString(idOf('bob')))
    expect(heard).toEqual([`+${idOf('bob')}`, `-${idOf('bob')}`])
  })

  it('keeps its filter and its wish for limited connections, and has none that it had not', async () => {
    const filter = { has: () => false, add: () => {}, remove: () => {} }
    const wishes = { filter, notifyOnLimitedConnection: true }
    expect((await register(scene(), wishes)).registered).toMatchObject(wishes)
    const { registered } = await register(scene())
    expect(Object.keys(registered).sort()).toEqual(['onConnect', 'onDisconnect'])
  })
})

describe('the gated registrar', () => {
  it('passes everything else on', async () => {
    const { registrar, inner } = scene()
    await registrar.handle('/x', () => {})
    await registrar.unhandle('/x')
    registrar.unregister('t1')
    registrar.use('/x', [])
    registrar.unuse('/x')
    expect(inner.calls).toEqual(['unhandle /x', 'unregister t1', 'use /x', 'unuse /x'])
    expect(registrar.getProtocols()).toEqual(['/x'])
    expect(registrar.getHandler('/x')).toBe('handler of /x')
    expect(registrar.getTopologies('/x')).toEqual([])
    expect(registrar.getMiddleware('/x')).toEqual([])
  })
})
