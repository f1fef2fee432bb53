import { streamPair } from '@libp2p/utils'
import { describe, expect, it } from 'vitest'
import { JOIN_NONCE_BYTES } from '../../protocols/join/constants.ts'
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
}

describe('a joiner and the one who admits it', () => {
  it('agree when the joiner holds the ticket of the invite that it names', async () => {
    const { outcome, admissions } = await exchange(joiner)
    expect(outcome).toMatchObject({ kind: 'admitted', records: [new Uint8Array([7])] })
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

const within = (delayMs: number) => AbortSignal.timeout(delayMs)

async function exchange(
  asks: Joiner,
): Promise<{ outcome: Awaited<ReturnType<typeof requestJoin>>; admissions: string[] }> {
  const [dialled, listened] = await streamPair()
  const { admitter, admissions } = admitterOf()
  const [outcome] = await Promise.all([
    requestJoin(dialled, asks, within, signal),
    answerJoin(listened, admitter, within, signal),
  ])
  return { outcome, admissions }
}

/** As an admin's: connected to bob by a transport that has shown his key. */
function admitterOf(): { admitter: Admitter; admissions: string[] } {
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
        records: [new Uint8Array([7])],
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
