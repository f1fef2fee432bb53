import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { COMPACT_AFTER_UPDATES } from '../../../protocols/replica/constants.ts'
import { forkProofOf } from '../../../src/replica/fork-proof.ts'
import type { Envelope } from '../../../src/replica/envelope.ts'
import type { Replica } from '../../../src/replica/replica.ts'
import { ForeignAuthor } from '../../support/foreign-author.ts'
import { type MeshDevice, namedKey, ReplicaMesh } from '../../support/replica-mesh.ts'
import { ANY, setRoot, update } from '../../support/yjs-bytes.ts'

const BOB = namedKey('bob').id
const PUSHED = { from: BOB, isSolicited: false }
const ASKED = { from: BOB, isSolicited: true }

async function alone(): Promise<{ mesh: ReplicaMesh; ana: MeshDevice; bob: ForeignAuthor }> {
  const mesh = new ReplicaMesh()
  const ana = await mesh.add('ana', 'owner')
  mesh.standings.set(BOB, { isMember: true, role: 'member' })
  return { mesh, ana, bob: new ForeignAuthor(namedKey('bob')) }
}

function bytesOf(...envelopes: readonly Envelope[]): Uint8Array[] {
  return envelopes.map(({ bytes }) => bytes)
}

function codes(replica: Replica): string[] {
  return replica.quarantined().map(({ code }) => code)
}

