import { describe, expect, it } from 'vitest'
import {
  CHANNEL_FRAME_MAX_BYTES,
  CHANNEL_REOPEN_MAX_MS,
  CHANNEL_REOPEN_MIN_MS,
  CHANNEL_STABLE_MS,
} from '../../../protocols/channel/constants.ts'
import { lengthPrefixed } from '../../../protocols/channel/frames.ts'
import { Links } from '../../../src/reach/links.ts'
import { StreamChannel } from '../../../src/reach/stream-channel.ts'
import { ManualClock } from '../../support/manual-clock.ts'
import { idOf } from '../../support/trust-scene.ts'
import { Socket, WiredConnection } from '../../support/wired-connection.ts'

const PROTOCOL = '/asgard/test/1.0.0'
const bytes = (text: string) => new TextEncoder().encode(text)

/** A queue of facts that a test can wait for. */
class Facts {
  readonly all: string[] = []
  #wake: () => void = () => undefined

  push(fact: string): void {
    this.all.push(fact)
    this.#wake()
  }

  async until(fact: string, count = 1): Promise<void> {
    while (this.all.filter((each) => each === fact).length < count) {
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

class Device {
  readonly socket: Socket
  readonly links: Links
  readonly clock = new ManualClock()
  readonly channel: StreamChannel
  readonly facts = new Facts()
  readonly outcasts = new Set<string>()
  /** What the handling of a frame waits for. */
  handled: Promise<void> | undefined

  constructor(name: string) {
    this.socket = new Socket(idOf(name))
    this.links = new Links(this.socket.id)
    this.socket.onClosed = (connection) => this.links.remove(connection)
    this.channel = new StreamChannel({
      protocol: PROTOCOL,
      links: this.links,
      registrar: this.socket,
      clock: this.clock,
      isMember: (peer) => !this.outcasts.has(peer),
      heard: () => this.facts.push('heard'),
    })
    this.channel.receive({
      frame: (_, frame) => {
        this.facts.push(new TextDecoder().decode(frame.subarray(0, 20)))
        return this.handled
      },
      opened: () => this.facts.push('opened'),
      closed: () => this.facts.push('closed'),
    })
  }
}

async function couple() {
  const [ana, bob] = [new Device('ana'), new Device('bob')]
  for (const { channel } of [ana, bob]) await channel.start()
  return { ana, bob }
}

/** A connection that both have accepted; resolves when both can send. */
async function link(ana: Device, bob: Device, address = '/ip4/192.168.1.9/tcp/4001') {
  const ends = WiredConnection.pair(ana.socket, bob.socket, { address })
  ana.links.add(ends[0].asConnection)
  bob.links.add(ends[1].asConnection)
  await Promise.all([ana.facts.until('opened'), bob.facts.until('opened')])
  return ends
}

describe('a channel', () => {
  it('carries frames to a member from the first connection on, in order', async () => {
    const { ana, bob } = await couple()
    expect(ana.channel.send(bob.socket.id, bytes('too early'))).toBe(false)
    await link(ana, bob)
    expect(ana.channel.peers()).toEqual([bob.socket.id])
    for (const text of ['one', 'two', 'three']) {
      expect(ana.channel.send(bob.socket.id, bytes(text))).toBe(true)
    }
    await bob.facts.until('three')
    expect(bob.facts.all.filter((fact) => !['opened', 'heard'].includes(fact))).toEqual([
      'one',
      'two',
      'three',
    ])
  })

  it('opens to members that were connected before it started', async () => {
    const [ana, bob] = [new Device('ana'), new Device('bob')]
    await bob.channel.start()
    const [outbound] = WiredConnection.pair(ana.socket, bob.socket)
    ana.links.add(outbound.asConnection)
    await ana.channel.start()
    await ana.facts.until('opened')
    expect(ana.channel.peers()).toEqual([bob.socket.id])
  })

  it('says that bytes of a member came', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    expect(bob.facts.all).not.toContain('heard')
    ana.channel.send(bob.socket.id, bytes('word'))
    await bob.facts.until('word')
    expect(bob.facts.all).toContain('heard')
  })

  it('counts what it carries, until the member is gone', async () => {
    const { ana, bob } = await couple()
    const [outbound] = await link(ana, bob)
    ana.channel.send(bob.socket.id, bytes('four'))
    await bob.facts.until('four')
    expect(ana.channel.traffic(bob.socket.id)).toEqual({ sent: 4, received: 0 })
    expect(bob.channel.traffic(ana.socket.id)).toEqual({ sent: 0, received: 4 })
    await outbound.close()
    expect(ana.channel.traffic(bob.socket.id)).toEqual({ sent: 0, received: 0 })
  })

  it('says when the last connection is gone, and sends no more', async () => {
    const { ana, bob } = await couple()
    const [outbound] = await link(ana, bob)
    await outbound.close()
    expect(ana.facts.all).toContain('closed')
    expect(ana.channel.peers()).toEqual([])
    expect(ana.channel.send(bob.socket.id, bytes('x'))).toBe(false)
    expect(ana.clock.timers).toBeLessThanOrEqual(2) // deadlines that ran out of use, no attempt to open
  })

  it('takes no frame that is too long', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    expect(ana.channel.send(bob.socket.id, new Uint8Array(CHANNEL_FRAME_MAX_BYTES + 1))).toBe(false)
    expect(ana.channel.send(bob.socket.id, new Uint8Array(CHANNEL_FRAME_MAX_BYTES))).toBe(true)
  })

  it('reads no further frame while one is being handled', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    const { promise, resolve } = Promise.withResolvers<void>()
    bob.handled = promise
    for (const text of ['one', 'two']) ana.channel.send(bob.socket.id, bytes(text))
    await bob.facts.until('one')
    await bob.facts.until('heard')
    expect(bob.facts.all).not.toContain('two')
    resolve()
    await bob.facts.until('two')
  })

  it('opens again when its stream is cut, later each time, until one lasts', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    const waits: number[] = []
    for (let count = 2; count <= 11; count++) {
      await cutStream(ana, bob)
      const before = ana.clock.monotonic()
      while (!hasDialled(ana, count)) ana.clock.advance(CHANNEL_REOPEN_MIN_MS)
      waits.push(ana.clock.monotonic() - before)
      await ana.facts.until('opened', count)
    }
    expect(waits.slice(0, 3)).toEqual([1, 2, 4].map((times) => times * CHANNEL_REOPEN_MIN_MS))
    const longest = Math.max(...waits) / CHANNEL_REOPEN_MAX_MS
    expect(longest).toBeCloseTo(1, 1)
    ana.clock.advance(CHANNEL_STABLE_MS)
    await cutStream(ana, bob)
    ana.clock.advance(CHANNEL_REOPEN_MIN_MS)
    await ana.facts.until('opened', 12)
  })

