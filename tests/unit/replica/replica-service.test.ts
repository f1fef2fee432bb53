import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from '../../../protocols/replica/codec.ts'
import { PEER_FRAMES_BURST, RANGE_ENVELOPES_MAX } from '../../../protocols/replica/constants.ts'
import { ReplicaMesh } from '../../support/replica-mesh.ts'

const MINUTE_MS = 60_000

async function trio(): Promise<ReplicaMesh> {
  const mesh = new ReplicaMesh()
  for (const name of ['ana', 'bob', 'cleo']) await mesh.add(name)
  return mesh
}

describe('replica service', () => {
  it('shows a change to every connected device at once', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    await mesh.device('ana').replica.write('device', (root) => root.set('ownName', 'laptop'))
    await mesh.settle()
    for (const name of ['bob', 'cleo']) {
      expect(mesh.device(name).replica.read(mesh.device('ana').id, 'device')).toEqual({
        ownName: 'laptop',
      })
    }
  })

  it('sends a change once over each link when everybody sees everybody', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    const before = mesh.sentFrames
    await mesh.device('ana').replica.write('device', (root) => root.set('n', 1))
    await mesh.settle()
    expect(mesh.sentFrames - before).toBe(2)
  })

  it('passes a change on to devices its author does not reach', async () => {
    const mesh = await trio()
    mesh.link('ana', 'bob')
    mesh.link('bob', 'cleo')
    await mesh.settle()
    await mesh.device('ana').replica.write('device', (root) => root.set('n', 1))
    await mesh.settle()
    expect(mesh.device('cleo').replica.read(mesh.device('ana').id, 'device')).toEqual({ n: 1 })
  })

  it('passes a change on to everybody while the topology is unknown', async () => {
    const mesh = await trio()
    mesh.knowsTopology = false
    mesh.linkAll()
    await mesh.settle()
    const before = mesh.sentFrames
    await mesh.device('ana').replica.write('device', (root) => root.set('n', 1))
    await mesh.settle()
    expect(mesh.sentFrames - before).toBe(4)
  })

  it('asks again for what came before the news that its author may write it', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    const [ana, bob] = [mesh.device('ana'), mesh.device('bob')]
    await ana.replica.write('device', (root) => root.set('n', 1))
    mesh.standings.set(ana.id, { isMember: false, role: null })
    await mesh.settle()
    expect(bob.replica.head({ author: ana.id, document: 'device' })).toBeUndefined()
    mesh.standings.set(ana.id, { isMember: true, role: 'member' })
    bob.service.standingsRose()
    await mesh.settle()
    expect(bob.replica.read(ana.id, 'device')).toEqual({ n: 1 })
  })

  it('catches up when devices meet', async () => {
    const mesh = await trio()
    for (const name of ['ana', 'bob', 'cleo']) {
      for (let n = 0; n < 100; n += 1)
        await mesh.device(name).replica.write('device', (root) => root.set('n', n))
    }
    mesh.link('ana', 'bob')
    mesh.link('bob', 'cleo')
    await mesh.settle()
    for (const reader of ['ana', 'bob', 'cleo']) {
      for (const author of ['ana', 'bob', 'cleo']) {
        expect(mesh.device(reader).replica.read(mesh.device(author).id, 'device')).toEqual({
          n: 99,
        })
      }
    }
  })

  it('asks for more than one reply holds until it has everything', async () => {
    const mesh = new ReplicaMesh()
    const ana = await mesh.add('ana', 'owner')
    const bob = await mesh.add('bob')
    const documents = Array.from({ length: 16 }, (_, n) => `annotations.${n.toString(16)}`)
    const note = 'x'.repeat(16_000)
    for (const document of documents) {
      await ana.replica.write(document, (root) => ['a', 'b'].forEach((key) => root.set(key, note)))
      for (let n = 0; n < 40; n += 1) await ana.replica.write(document, (root) => root.set('n', n))
    }
    const ranges: number[] = []
    const receiver = bob.channel.receiver
    bob.channel.receive({
      frame: (from, bytes) => {
        const message = decodeMessage(bytes)
        if (message.kind === 'range') ranges.push(message.envelopes.length)
        return receiver?.frame(from, bytes)
      },
      opened: (peer) => receiver?.opened(peer),
      closed: (peer) => receiver?.closed(peer),
    })
    mesh.link('ana', 'bob')
    await mesh.settle()
    expect(ranges.length).toBeGreaterThan(1)
    expect(Math.max(...ranges)).toBeLessThanOrEqual(RANGE_ENVELOPES_MAX)
    for (const document of documents) {
      const id = { author: ana.id, document }
      expect(bob.replica.head(id)?.hash).toBe(ana.replica.head(id)?.hash)
    }
  })

  it('mends a lost push within a sync period', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    mesh.weather = { copies: () => 0, shuffles: false }
    await mesh.device('ana').replica.write('device', (root) => root.set('n', 1))
    await mesh.settle()
    mesh.weather = { copies: () => 1, shuffles: false }
    await mesh.pass(1.3 * MINUTE_MS)
    expect(mesh.device('cleo').replica.read(mesh.device('ana').id, 'device')).toEqual({ n: 1 })
  })

  it('costs at most one small frame per link and minute when nothing differs', async () => {
    const mesh = await trio()
    await mesh.device('ana').replica.write('device', (root) => root.set('n', 1))
    mesh.linkAll()
    await mesh.settle()
    await mesh.pass(2 * MINUTE_MS)
    const [frames, bytes] = [mesh.sentFrames, mesh.sentBytes]
    await mesh.pass(60 * MINUTE_MS)
    const links = 3
    expect(mesh.sentFrames - frames).toBeLessThanOrEqual(links * 60 * 1.25)
    expect((mesh.sentBytes - bytes) / (mesh.sentFrames - frames)).toBeLessThan(64)
  })

  it('drops and counts the frames of a peer that floods, and still hears the others', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    const { channel } = mesh.device('bob')
    const junk = encodeMessage({ kind: 'range', id: 7, envelopes: [], served: 0 })
    for (let n = 0; n < PEER_FRAMES_BURST * 3; n += 1) channel.send(mesh.device('ana').id, junk)
    await mesh.settle()
    expect(mesh.device('ana').service.drops.overBudget).toBeGreaterThan(PEER_FRAMES_BURST)
    await mesh.device('cleo').replica.write('device', (root) => root.set('n', 1))
    await mesh.settle()
    expect(mesh.device('ana').replica.read(mesh.device('cleo').id, 'device')).toEqual({ n: 1 })
  })

  it('takes no range that it did not ask for', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    const frame = encodeMessage({ kind: 'range', id: 1, envelopes: [], served: 9 })
    mesh.device('bob').channel.send(mesh.device('ana').id, frame)
    await mesh.settle()
    expect(mesh.device('ana').service.drops.unasked).toBe(1)
  })

  it('gives up a want that a peer never answers and asks another one', async () => {
    const mesh = await trio()
    await mesh.device('cleo').replica.write('device', (root) => root.set('n', 1))
    mesh.link('bob', 'cleo')
    await mesh.settle()
    mesh.unlink('bob', 'cleo')
    const swallowed = mesh.device('bob').channel.receiver
    mesh.device('bob').channel.receive({
      frame: (from, frame) => {
        if (frame[0] !== 0x22) return swallowed?.frame(from, frame) // 0x22: want
      },
      opened: (peer) => swallowed?.opened(peer),
      closed: (peer) => swallowed?.closed(peer),
    })
    mesh.link('ana', 'bob')
    await mesh.settle()
    mesh.link('ana', 'cleo')
    await mesh.pass(1.3 * MINUTE_MS)
    expect(mesh.device('ana').replica.read(mesh.device('cleo').id, 'device')).toEqual({ n: 1 })
  })

  it('starts and stops twice, and leaves no timer behind', async () => {
    const mesh = await trio()
    mesh.linkAll()
    const { service } = mesh.device('ana')
    const running = mesh.clock.timers
    await service.stop()
    await service.stop()
    expect(mesh.clock.timers).toBeLessThan(running)
    await service.start()
    await service.start()
    expect(mesh.clock.timers).toBe(running)
  })

  it('goes on where it was after a restart', async () => {
    const mesh = await trio()
    mesh.linkAll()
    await mesh.settle()
    await mesh.device('ana').replica.write('device', (root) => root.set('n', 1))
    await mesh.settle()
    const ana = await mesh.restart('ana')
    await ana.replica.write('device', (root) => root.set('n', 2))
    await mesh.settle()
    expect(mesh.device('bob').replica.read(ana.id, 'device')).toEqual({ n: 2 })
    expect(mesh.device('bob').replica.forks()).toEqual([])
    expect(mesh.device('bob').replica.head({ author: ana.id, document: 'device' })?.clock).toBe(2)
  })
})
