import type { Stream } from '@libp2p/interface'
import { lpStream, streamPair } from '@libp2p/utils'
import { describe, expect, it } from 'vitest'
import { decodeHello, encodeHello } from '../../protocols/hello/codec.ts'
import {
  HELLO_FRAME_MAX_BYTES,
  HELLO_NONCE_BYTES,
  HELLO_PAGE_MAX_BYTES,
  HELLO_RECORDS_MAX,
  HELLO_RECORDS_MAX_BYTES,
} from '../../protocols/hello/constants.ts'
import { exchangeHello, type HelloPolicy, type Standing } from '../../protocols/hello/exchange.ts'
import type { HelloMessage, HelloRefusal } from '../../protocols/hello/messages.ts'

const accepts: Standing = { accepts: true }
const refuses = (refusal: HelloRefusal): Standing => ({ accepts: false, refusal })
const stranger = refuses('stranger')
const never = new AbortController().signal

/** Says what one side did, in order. */
interface Side extends HelloPolicy {
  readonly said: string[]
  knows: Standing
}

interface SideOptions {
  /** What it thinks of the other side, and what after it was shown valid records. */
  readonly knows?: Standing
  readonly afterRecords?: Standing
  readonly mac?: Uint8Array
  readonly isConvincedByMacs?: boolean
  readonly records?: readonly Uint8Array[]
  readonly takesRecords?: boolean
}

const MAC = new Uint8Array(32).fill(9)
const SECRET = new TextEncoder().encode('admits bob')

function side(options: SideOptions = {}): Side {
  const said: string[] = []
  const self: Side = {
    said,
    knows: options.knows ?? stranger,
    nowMs: () => 1_800_000_000_000,
    heardTime: (theirMs) => void said.push(`heard ${theirMs}`),
    standing: () => {
      said.push('asked')
      return self.knows
    },
    proof: () => options.mac ?? MAC,
    verifies: (mac) => {
      said.push(`verified ${mac.length}`)
      return options.isConvincedByMacs ?? true
    },
    ownRecords: () => {
      said.push('showed records')
      return options.records ?? [SECRET]
    },
    ingest: (records) => {
      said.push(`took ${records.length}`)
      self.knows = options.afterRecords ?? accepts
      return Promise.resolve(options.takesRecords ?? true)
    },
    progressed: () => void said.push('progressed'),
  }
  return self
}

/** Both sides' results. */
async function meet(dialler: Side, listener: Side) {
  const [dialled, listened] = await streamPair()
  const [first, second] = await Promise.all([
    exchangeHello(dialled, 'dialler', dialler, never),
    exchangeHello(listened, 'listener', listener, never),
  ])
  return { dialler: first, listener: second }
}

