import { streamPair } from '@libp2p/utils'
import { describe, expect, it } from 'vitest'
import { JOIN_NONCE_BYTES, JOIN_PAGE_TIMEOUT_MS } from '../../protocols/join/constants.ts'
import { commitmentTo, proofBytes } from '../../protocols/join/transcript.ts'
import { JoinConversation } from '../../protocols/join/conversation.ts'
import {
  answerJoin,
  requestJoin,
  type Admitter,
  type Joiner,
} from '../../protocols/join/exchange.ts'
import type { JoinRefused } from '../../protocols/join/messages.ts'
import { DeviceKey, verifySignature } from '../../src/identity/device-key.ts'

const ana = DeviceKey.fromSeed(new Uint8Array(32).fill(1))
const bob = DeviceKey.fromSeed(new Uint8Array(32).fill(2))
const cleo = DeviceKey.fromSeed(new Uint8Array(32).fill(3))
const ticket = DeviceKey.fromSeed(new Uint8Array(32).fill(4))
const otherTicket = DeviceKey.fromSeed(new Uint8Array(32).fill(5))
const network = new Uint8Array(32).fill(6)
const signal = new AbortController().signal

const joiner: Joiner = {
  network,
  self: bob.publicKey,
  admitter: ana.publicKey,
  invite: ticket.publicKey,
  name: 'bob',
  platform: 'linux/x64',
  prove: (bytes) => ticket.sign(bytes),
  onPending: () => undefined,
  take: () => Promise.resolve(true),
}

describe('a joiner and the one who admits it', () => {
  it('agree when the joiner holds the ticket of the invite that it names', async () => {
    const taken: unknown[] = []
    const take = (records: readonly Uint8Array[]) => Promise.resolve(taken.push(...records) > 0)
    const { outcome, admissions } = await exchange({ ...joiner, take })
    expect(outcome).toMatchObject({ kind: 'admitted', role: 'member' })
    expect(taken).toEqual([new Uint8Array([7])])
    expect(admissions).toEqual(['bob'])
  })

  it.each([
    ['holds another ticket', { prove: (bytes: Uint8Array) => otherTicket.sign(bytes) }],
    ['holds none, and sends zeros', { prove: () => new Uint8Array(64) }],
    ['signed for another admitter, who passes it on', { admitter: cleo.publicKey }],
    ['signed for another device, which was listened to', { self: cleo.publicKey }],
    ['asks with the ticket of another invite', { invite: otherTicket.publicKey }],
  ])('part when the joiner %s', async (_, change) => {
    const { outcome, admissions } = await exchange({ ...joiner, ...change })
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'bad-proof' })
    expect(admissions).toEqual([])
  })

  it('part when the joiner chooses its nonce after it saw the other one', async () => {
    const [dialled, listened] = await streamPair()
    const { admitter, admissions } = admitterOf()
    const answered = answerJoin(listened, admitter, within, signal)
    const talk = new JoinConversation(dialled)
    const [promised, nonce] = [1, 2].map((byte) => new Uint8Array(JOIN_NONCE_BYTES).fill(byte)) as [
      Uint8Array,
      Uint8Array,
    ]
    const { invite, name, platform } = joiner
    await talk.send(
      { kind: 'request', network, invite, commitment: commitmentTo(promised), name, platform },
      signal,
    )
    const challenge = await talk.read(signal)
    if (challenge.kind !== 'challenge') return expect.fail(challenge.kind)
    const transcript = {
      network,
      joiner: bob.publicKey,
      admitter: ana.publicKey,
      joinerNonce: nonce,
      admitterNonce: challenge.nonce,
    }
    await talk.send(
      { kind: 'answer', nonce, signature: ticket.sign(proofBytes(transcript)) },
      signal,
    )
    expect(await answered).toMatchObject({ reason: 'bad-proof' })
    expect(admissions).toEqual([])
  })
})

