import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import type { EventFrame } from '../../node/api/contract/mesh.ts'
import { EventLog } from '../../node/api/event-log.ts'
import { type ApiFixture, startApi } from '../support/api-fixture.ts'
import { HandClock } from '../support/hand-clock.ts'
import { StubBackend } from '../support/stub-backend.ts'

let clock: HandClock
let backend: StubBackend
let fixture: ApiFixture
let token: string

beforeEach(async () => {
  clock = new HandClock()
  backend = new StubBackend(clock)
  fixture = await startApi({ backend, clock })
  token = await fixture.signIn()
})
afterEach(() => fixture.stop())

/** A client that keeps its frames and gives them out in order. */
class Listener {
  readonly socket: WebSocket
  readonly frames: EventFrame[] = []
  readonly closed: Promise<number>
  #taken = 0
  #wake: () => void = () => undefined

  constructor(
    options: ClientOptions = { origin: `http://127.0.0.1:${fixture.port}` },
    url = socketUrl(),
  ) {
    this.socket = new WebSocket(url, options)
    this.socket.on('message', (data) => {
      this.frames.push(JSON.parse((data as Buffer).toString('utf8')))
      this.#wake()
    })
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code) => resolve(code))
    })
    this.socket.on('error', () => undefined)
  }

  async say(hello: unknown): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) await once(this.socket, 'open')
    this.socket.send(JSON.stringify(hello))
  }

  async next(): Promise<EventFrame> {
    for (;;) {
      const frame = this.frames[this.#taken]
      if (frame !== undefined) {
        this.#taken += 1
        return frame
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

const socketUrl = () => `ws://127.0.0.1:${fixture.port}/api/v1/events/socket`

async function ticket(): Promise<string> {
  const headers = ['Authorization', `Bearer ${token}`]
  const reply = await fixture.loopback({ method: 'POST', path: '/api/v1/socket-tickets', headers })
  return JSON.parse(reply.text).ticket
}

function publish(text: string): void {
  backend.events.publish({ type: 'device:changed', network: null, device: null, text, data: {} })
}

/** The status a refused upgrade was answered with. */
async function refusedWith(
  options: ClientOptions,
  path = '/api/v1/events/socket',
): Promise<number | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${fixture.port}${path}`, options)
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  return response.statusCode
}

describe('the event socket', () => {
  it('beats at once, sends what happens, and beats every 15 s', async () => {
    const listener = new Listener()
    await listener.say({ ticket: await ticket() })
    expect(await listener.next()).toMatchObject({
      kind: 'heartbeat',
      seq: 0,
      boot: backend.events.boot,
    })
    publish('one')
    expect(await listener.next()).toMatchObject({ kind: 'event', event: { seq: 1, text: 'one' } })
    clock.advance(15_000)
    expect(await listener.next()).toMatchObject({ kind: 'heartbeat', seq: 1 })
  })

  it('resumes where the reader left off', async () => {
    for (const text of ['one', 'two', 'three']) publish(text)
    const listener = new Listener()
    await listener.say({ ticket: await ticket(), since: 1, boot: backend.events.boot })
    await listener.next()
    expect(await listener.next()).toMatchObject({ event: { text: 'two' } })
    expect(await listener.next()).toMatchObject({ event: { text: 'three' } })
  })

  it('says so when the gap is too old, or of an earlier start of the node', async () => {
    for (let at = 0; at < 5_000; at++) publish('old')
    for (const hello of [{ since: 3 }, { since: 4_999, boot: 'earlier' }, { since: 9_999 }]) {
      const listener = new Listener()
      await listener.say({ ticket: await ticket(), ...hello })
      await listener.next()
      expect(await listener.next()).toMatchObject({
        kind: 'resync',
        seq: 5_000,
        boot: backend.events.boot,
      })
      listener.socket.terminate()
    }
  })

  it('asks for a ticket within 5 s', async () => {
    const listener = new Listener()
    await once(listener.socket, 'open')
    clock.advance(5_000)
    expect(await listener.closed).toBe(1008)
    expect(fixture.api.refusals.counts.get('late-ticket')).toBe(1)
  })

  it('takes a ticket once, within 30 s, and nothing else in its place', async () => {
    const used = await ticket()
    const first = new Listener()
    await first.say({ ticket: used })
    await first.next()
    const old = await ticket()
    clock.advance(30_000)
    for (const hello of [
      { ticket: used },
      { ticket: old },
      { ticket: token },
      {},
      { ticket: 1 },
      'hello',
      { ticket: used, more: 1 },
    ]) {
      const listener = new Listener()
      await listener.say(hello)
      expect(await listener.closed).toBe(1008)
      expect(listener.frames).toEqual([])
    }
  })

  it('hears one message only, and a short one', async () => {
    const talker = new Listener()
    await talker.say({ ticket: await ticket() })
    await talker.next()
    await talker.say({ more: true })
    expect(await talker.closed).toBe(1008)
    const shouter = new Listener()
    await shouter.say({ ticket: 'x'.repeat(5_000) })
    expect(await shouter.closed).toBe(1009)
  })

  it('ends with the session that opened it', async () => {
    const listener = new Listener()
    await listener.say({ ticket: await ticket() })
    await listener.next()
    await fixture.loopback({
      method: 'DELETE',
      path: '/api/v1/session',
      headers: ['Authorization', `Bearer ${token}`],
    })
    publish('secret')
    expect(await listener.closed).toBe(4001)
    expect(listener.frames).toHaveLength(1)
  })

  it('lets go of a reader that is gone without a word', async () => {
    const listener = new Listener({ origin: `http://127.0.0.1:${fixture.port}`, autoPong: false })
    await listener.say({ ticket: await ticket() })
    await listener.next()
    clock.advance(15_000)
    expect(await listener.next()).toMatchObject({ kind: 'heartbeat' })
    clock.advance(15_000)
    expect(await listener.closed).toBe(1006)
  })

  it('lets go of a reader that does not read, and not of its neighbour', async () => {
    const slow = new Listener()
    await slow.say({ ticket: await ticket() })
    await slow.next()
    const good = new Listener()
    await good.say({ ticket: await ticket() })
    await good.next()
    slow.socket.pause()
    const text = 'x'.repeat(16_384)
    // 80 MB at most: the kernel's own buffers take the first few.
    for (let round = 0; round < 100 && !fixture.api.refusals.counts.has('slow-socket'); round++) {
      for (let at = 0; at < 50; at++) publish(text)
      await nextTurn()
    }
    expect(fixture.api.refusals.counts.get('slow-socket')).toBe(1)
    const { lastSeq } = backend.events
    clock.advance(1_000)
    slow.socket.resume()
    expect([1006, 1013]).toContain(await slow.closed)
    publish('after')
    let frame = await good.next()
    while (frame.kind !== 'event' || frame.event.text !== 'after') frame = await good.next()
    expect(frame.event.seq).toBe(lastSeq + 1)
  })

  it.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{}, 403],
    [{ headers: { host: 'evil.example' } }, 421],
  ] satisfies [ClientOptions, number][])('is not opened for %j', async (options, status) => {
    expect(await refusedWith(options)).toBe(status)
  })

  it('is nowhere but at its own address, and takes no token in it', async () => {
    const options = { origin: `http://127.0.0.1:${fixture.port}` }
    expect(await refusedWith(options, '/api/v1/events')).toBe(404)
    expect(await refusedWith(options, `/api/v1/events/socket?ticket=${await ticket()}`)).toBe(400)
  })

  it('keeps places for those who have a ticket', async () => {
    const strangers = Array.from({ length: 16 }, () => new Listener())
    await Promise.all(strangers.map((stranger) => once(stranger.socket, 'open')))
    expect(await refusedWith({ origin: `http://127.0.0.1:${fixture.port}` })).toBe(429)
    clock.advance(5_000)
    await Promise.all(strangers.map((stranger) => stranger.closed))
    const listener = new Listener()
    await listener.say({ ticket: await ticket() })
    expect(await listener.next()).toMatchObject({ kind: 'heartbeat' })
  })

  it('needs no ticket on the unix socket', async () => {
    const listener = new Listener({}, `ws+unix://${fixture.socketPath}:/api/v1/events/socket`)
    await listener.say({})
    expect(await listener.next()).toMatchObject({ kind: 'heartbeat' })
  })

  it('says good-bye when the node stops', async () => {
    const listener = new Listener()
    await listener.say({ ticket: await ticket() })
    await listener.next()
    fixture.api.close()
    expect(await listener.closed).toBe(1001)
  })
})

describe('the lines of events', () => {
  it('follow, and end when the reader goes', async () => {
    const events = new EventLog(clock)
    const stop = new AbortController()
    const request = new Request('http://localhost/api/v1/events?follow=true&since=0', {
      signal: stop.signal,
    })
    const reply = await fixture.api.fetch(request, { kind: 'unix' })
    const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('"heartbeat"')
    publish('one')
    expect((await reader?.read())?.value).toContain('"one"')
    await reader?.cancel()
    expect(events.lastSeq).toBe(0)
  })
})