describe('a hello between two sides', () => {
  it('is mutual after one frame each when both know the other', async () => {
    const [ana, bob] = [side({ knows: accepts }), side({ knows: accepts })]
    const both = { isMutual: true, own: accepts, theirs: { accepts: true } }
    expect(await meet(ana, bob)).toMatchObject({ dialler: both, listener: both })
    for (const { said } of [ana, bob]) expect(said).not.toContain('showed records')
  })

  it.each([
    ['dialler', 'listener'],
    ['listener', 'dialler'],
  ] as const)('is mutual when the %s is unknown and its records hold', async (unknown, knowing) => {
    const newcomer = side({ knows: accepts })
    const member = side({ knows: stranger })
    const sides = { [unknown]: newcomer, [knowing]: member } as Record<'dialler' | 'listener', Side>
    const result = await meet(sides.dialler, sides.listener)
    expect(result.dialler.isMutual).toBe(true)
    expect(result.listener.isMutual).toBe(true)
    expect(newcomer.said).toContain('showed records')
    expect(member.said).toContain('took 1')
    expect(member.said).not.toContain('showed records')
    for (const { said } of [newcomer, member]) expect(said).not.toContain('verified 32')
  })

  it('is mutual when neither knows the other, both hold the group key and their records hold', async () => {
    const [dan, eve] = [side(), side()]
    const result = await meet(dan, eve)
    expect(result.dialler.isMutual).toBe(true)
    expect(result.listener.isMutual).toBe(true)
    for (const { said } of [dan, eve]) {
      expect(said.indexOf('verified 32')).toBeGreaterThan(-1)
      expect(said.indexOf('verified 32')).toBeLessThan(said.indexOf('showed records'))
    }
  })

  it.each(['dialler', 'listener'] as const)(
    'shows no record to a %s that proves no group key',
    async (unproven) => {
      const honest = side({ isConvincedByMacs: false })
      const liar = side({ isConvincedByMacs: true })
      const [dialled, listened] = await streamPair()
      const [dialler, listener] = unproven === 'dialler' ? [liar, honest] : [honest, liar]
      await Promise.allSettled([
        exchangeHello(dialled, 'dialler', dialler, never),
        exchangeHello(listened, 'listener', listener, never),
      ])
      expect(honest.said).not.toContain('showed records')
      expect(honest.said.filter((deed) => deed.startsWith('took'))).toEqual([])
    },
  )

  it.each(['expired', 'review', 'left'] as const)(
    'goes on when one is %s, as newer records may say otherwise',
    async (refusal) => {
      const result = await meet(side({ knows: accepts }), side({ knows: refuses(refusal) }))
      expect(result.dialler.isMutual).toBe(true)
      expect(result.listener.isMutual).toBe(true)
    },
  )

  it.each([
    ['the listener', accepts, refuses('revoked')],
    ['the dialler', refuses('revoked'), accepts],
    ['one stranger', stranger, refuses('revoked')],
    ['both', refuses('revoked'), refuses('revoked')],
  ])('ends after one frame each when %s says revoked', async (_, knows, others) => {
    const [ana, bob] = [side({ knows }), side({ knows: others })]
    const result = await meet(ana, bob)
    expect(result.dialler).toMatchObject({ isMutual: false, own: knows, theirs: others })
    expect(result.listener).toMatchObject({ isMutual: false, own: others, theirs: knows })
    for (const { said } of [ana, bob]) {
      expect(said.filter((deed) => /^(showed|took|verified)/.test(deed))).toEqual([])
    }
  })

  it('ends in bad-records when what was shown does not hold', async () => {
    const bob = side({ knows: stranger, takesRecords: false, afterRecords: accepts })
    const result = await meet(side({ knows: accepts }), bob)
    expect(result.listener).toMatchObject({ isMutual: false, own: refuses('bad-records') })
    expect(result.dialler).toMatchObject({ isMutual: false, theirs: refuses('bad-records') })
  })

  it('ends in the verdict that the records lead to, which may be that the device was removed', async () => {
    const bob = side({ knows: stranger, afterRecords: refuses('revoked') })
    const result = await meet(side({ knows: accepts }), bob)
    expect(result.dialler).toMatchObject({ isMutual: false, theirs: refuses('revoked') })
  })

  it('ends unmutual when one of two proofs of admission does not hold', async () => {
    const result = await meet(side(), side({ takesRecords: false }))
    expect(result.dialler).toMatchObject({
      isMutual: false,
      own: accepts,
      theirs: refuses('bad-records'),
    })
    expect(result.listener.isMutual).toBe(false)
  })

  it('shows many records in pages that fit a frame', async () => {
    const records = Array.from({ length: 9 }, (_, at) =>
      new Uint8Array(HELLO_PAGE_MAX_BYTES / 4).fill(at),
    )
    const bob = side({ knows: stranger })
    const result = await meet(side({ knows: accepts, records }), bob)
    expect(result.listener.isMutual).toBe(true)
    expect(bob.said.filter((deed) => deed.startsWith('took'))).toEqual([
      'took 4',
      'took 4',
      'took 1',
    ])
  })

  it('says its own time and hears the other’s before it judges for good', async () => {
    const [ana, bob] = [side({ knows: accepts }), side({ knows: stranger })]
    await meet(ana, bob)
    for (const { said } of [ana, bob]) expect(said).toContain('heard 1800000000000')
    expect(bob.said[0]).toBe('heard 1800000000000') // the listener has not even been asked before
  })
})