describe('own documents', () => {
  it('are read back after a restart', async () => {
    const { mesh, ana } = await alone()
    await ana.replica.write('device', (root) => root.set('ownName', 'laptop'))
    const again = await mesh.restart('ana')
    expect(again.replica.read(ana.id, 'device')).toEqual({ ownName: 'laptop' })
  })

  it('do not grow by restarts', async () => {
    const { mesh, ana } = await alone()
    await ana.replica.write('device', (root) => root.set('ownName', 'laptop'))
    const bytes = ana.store.bytes
    let device = ana
    for (let n = 0; n < 20; n += 1) {
      device = await mesh.restart('ana')
      await device.replica.write('device', (root) => {
        if (root.get('ownName') !== 'laptop') root.set('ownName', 'laptop')
      })
    }
    expect(device.store.bytes).toBe(bytes)
  })

  it('write nothing when nothing changes', async () => {
    const { ana } = await alone()
    await ana.replica.write('device', () => undefined)
    expect(ana.store.size).toBe(0)
  })

  it('keep what a newer version wrote beside what this one knows', async () => {
    const { ana } = await alone()
    await ana.replica.write('device', (root) => {
      root.set('fromTheFuture', { a: [1] })
      root.set('map', new Y.Map([['unknown', 1]]))
    })
    for (let n = 0; n < 2 * COMPACT_AFTER_UPDATES; n += 1) {
      await ana.replica.write('device', (root) =>
        (root.get('map') as Y.Map<unknown>).set('known', n),
      )
    }
    expect(ana.replica.read(ana.id, 'device')).toEqual({
      fromTheFuture: { a: [1] },
      map: { unknown: 1, known: 2 * COMPACT_AFTER_UPDATES - 1 },
    })
  })

  it('stay small over years of changes and restarts', async () => {
    const { mesh } = await alone()
    const sizes: number[] = []
    for (let year = 0; year < 4; year += 1) {
      for (let day = 0; day < 16; day += 1) {
        const { replica } = await mesh.restart('ana')
        for (let n = 0; n < 20; n += 1)
          await replica.write('device', (root) => root.set(`k${n % 5}`, n * day))
      }
      sizes.push(mesh.device('ana').store.bytes)
    }
    expect(Math.max(...sizes)).toBeLessThan(96 * 1_024)
    expect(sizes.at(-1)).toBeLessThan((sizes[0] ?? 0) * 1.5)
    const head = mesh
      .device('ana')
      .replica.head({ author: mesh.device('ana').id, document: 'device' })
    expect(head?.clock).toBeLessThan(200)
  })

  it.each([
    ['a bigint', 1n],
    ['bytes', new Uint8Array(1)],
    ['a list type', new Y.Array()],
    ['NaN', Number.NaN],
    ['an object of undefined', { a: undefined }],
  ])('refuse %s and stay as they were', async (_what, value) => {
    const { ana } = await alone()
    await ana.replica.write('device', (root) => root.set('n', 1))
    await expect(
      ana.replica.write('device', (root) => root.set('bad', value)),
    ).rejects.toMatchObject({ code: 'NOT_JSON' })
    await ana.replica.write('device', (root) => root.set('m', 2))
    expect(ana.replica.read(ana.id, 'device')).toEqual({ n: 1, m: 2 })
  })

  it('stay as they were when a change throws half-way', async () => {
    const { ana } = await alone()
    await ana.replica.write('device', (root) => root.set('n', 1))
    const broken = (root: Y.Map<unknown>) => {
      root.set('n', 2)
      throw new RangeError('half-way')
    }
    await expect(ana.replica.write('device', broken)).rejects.toThrow('half-way')
    expect(ana.replica.read(ana.id, 'device')).toEqual({ n: 1 })
  })

  it('refuse to outgrow a snapshot', async () => {
    const { ana } = await alone()
    const note = 'x'.repeat(16_000)
    for (const key of ['a', 'b', 'c'])
      await ana.replica.write('device', (root) => root.set(key, note))
    await expect(ana.replica.write('device', (root) => root.set('d', note))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_LARGE',
    })
    await expect(
      ana.replica.write('device', (root) =>
        root.set(
          'e',
          Array.from({ length: 9_000 }, () => 0.1),
        ),
      ),
    ).rejects.toMatchObject({ code: 'DOCUMENT_TOO_LARGE' })
  })

  it('are written only where the role allows it', async () => {
    const { mesh, ana } = await alone()
    mesh.standings.set(ana.id, { isMember: true, role: 'member' })
    await expect(
      ana.replica.write('annotations.0', (root) => root.set('n', 1)),
    ).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    })
    await expect(ana.replica.write('diary', (root) => root.set('n', 1))).rejects.toMatchObject({
      code: 'UNKNOWN_DOCUMENT',
    })
  })

  it('that could not be stored are not published, and the next write goes on', async () => {
    const { ana } = await alone()
    const published: unknown[] = []
    ana.replica.listen({ accepted: (change) => published.push(change) })
    const commit = ana.store.commit.bind(ana.store)
    ana.store.commit = () => Promise.reject(new RangeError('disk full'))
    await expect(ana.replica.write('device', (root) => root.set('n', 1))).rejects.toThrow(
      'disk full',
    )
    ana.store.commit = commit
    expect(published).toEqual([])
    await ana.replica.write('device', (root) => root.set('n', 2))
    expect(ana.replica.read(ana.id, 'device')).toEqual({ n: 2 })
  })
})