  it('tries again when the other side does not serve it yet', async () => {
    const [ana, bob] = [new Device('ana'), new Device('bob')]
    await ana.channel.start()
    const [outbound] = WiredConnection.pair(ana.socket, bob.socket)
    ana.links.add(outbound.asConnection)
    expect(ana.channel.peers()).toEqual([])
    await bob.channel.start()
    await Promise.resolve() // the refusal arrives
    ana.clock.advance(CHANNEL_REOPEN_MIN_MS)
    await ana.facts.until('opened')
    expect(ana.channel.peers()).toEqual([bob.socket.id])
  })

  it('does not take a stream for open whose connection ended while it was being opened', async () => {
    const { ana, bob } = await couple()
    const [first] = WiredConnection.pair(ana.socket, bob.socket)
    const [second] = WiredConnection.pair(ana.socket, bob.socket)
    const open = first.newStream.bind(first)
    first.newStream = async (...request) => {
      const stream = await open(...request)
      first.abort(new TypeError('cut'))
      return stream
    }
    ana.links.add(first.asConnection)
    ana.links.add(second.asConnection)
    while (first.status === 'open') await new Promise((resolve) => setImmediate(resolve))
    while (!ana.facts.all.includes('opened')) {
      ana.clock.advance(CHANNEL_REOPEN_MIN_MS)
      await new Promise((resolve) => setImmediate(resolve))
    }
    ana.channel.send(bob.socket.id, bytes('heard?'))
    await bob.facts.until('heard?')
    expect(ana.facts.all).not.toContain('closed')
  })