/** The other end of a hello, frame by frame. */
class Peer {
  readonly stream: Stream
  readonly #frames: ReturnType<typeof lpStream>
  readonly heard: Uint8Array[] = []

  constructor(stream: Stream) {
    this.stream = stream
    this.#frames = lpStream(stream)
  }
  async say(message: HelloMessage): Promise<void> {
    await this.#frames.write(encodeHello(message))
  }
  async sayBytes(bytes: Uint8Array): Promise<void> {
    await this.#frames.write(bytes)
  }
  async hear(): Promise<HelloMessage> {
    const bytes = (await this.#frames.read()).subarray()
    this.heard.push(bytes)
    return decodeHello(bytes)
  }
}

const open = (change: Partial<Extract<HelloMessage, { kind: 'open' }>> = {}): HelloMessage => ({
  kind: 'open',
  nonce: new Uint8Array(HELLO_NONCE_BYTES).fill(1),
  accepts: false,
  timeMs: 0,
  ...change,
})

/** A listener that a test talks to. */
async function listenerWith(options: SideOptions, signal = never) {
  const [dialled, listened] = await streamPair()
  const listener = side(options)
  const result = exchangeHello(listened, 'listener', listener, signal)
  result.catch(() => undefined) // each test that expects a failure awaits it
  return { peer: new Peer(dialled), listener, listened, result }
}

describe('a stranger that dials', () => {
  it('is told a nonce, a time and that it is a stranger', async () => {
    const { peer } = await listenerWith({})
    await peer.say(open())
    const heard = await peer.hear()
    expect(heard).toEqual({
      kind: 'open',
      accepts: false,
      refusal: 'stranger',
      nonce: expect.objectContaining({ length: HELLO_NONCE_BYTES }) as Uint8Array,
      timeMs: 1_800_000_000_000,
    })
  })

  it('finds another nonce each time', async () => {
    const nonces: string[] = []
    for (let i = 0; i < 20; i++) {
      const { peer } = await listenerWith({})
      await peer.say(open())
      const heard = await peer.hear()
      if (heard.kind === 'open') nonces.push(Buffer.from(heard.nonce).toString('hex'))
    }
    expect(new Set(nonces).size).toBe(20)
  })

  it('gets no record, whatever it claims to think of us', async () => {
    for (const claim of [open(), open({ accepts: true }), open({ refusal: 'expired' })]) {
      const { peer, listener, result } = await listenerWith({ isConvincedByMacs: false })
      await peer.say(claim)
      await peer.hear()
      await peer.say({ kind: 'proof', mac: new Uint8Array(32) })
      await peer.stream.close()
      await result.catch(() => undefined)
      const bytes = Buffer.concat(peer.heard).toString('latin1')
      expect(bytes).not.toContain('bob')
      expect(listener.said).not.toContain('showed records')
    }
  })

  it('that was removed is told so and nothing else', async () => {
    const { peer, result } = await listenerWith({ knows: refuses('revoked') })
    await peer.say(open({ accepts: true }))
    expect(await peer.hear()).toMatchObject({ accepts: false, refusal: 'revoked' })
    expect((await result).isMutual).toBe(false)
  })
})

describe('a frame that has no place in a hello', () => {
  it.each<[string, HelloMessage]>([
    ['a proof before the opening', { kind: 'proof', mac: MAC }],
    ['records before the opening', { kind: 'records', records: [SECRET], more: false }],
    ['a verdict before the opening', { kind: 'verdict', accepts: true }],
  ])('ends it: %s', async (_, message) => {
    const { peer, listener, listened, result } = await listenerWith({})
    await peer.say(message)
    await expect(result).rejects.toMatchObject({ code: 'UNEXPECTED_FRAME' })
    expect(listened.status).toBe('aborted')
    expect(listener.said).toEqual([])
  })

  it.each<[string, HelloMessage]>([
    ['a second opening', open()],
    ['records without a proof', { kind: 'records', records: [SECRET], more: false }],
    ['a verdict without a proof', { kind: 'verdict', accepts: true }],
  ])('ends it: %s', async (_, message) => {
    const { peer, listener, result } = await listenerWith({})
    await peer.say(open())
    await peer.hear()
    await peer.say(message)
    await expect(result).rejects.toMatchObject({ code: 'UNEXPECTED_FRAME' })
    expect(listener.said.filter((deed) => /^(showed|took)/.test(deed))).toEqual([])
  })

  it('ends it: a verdict where records are due', async () => {
    const { peer, result } = await listenerWith({ knows: stranger })
    await peer.say(open({ accepts: true }))
    await peer.hear()
    await peer.say({ kind: 'verdict', accepts: true })
    await expect(result).rejects.toMatchObject({ code: 'UNEXPECTED_FRAME' })
  })

  it.each([
    ['random bytes', new Uint8Array([0xff, 0xff, 0xff])],
    ['no bytes', new Uint8Array(0)],
    ['a short nonce', encodeHello(open({ nonce: new Uint8Array(31) }))],
    ['a long nonce', encodeHello(open({ nonce: new Uint8Array(33) }))],
    ['a time beyond all clocks', encodeHello(open({ timeMs: 1e15 }))],
  ])('ends it: %s', async (_, bytes) => {
    const { peer, listened, result } = await listenerWith({})
    await peer.sayBytes(bytes)
    await expect(result).rejects.toMatchObject({ code: 'MALFORMED' })
    expect(listened.status).toBe('aborted')
  })

  it('ends it: one that is too long, unread', async () => {
    const { peer, listened, result } = await listenerWith({})
    const said = peer.sayBytes(new Uint8Array(HELLO_FRAME_MAX_BYTES + 1))
    said.catch(() => undefined) // it may be cut off in the middle
    await expect(result).rejects.toMatchObject({ name: 'InvalidDataLengthError' })
    expect(listened.status).toBe('aborted')
  })
})

describe('the proof that a peer shows', () => {
  async function asked(options: SideOptions = {}) {
    const party = await listenerWith({ knows: stranger, ...options })
    await party.peer.say(open({ accepts: true }))
    await party.peer.hear()
    return party
  }

  const page = (count: number, bytes: number, more = true): HelloMessage => ({
    kind: 'records',
    records: Array.from({ length: count }, () => new Uint8Array(bytes)),
    more,
  })

  it('may be no longer than its limit in bytes, over all pages', async () => {
    const { peer, listener, result } = await asked()
    const pages = HELLO_RECORDS_MAX_BYTES / HELLO_PAGE_MAX_BYTES
    for (let i = 0; i < pages; i++) {
      await peer.say(page(1, HELLO_PAGE_MAX_BYTES))
      expect(await peer.hear()).toEqual({ kind: 'next' })
    }
    await peer.say(page(1, 1, false))
    await expect(result).rejects.toMatchObject({ code: 'TOO_LARGE' })
    expect(listener.said.filter((deed) => deed === 'took 1')).toHaveLength(pages)
  })

  it('may have no more records than its limit, over all pages', async () => {
    const { peer, result } = await asked()
    for (let i = 0; i < 2; i++) {
      await peer.say(page(HELLO_RECORDS_MAX / 2, 15))
      await peer.hear()
    }
    await peer.say(page(1, 1, false))
    await expect(result).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })

  it.each([0, 1, 196_607])(
    'has no page of %i bytes but the last: it might never end',
    async (bytes) => {
      const { peer, listener, result } = await asked()
      await peer.say(page(1, bytes))
      await expect(result).rejects.toMatchObject({ code: 'MALFORMED' })
      expect(listener.said).not.toContain('took 1')
    },
  )

  it('is asked for page by page, and has more time with each that held', async () => {
    const { peer, listener, result } = await asked()
    for (let i = 1; i <= 3; i++) {
      await peer.say(page(1, HELLO_PAGE_MAX_BYTES))
      expect(await peer.hear()).toEqual({ kind: 'next' })
      expect(listener.said.filter((deed) => deed === 'progressed')).toHaveLength(i)
    }
    await peer.say(page(1, 1, false))
    expect(await peer.hear()).toEqual({ kind: 'verdict', accepts: true })
    expect((await result).isMutual).toBe(true)
  })

  it('is looked at no further once a page of it did not hold', async () => {
    const { peer, listener, result } = await asked({ takesRecords: false })
    await peer.say(page(1, HELLO_PAGE_MAX_BYTES))
    expect(await peer.hear()).toMatchObject({
      kind: 'verdict',
      accepts: false,
      refusal: 'bad-records',
    })
    expect((await result).isMutual).toBe(false)
    expect(listener.said.filter((deed) => deed.startsWith('took'))).toEqual(['took 1'])
    expect(listener.said).not.toContain('progressed')
  })

  it('makes no member of whom it does not speak', async () => {
    const { peer, result } = await asked({ afterRecords: stranger })
    await peer.say({ kind: 'records', records: [], more: false })
    expect(await peer.hear()).toMatchObject({
      kind: 'verdict',
      accepts: false,
      refusal: 'stranger',
    })
    expect((await result).isMutual).toBe(false)
  })
})

describe('the proof that is shown to a peer', () => {
  const records = Array.from({ length: 3 }, () => new Uint8Array(HELLO_PAGE_MAX_BYTES))

  /** A listener that the peer takes for a stranger. */
  async function asking() {
    const party = await listenerWith({ knows: accepts, records })
    await party.peer.say(open({ accepts: false, refusal: 'stranger' }))
    await party.peer.hear()
    return party
  }

  it('comes page by page, as the peer asks for it, and may take longer with each', async () => {
    const { peer, listener, result } = await asking()
    for (let i = 0; i < 3; i++) {
      expect(await peer.hear()).toMatchObject({ kind: 'records', more: i < 2 })
      expect(listener.said.filter((deed) => deed === 'progressed')).toHaveLength(i)
      if (i < 2) await peer.say({ kind: 'next' })
    }
    await peer.say({ kind: 'verdict', accepts: true })
    expect((await result).isMutual).toBe(true)
  })

  it('ends where the peer has had enough of it', async () => {
    const { peer, result } = await asking()
    await peer.hear()
    await peer.say({ kind: 'verdict', accepts: false, refusal: 'bad-records' })
    expect(await result).toMatchObject({ isMutual: false, theirs: refuses('bad-records') })
  })

  it.each<[string, HelloMessage]>([
    ['a welcome before its end', { kind: 'verdict', accepts: true }],
    ['records', { kind: 'records', records: [], more: false }],
  ])('ends the hello when it is answered by %s', async (_, message) => {
    const { peer, result } = await asking()
    await peer.hear()
    await peer.say(message)
    await expect(result).rejects.toMatchObject({ code: 'UNEXPECTED_FRAME' })
  })
})

describe('a hello that stands still', () => {
  it('ends with its signal, and its stream with it', async () => {
    const controller = new AbortController()
    const { listened, result } = await listenerWith({}, controller.signal)
    controller.abort(new DOMException('too late', 'TimeoutError'))
    await expect(result).rejects.toMatchObject({ name: 'TimeoutError' })
    expect(listened.status).toBe('aborted')
  })

  it('ends when the other side goes away', async () => {
    const { peer, listened, result } = await listenerWith({})
    await peer.say(open())
    await peer.hear()
    peer.stream.abort(new TypeError('out of reach'))
    await expect(result).rejects.toMatchObject({ name: 'StreamResetError' })
    expect(listened.status).toBe('reset')
  })
})