describe("others' documents", () => {
  it('are durable when a delivery resolves', async () => {
    const { mesh, ana, bob } = await alone()
    await ana.replica.ingest(bytesOf(bob.next(0), bob.next(1)), PUSHED)
    const again = await mesh.restart('ana')
    expect(again.replica.read(BOB, 'device')).toEqual({ k0: 0, k1: 1 })
  })

  it('take one commit per delivery', async () => {
    const { ana, bob } = await alone()
    const envelopes = Array.from({ length: 50 }, (_, n) => bob.next(n))
    await ana.replica.ingest(bytesOf(...envelopes), PUSHED)
    expect(ana.store.commits).toBe(1)
  })

  it('wait for what is missing', async () => {
    const { ana, bob } = await alone()
    const [one, two, three] = [bob.next(0), bob.next(1), bob.next(2)]
    const { gaps } = await ana.replica.ingest(bytesOf(three, two), PUSHED)
    expect(gaps.map(({ fields }) => fields.seq)).toEqual([2])
    expect(ana.replica.read(BOB, 'device')).toBeUndefined()
    await ana.replica.ingest(bytesOf(one), PUSHED)
    expect(ana.replica.read(BOB, 'device')).toEqual({ k0: 0, k1: 1, k2: 2 })
  })

  it('park a bounded number per author', async () => {
    const { ana, bob } = await alone()
    bob.next(0)
    const waiting = Array.from({ length: 100 }, (_, n) => bob.next(n))
    await ana.replica.ingest(bytesOf(...waiting), ASKED)
    expect(codes(ana.replica)).toEqual(['PARKED_TOO_MANY'])
    expect(ana.replica.quarantined()[0]?.count).toBe(36)
  })

  it.each<[string, (bob: ForeignAuthor) => Envelope, string]>([
    [
      'a foreign client id',
      (bob) => bob.send(update(7, bob.clock, [setRoot('a', ANY.null)]), 1),
      'FOREIGN_CLIENT',
    ],
    [
      'a foreign delete',
      (bob) => bob.send(update(bob.client, bob.clock, [], [[7, 0, 9]]), 0),
      'FOREIGN_DELETE',
    ],
    [
      'another root',
      (bob) => bob.send(update(bob.client, bob.clock, [setRoot('a', ANY.null, 'evil')]), 1),
      'UNKNOWN_ROOT',
    ],
    [
      'other clocks than its update',
      (bob) => bob.send(update(bob.client, bob.clock, [setRoot('a', ANY.null)]), 2),
      'CLOCK_GAP',
    ],
    [
      'a document of more than 48 KiB',
      (bob) =>
        bob.send(
          update(
            bob.client,
            bob.clock,
            ['a', 'b', 'c'].map((key) => setRoot(key, ANY.text('"'.repeat(16_000)))),
          ),
          3,
        ),
      'DOCUMENT_TOO_LARGE',
    ],
    [
      'a snapshot whose hash is another',
      (bob) => bob.snapshot(3, { stateHash: new Uint8Array(32) }),
      'STATE_MISMATCH',
    ],
  ])('refuse %s, and the author can go on from before it', async (_what, evil, code) => {
    const { ana, bob } = await alone()
    const good = bob.next(0)
    const { seq, prev, clock } = bob
    await ana.replica.ingest(bytesOf(good, evil(bob)), PUSHED)
    expect(codes(ana.replica)).toEqual([code])
    Object.assign(bob, { seq, prev, clock })
    await ana.replica.ingest(bytesOf(bob.next(1)), PUSHED)
    expect(ana.replica.read(BOB, 'device')).toEqual({ k0: 0, k1: 1 })
  })

  it('survive a damaged copy on disk', async () => {
    const { mesh, ana, bob } = await alone()
    await ana.replica.ingest(bytesOf(bob.next(0), bob.next(1)), PUSHED)
    const store = ana.store.copy()
    for await (const [key] of ana.store.entries('replica/')) {
      if (key.includes('/state/')) await store.commit([{ put: key, value: Uint8Array.of(1, 2, 3) }])
    }
    const again = await mesh.restart('ana', store)
    await again.replica.ingest(bytesOf(bob.next(2)), PUSHED)
    expect(again.replica.read(BOB, 'device')).toEqual({ k0: 0, k1: 1, k2: 2 })
  })

  it('are refused when they follow another history, which is asked for', async () => {
    const { ana, bob } = await alone()
    await ana.replica.ingest(bytesOf(bob.next(0)), PUSHED)
    const stray = bob.next(1, { prev: new Uint8Array(32).fill(7) })
    const { conflicts } = await ana.replica.ingest(bytesOf(stray), PUSHED)
    expect(conflicts.map(({ hash }) => hash)).toEqual([stray.hash])
    expect(codes(ana.replica)).toEqual(['PREV_MISMATCH'])
    expect(ana.replica.read(BOB, 'device')).toEqual({ k0: 0 })
  })

  it('take a snapshot for what came before it', async () => {
    const { ana, bob } = await alone()
    bob.next(0)
    bob.next(1)
    const [base, after] = [bob.snapshot(7), bob.next(2)]
    await ana.replica.ingest(bytesOf(base, after), PUSHED)
    expect(ana.replica.read(BOB, 'device')).toEqual({ n: 7, k2: 2 })
  })

  it('tell when a snapshot rewrote what it covers', async () => {
    const { ana, bob } = await alone()
    await ana.replica.ingest(bytesOf(bob.next(0), bob.snapshot(7)), PUSHED)
    expect(codes(ana.replica)).toEqual(['SNAPSHOT_DIFFERS'])
    expect(ana.replica.read(BOB, 'device')).toEqual({ n: 7 })
  })

  it('keep the last two snapshots and what follows them', async () => {
    const { ana, bob } = await alone()
    for (let n = 0; n < 30; n += 1) {
      await ana.replica.ingest(bytesOf(n % 10 === 9 ? bob.snapshot(n % 60) : bob.next(n)), ASKED)
    }
    expect(ana.replica.head({ author: BOB, document: 'device' })).toMatchObject({
      oldestSeq: 20,
      snapshotSeq: 30,
    })
    expect(ana.store.size).toBe(2 + 11)
  })

  it('leave the view when their author leaves the network, and come back with it', async () => {
    const { mesh, ana, bob } = await alone()
    await ana.replica.ingest(bytesOf(bob.next(0)), PUSHED)
    mesh.standings.set(BOB, { isMember: false, role: null })
    await ana.replica.ingest(bytesOf(bob.next(1)), PUSHED)
    expect(ana.replica.read(BOB, 'device')).toBeUndefined()
    expect(codes(ana.replica)).toEqual(['NOT_MEMBER'])
    mesh.standings.set(BOB, { isMember: true, role: 'guest' })
    expect(ana.replica.read(BOB, 'device')).toEqual({ k0: 0 })
  })

  it('are gone from memory and disk once forgotten', async () => {
    const { ana, bob } = await alone()
    await ana.replica.ingest(bytesOf(bob.next(0), bob.next(1)), PUSHED)
    await ana.replica.forget(BOB)
    expect(ana.replica.read(BOB, 'device')).toBeUndefined()
    expect(ana.store.size).toBe(0)
  })
})