  it('moves to a better connection, and loses nothing that it had taken', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob, '/ip4/93.184.216.34/tcp/4001')
    ana.channel.send(bob.socket.id, bytes('by the old'))
    const better = WiredConnection.pair(ana.socket, bob.socket, {
      address: '/ip4/192.168.1.9/tcp/4001',
    })
    ana.links.add(better[0].asConnection)
    bob.links.add(better[1].asConnection)
    expect(ana.channel.send(bob.socket.id, bytes('meanwhile'))).toBe(true)
    await ana.facts.until('opened', 2)
    expect(better[0].opened).toEqual([PROTOCOL])
    ana.channel.send(bob.socket.id, bytes('by the new'))
    for (const text of ['by the old', 'meanwhile', 'by the new']) await bob.facts.until(text)
    expect(ana.facts.all).not.toContain('closed')
  })
})

/** bob cuts the stream by which ana sends; resolves when ana has noticed. */
async function cutStream(ana: Device, bob: Device): Promise<void> {
  bob.outcasts.add(ana.socket.id)
  ana.channel.send(bob.socket.id, bytes('cut me'))
  while (ana.channel.peers().length > 0) await new Promise((resolve) => setImmediate(resolve))
  bob.outcasts.clear()
}

const hasDialled = (device: Device, count: number): boolean =>
  (device.socket.connections[0]?.opened.length ?? 0) >= count

describe('a member that was removed', () => {
  it('is not read any further, on streams that it had open', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    bob.outcasts.add(ana.socket.id)
    ana.channel.send(bob.socket.id, bytes('let me in'))
    await bob.facts.until('heard')
    while (ana.channel.peers().length > 0) await new Promise((resolve) => setImmediate(resolve))
    expect(bob.facts.all).not.toContain('let me in')
  })
})

describe('a peer that breaks the framing', () => {
  it('has its stream cut', async () => {
    const { ana, bob } = await couple()
    const [outbound] = await link(ana, bob)
    const stream = await outbound.newStream([PROTOCOL])
    const cut = new Promise((resolve) => stream.addEventListener('close', resolve))
    stream.send(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x7f]))
    await cut
    expect(stream.status).toBe('reset')
  })

  it('is read as far as its frames are whole', async () => {
    const { ana, bob } = await couple()
    const [outbound] = await link(ana, bob)
    const stream = await outbound.newStream([PROTOCOL])
    const frame = lengthPrefixed(bytes('in two parts')).subarray()
    stream.send(frame.subarray(0, 5))
    stream.send(frame.subarray(5))
    await bob.facts.until('in two parts')
  })
})

describe('a channel that is stopped', () => {
  it('serves nothing, closes what was open, and opens nothing', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    await ana.channel.stop()
    await ana.channel.stop()
    expect(ana.socket.handlers.size).toBe(0)
    expect(ana.channel.peers()).toEqual([])
    expect(ana.facts.all).toContain('closed')
    const [outbound] = WiredConnection.pair(ana.socket, bob.socket)
    ana.links.add(outbound.asConnection)
    expect(outbound.opened).toEqual([])
  })

  it('lets its last words out first', async () => {
    const { ana, bob } = await couple()
    await link(ana, bob)
    ana.channel.send(bob.socket.id, bytes('goodbye'))
    await ana.channel.flush()
    await ana.channel.stop()
    await bob.facts.until('goodbye')
  })

  it('does all of it again when it is started again, with who came meanwhile', async () => {
    const { ana, bob } = await couple()
    await ana.channel.stop()
    const ends = WiredConnection.pair(ana.socket, bob.socket)
    ana.links.add(ends[0].asConnection)
    bob.links.add(ends[1].asConnection)
    await ana.channel.start()
    await ana.facts.until('opened')
    ana.channel.send(bob.socket.id, bytes('again'))
    await bob.facts.until('again')
  })
})
