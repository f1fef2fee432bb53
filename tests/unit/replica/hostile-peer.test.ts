import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { encodeMessage } from '../../../protocols/replica/codec.ts'
import type { ReplicaMessage } from '../../../protocols/replica/messages.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { ForeignAuthor } from '../../support/foreign-author.ts'
import { namedKey, ReplicaMesh } from '../../support/replica-mesh.ts'
import { ANY, setRoot, update, varUint } from '../../support/yjs-bytes.ts'

const ROUNDS = 300
const HEAP_DELTA_MAX_BYTES = 16 * 2 ** 20
const FRAME_EVERY_MS = 25

function heapBytes(): number {
  setFlagsFromString('--expose_gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

const push = (...envelopes: Uint8Array[]): ReplicaMessage => ({ kind: 'push', envelopes })

/** What mallory, a member, sends in one round. */
type Attack = (mallory: ForeignAuthor, round: number) => ReplicaMessage

const elsewhere = networkIdOf(namedKey('elsewhere').publicKey)
const victim = new ForeignAuthor(namedKey('cleo'))
const foreign =
  (bytes: (mallory: ForeignAuthor) => Uint8Array): Attack =>
  (mallory) =>
    push(mallory.seal(bytes(mallory), 1).bytes)

const ATTACKS: readonly (readonly [string, Attack, string])[] = [
  [
    'a V1 count bomb',
    foreign((m) => Uint8Array.from([1, ...varUint(100_000_000), ...varUint(m.client), 0])),
    'TOO_MANY_STRUCTS',
  ],
  [
    'a V2 run-length bomb',
    foreign(() => Uint8Array.from([0, 0, 6, 0x81, 0xad, 0xe2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    'MALFORMED',
  ],
  ['an orphan', foreign((m) => update(m.client, 1_000, [setRoot('a', ANY.null)])), 'CLOCK_GAP'],
  [
    "another author's client id",
    foreign(() => update(victim.client, 0, [setRoot('a', ANY.null)])),
    'FOREIGN_CLIENT',
  ],
  [
    "deletes of another author's structs",
    foreign((m) => update(m.client, 0, [setRoot('a', ANY.null)], [[victim.client, 0, 1_000]])),
    'FOREIGN_DELETE',
  ],
  [
    'thousands of roots',
    foreign((m) =>
      update(
        m.client,
        0,
        Array.from({ length: 2_000 }, (_, n) => setRoot('a', ANY.null, `r${n}`)),
      ),
    ),
    'UNKNOWN_ROOT',
  ],
  [
    'a __proto__',
    foreign((m) =>
      update(m.client, 0, [
        setRoot('a', ANY.object(['__proto__', ANY.object(['isAdmin', ANY.true])])),
      ]),
    ),
    'FORBIDDEN_KEY',
  ],
  [
    'a GC struct of 2^53',
    foreign((m) =>
      Uint8Array.from([1, 1, ...varUint(m.client), 0, 0, ...varUint(Number.MAX_SAFE_INTEGER), 0]),
    ),
    'FORBIDDEN_CONTENT',
  ],
  [
    'a value nested 5,000 deep',
    foreign((m) => update(m.client, 0, [setRoot('a', ANY.nested(5_000))])),
    'NESTED_TOO_DEEP',
  ],
  ['an envelope of more than 64 KiB', (m) => push(m.sign(new Uint8Array(65_600), 0)), 'TOO_LARGE'],
  ['a history that nothing precedes', (m) => push(m.next(0).bytes), 'PARKED_TOO_MANY'],
  [
    'an envelope of another network',
    () => push(new ForeignAuthor(namedKey('mallory'), 'device', elsewhere).next(0).bytes),
    'WRONG_NETWORK',
  ],
  [
    'a document that nobody knows',
    () => push(new ForeignAuthor(namedKey('mallory'), 'diary').next(0).bytes),
    'UNKNOWN_DOCUMENT',
  ],
  [
    'annotations by a member',
    () => push(new ForeignAuthor(namedKey('mallory'), 'annotations.0').next(0).bytes),
    'NOT_PERMITTED',
  ],
  [
    'envelopes in the name of another',
    (m) =>
      push(
        m.seal(new Uint8Array(4), 0, {
          author: namedKey('cleo').publicKey,
          seq: 9,
          prev: new Uint8Array(32).fill(1),
        }).bytes,
      ),
    'BAD_SIGNATURE',
  ],
  [
    'envelopes of a stranger',
    () => push(new ForeignAuthor(namedKey('stranger')).next(0).bytes),
    'NOT_MEMBER',
  ],
  [
    'a snapshot with another hash',
    (m) =>
      push(
        m.snapshot(1, { stateHash: new Uint8Array(32), seq: 1, prev: new Uint8Array(32) }).bytes,
      ),
    'STATE_MISMATCH',
  ],
  [
    'more than it may publish',
    (m, round) => push(...Array.from({ length: 10 }, (_, n) => m.next((round + n) % 60).bytes)),
    'RATE_LIMITED',
  ],
  [
    'a sequence number of 2^53',
    (m) => ({
      kind: 'heads',
      buckets: new Set([1]),
      heads: [
        {
          author: m.key.publicKey,
          document: 'device',
          incarnation: Number.MAX_SAFE_INTEGER + 1,
          seq: 1,
          headHash: new Uint8Array(32),
          forkSeq: 0,
        },
      ],
      isAnswer: false,
    }),
    'MALFORMED',
  ],
  [
    'accusations without proof',
    (m) => {
      const { bytes } = m.seal(new Uint8Array(4), 0)
      return { kind: 'fork', first: bytes, second: bytes }
    },
    'BAD_FORK_PROOF',
  ],
]

describe('a hostile member', () => {
  it.each(ATTACKS)(
    'that sends %s is refused, told of once, and harms nobody',
    async (_what, attack, code) => {
      const mesh = new ReplicaMesh()
      for (const name of ['ana', 'cleo', 'mallory']) await mesh.add(name)
      mesh.linkAll()
      await mesh.settle()
      const ana = mesh.device('ana')
      const told: string[] = []
      ana.replica.listen({ quarantined: (entry) => told.push(entry.code) })
      const author = new ForeignAuthor(namedKey('mallory'))
      if (code === 'PARKED_TOO_MANY') author.next(0)
      const { channel } = mesh.device('mallory')
      const round = async (n: number): Promise<void> => {
        channel.send(ana.id, encodeMessage(attack(author, n)))
        await mesh.pass(FRAME_EVERY_MS)
      }
      for (let n = 0; n < 20; n += 1) await round(n)
      const before = heapBytes()
      for (let n = 20; n < ROUNDS; n += 1) await round(n)
      expect(heapBytes() - before).toBeLessThan(HEAP_DELTA_MAX_BYTES)
      expect(told.filter((one) => one === code)).toEqual([code])
      expect(ana.replica.quarantined().find((entry) => entry.code === code)).toMatchObject({
        from: namedKey('mallory').id,
      })
      await mesh.device('cleo').replica.write('device', (root) => root.set('n', 1))
      await mesh.settle()
      expect(ana.replica.read(mesh.device('cleo').id, 'device')).toEqual({ n: 1 })
      const value = ana.replica.read(namedKey('mallory').id, 'device') as
        | { isAdmin?: unknown }
        | undefined
      expect(value?.isAdmin).toBeUndefined()
    },
    60_000,
  )

  it('that asks for everything again and again is served no more than its share', async () => {
    const mesh = new ReplicaMesh()
    for (const name of ['ana', 'mallory']) await mesh.add(name, 'owner')
    const ana = mesh.device('ana')
    const note = 'x'.repeat(16_000)
    for (const shard of ['0', '1', '2', '3', '4', '5', '6', '7']) {
      await ana.replica.write(`annotations.${shard}`, (root) => {
        for (const key of ['a', 'b', 'c']) root.set(key, note)
      })
    }
    mesh.linkAll()
    await mesh.settle()
    const { channel } = mesh.device('mallory')
    const items = ['0', '1', '2', '3', '4', '5', '6', '7'].map((shard) => ({
      author: ana.key.publicKey,
      document: `annotations.${shard}`,
      incarnation: 1,
      fromSeq: 0,
    }))
    const before = mesh.sentBytes
    for (let n = 0; n < 400; n += 1)
      channel.send(ana.id, encodeMessage({ kind: 'want', id: n, items }))
    await mesh.settle()
    expect(mesh.sentBytes - before).toBeLessThan(72 * 2 ** 20)
  })
})