describe('rate limit', () => {
  it('refuses what an author pushes beyond its budget, and takes it when asked for', async () => {
    const { mesh, ana, bob } = await alone()
    const envelopes = bytesOf(...Array.from({ length: 150 }, (_, n) => bob.next(n % 60)))
    await ana.replica.ingest(envelopes, PUSHED)
    expect(ana.replica.head({ author: BOB, document: 'device' })?.seq).toBe(100)
    expect(codes(ana.replica)).toEqual(['RATE_LIMITED'])
    mesh.clock.advance(500)
    await ana.replica.ingest(envelopes.slice(100), PUSHED)
    expect(ana.replica.head({ author: BOB, document: 'device' })?.seq).toBe(110)
    await ana.replica.ingest(envelopes.slice(110), ASKED)
    expect(ana.replica.head({ author: BOB, document: 'device' })?.seq).toBe(150)
  })

  it("lets nobody use up another author's budget", async () => {
    const { ana, bob } = await alone()
    const mallory = { from: namedKey('mallory').id, isSolicited: false }
    const forger = new ForeignAuthor(namedKey('mallory'))
    for (let n = 0; n < 300; n += 1) {
      await ana.replica.ingest(
        bytesOf(forger.seal(new Uint8Array(4), 0, { author: bob.key.publicKey })),
        mallory,
      )
    }
    await ana.replica.ingest(bytesOf(bob.next(0)), PUSHED)
    expect(ana.replica.read(BOB, 'device')).toEqual({ k0: 0 })
  })
})

describe('quarantine', () => {
  it('keeps a bounded list and tells of each peer and reason once', async () => {
    const { ana } = await alone()
    const told: string[] = []
    ana.replica.listen({ quarantined: ({ from, code }) => told.push(`${from} ${code}`) })
    for (let peer = 0; peer < 400; peer += 1) {
      const from = namedKey(`p${peer}`).id
      for (let n = 0; n < 3; n += 1)
        await ana.replica.ingest([Uint8Array.of(n)], { from, isSolicited: false })
    }
    expect(ana.replica.quarantined()).toHaveLength(256)
    expect(ana.replica.quarantined().at(-1)?.count).toBe(3)
    expect(told).toHaveLength(400)
  })
})