describe('the trust log that a joiner is given', () => {
  const page = (bytes: number) => new Uint8Array(bytes)

  it('may be as large as a trust log gets: each page comes once the one before is taken', async () => {
    const records = Array.from({ length: 1_000 }, () => page(65_536))
    const taken: number[] = []
    let isTaking = false
    const take = async (records: readonly Uint8Array[]) => {
      expect(isTaking).toBe(false)
      isTaking = true
      await new Promise((resolve) => setImmediate(resolve))
      isTaking = false
      return taken.push(records.length) > 0
    }
    const { outcome } = await exchange({ ...joiner, take }, records)
    expect(outcome).toMatchObject({ kind: 'admitted' })
    expect(taken).toEqual(Array.from({ length: 250 }, () => 4))
  })

  it('is taken no further once a page of it was not', async () => {
    const taken: number[] = []
    const take = (records: readonly Uint8Array[]) => Promise.resolve(taken.push(records.length) < 2)
    const records = Array.from({ length: 20 }, () => page(65_536))
    const { outcome } = await exchange({ ...joiner, take }, records)
    expect(outcome).toEqual({ kind: 'doubted' })
    expect(taken).toEqual([4, 4])
  })

  it.each([
    ['more bytes than a log has', 'TOO_LARGE', Array.from({ length: 257 }, () => [262_144])],
    ['more records than a log has', 'TOO_LARGE', Array.from({ length: 3 }, () => many(15_000))],
    ['pages without end', 'MALFORMED', [[1]]],
  ])('has an end: %s', async (_, code, pages) => {
    const [dialled, listened] = await streamPair()
    const joined = requestJoin(dialled, joiner, within, signal)
    joined.catch(() => undefined) // awaited below
    const talk = new JoinConversation(listened)
    await talk.read(signal)
    await talk.send({ kind: 'challenge', nonce: new Uint8Array(JOIN_NONCE_BYTES) }, signal)
    await talk.read(signal)
    const told = (async () => {
      for (const sizes of pages) {
        await talk.send({ kind: 'records', records: sizes.map(page), more: true }, signal)
        await talk.read(signal)
      }
    })()
    told.catch(() => undefined) // it is cut off
    await expect(joined).rejects.toMatchObject({ code })
  })

  it('goes no further for a joiner that does not ask', async () => {
    const [dialled, listened] = await streamPair()
    const { admitter } = admitterOf(Array.from({ length: 8 }, () => page(65_536)))
    const patience = new AbortController()
    const hurried = (delayMs: number) =>
      delayMs === JOIN_PAGE_TIMEOUT_MS ? patience.signal : within(delayMs)
    const answered = answerJoin(listened, admitter, hurried, signal)
    const take = () => {
      patience.abort(new DOMException('too late', 'TimeoutError'))
      return new Promise<boolean>(() => {})
    }
    requestJoin(dialled, { ...joiner, take }, within, signal).catch(() => undefined)
    await expect(answered).rejects.toMatchObject({ name: 'TimeoutError' })
  })
})

const many = (count: number) => Array.from({ length: count }, () => 15)

const within = (delayMs: number) => AbortSignal.timeout(delayMs)

async function exchange(
  asks: Joiner,
  records?: readonly Uint8Array[],
): Promise<{ outcome: Awaited<ReturnType<typeof requestJoin>>; admissions: string[] }> {
  const [dialled, listened] = await streamPair()
  const { admitter, admissions } = admitterOf(records)
  const answered = answerJoin(listened, admitter, within, signal)
  answered.catch(() => undefined) // the joiner may have had enough
  const outcome = await requestJoin(dialled, asks, within, signal)
  return { outcome, admissions }
}

/** As an admin's: connected to bob by a transport that has shown his key. */
function admitterOf(records: readonly Uint8Array[] = [new Uint8Array([7])]): {
  admitter: Admitter
  admissions: string[]
} {
  const admissions: string[] = []
  const admitter: Admitter = {
    self: ana.publicKey,
    joiner: bob.publicKey,
    screen: () => undefined,
    verify: verifySignature,
    approval: () => undefined,
    admit: (request) => {
      admissions.push(request.name)
      return Promise.resolve({
        records,
        admitted: { kind: 'admitted', role: 'member', timeMs: 1, groupKeys: [] },
      })
    },
    refusal: (reason, detail): JoinRefused => ({
      kind: 'refused',
      reason,
      detail,
      timeMs: 1,
      expiredAtMs: 0,
    }),
  }
  return { admitter, admissions }
}