describe('forks', () => {
  it('are found when two envelopes claim one place, and take the document back to before it', async () => {
    const { ana, bob } = await alone()
    const one = bob.next(0)
    const [two, other] = [
      bob.seal(update(bob.client, 1, [setRoot('a', ANY.int(1))]), 1),
      bob.next(1),
    ]
    const forks: number[] = []
    ana.replica.listen({ forked: ({ seq }) => forks.push(seq) })
    await ana.replica.ingest(bytesOf(one, two, other), PUSHED)
    expect(forks).toEqual([2])
    expect(ana.replica.read(BOB, 'device')).toEqual({ k0: 0 })
    await ana.replica.ingest(bytesOf(two), PUSHED)
    expect(codes(ana.replica)).toEqual(['FORKED'])
  })

  it('are believed on sight of both envelopes, before either was known, and after a restart', async () => {
    const { mesh, ana, bob } = await alone()
    const other = bob.seal(update(bob.client, 0, [setRoot('a', ANY.int(1))]), 1)
    const proof = forkProofOf(bob.next(0), other)
    await ana.replica.ingestFork(proof.first, proof.second, BOB)
    expect(ana.replica.forks()).toHaveLength(1)
    const again = await mesh.restart('ana')
    expect(again.replica.forks()).toHaveLength(1)
    await again.replica.ingest([other.bytes], PUSHED)
    expect(again.replica.read(BOB, 'device')).toEqual({})
  })

  it.each<[string, (bob: ForeignAuthor) => readonly [Envelope, Envelope]]>([
    [
      'one envelope twice',
      (bob) => {
        const one = bob.next(0)
        return [one, one]
      },
    ],
    ['two places', (bob) => [bob.next(0), bob.next(1)]],
    ['two authors', (bob) => [bob.next(0), new ForeignAuthor(namedKey('cleo')).next(0)]],
    [
      'a forged half',
      (bob) => [
        bob.next(0),
        new ForeignAuthor(namedKey('mallory')).next(1, { author: bob.key.publicKey }),
      ],
    ],
  ])('are not believed of %s', async (_what, halves) => {
    const { ana, bob } = await alone()
    const [first, second] = halves(bob)
    await ana.replica.ingestFork(first.bytes, second.bytes, BOB)
    expect(ana.replica.forks()).toEqual([])
    expect(codes(ana.replica)).toEqual(['BAD_FORK_PROOF'])
  })

  it('end with a new incarnation', async () => {
    const { ana, bob } = await alone()
    const other = bob.seal(update(bob.client, 0, [setRoot('a', ANY.int(1))]), 1)
    await ana.replica.ingest(bytesOf(bob.next(0), other), PUSHED)
    const again = new ForeignAuthor(namedKey('bob'))
    again.incarnation = 2
    await ana.replica.ingest(bytesOf(again.next(5)), PUSHED)
    expect(ana.replica.read(BOB, 'device')).toEqual({ k5: 5 })
  })

  it('fall back to an older snapshot when the newest one came after the fork', async () => {
    const { ana, bob } = await alone()
    const before = [bob.next(0), bob.snapshot(1), bob.next(1)]
    const other = bob.seal(update(bob.client, bob.clock, [setRoot('evil', ANY.int(1))]), 1)
    const after = [bob.next(2), bob.snapshot(2), bob.next(3)]
    await ana.replica.ingest(bytesOf(...before, ...after), ASKED)
    await ana.replica.ingest(bytesOf(other), ASKED)
    expect(ana.replica.read(BOB, 'device')).toEqual({ n: 1, k1: 1 })
    expect(ana.replica.head({ author: BOB, document: 'device' })).toMatchObject({
      seq: 3,
      snapshotSeq: 2,
      forkSeq: 4,
    })
  })
})
