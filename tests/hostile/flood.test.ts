import type { Connection } from '@libp2p/interface'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeHello } from '../../protocols/hello/codec.ts'
import { HELLO_PROTOCOL } from '../../protocols/hello/constants.ts'
import { JOIN_PROTOCOL } from '../../protocols/join/constants.ts'
import { lengthPrefixed } from '../../protocols/channel/frames.ts'
import { encodeMessage } from '../../protocols/replica/codec.ts'
import { REPLICA_PROTOCOL } from '../../protocols/replica/constants.ts'
import { encodeTrust } from '../../protocols/trust/codec.ts'
import { TRUST_PROTOCOL } from '../../protocols/trust/constants.ts'
import { STRANGER_CONNECTIONS_MAX } from '../../src/network/membership-service.ts'
import { CHANNELS, HostileMember, pour } from '../support/hostile-member.ts'
import { Stranger, closeOf } from '../support/stranger.ts'
import { WatchedPair } from '../support/watched-pair.ts'

const CONNECTIONS = 200
/** As many of its own as a host may open in a second, and a second until the next may come. */
const BATCH = 50
const BATCH_MS = 1_100
const MEGABYTE = new Uint8Array(1_048_576).fill(0xff)

describe('a flood', () => {
  let pair: WatchedPair
  let flooders: { stop(): Promise<void> }[]
  beforeEach(async () => {
    flooders = []
    pair = await WatchedPair.start()
  }, 60_000)
  afterEach(async () => {
    await Promise.all(flooders.map((flooder) => flooder.stop()))
    await pair[Symbol.asyncDispose]()
  })

  async function stranger(): Promise<Stranger> {
    const eve = await Stranger.start()
    flooders.push(eve)
    return eve
  }

  it(`of ${CONNECTIONS} strangers' connections leaves a few open, for a short time, and the member undisturbed`, async () => {
    const address = await pair.address()
    const connections: Connection[] = []
    const waves = (async () => {
      while (connections.length < CONNECTIONS) {
        const wave = await Promise.all(
          Array.from({ length: BATCH }, async () =>
            (await stranger()).dial(address).catch(() => undefined),
          ),
        )
        connections.push(...wave.flatMap((connection) => connection ?? []))
        await pair.pingP90(Math.ceil(BATCH_MS / 50)) // which takes as long as the next wave has to wait
        const open = connections.filter(({ status }) => status === 'open').length
        expect(open).toBeLessThanOrEqual(STRANGER_CONNECTIONS_MAX)
      }
    })()
    await Promise.all([waves, pair.expectUnharmed()])
    await Promise.all(connections.map(closeOf))
    await pair.expectUnharmed()
  }, 120_000)

  it('of data behind a hello that does not end fills no memory', async () => {
    const address = await pair.address()
    const strangers = await Promise.all(Array.from({ length: 8 }, stranger))
    const connections = await Promise.all(strangers.map((eve) => eve.dial(address)))
    await Promise.all(
      connections.map(async (connection) => {
        const hello = await connection.newStream([HELLO_PROTOCOL])
        const open = encodeHello({
          kind: 'open',
          nonce: new Uint8Array(32),
          accepts: false,
          refusal: 'stranger',
          timeMs: 0,
        })
        hello.send(lengthPrefixed(open))
        const protocols = [
          '/ipfs/ping/1.0.0',
          '/asgard/kad/1.0.0',
          '/meshsub/1.2.0',
          ...CHANNELS,
          HELLO_PROTOCOL,
          JOIN_PROTOCOL,
        ]
        const streams = protocols.flatMap((protocol) =>
          Array.from({ length: 30 }, () => connection.newStream([protocol])),
        )
        for (const opened of await Promise.allSettled(streams)) {
          if (opened.status !== 'fulfilled') continue
          for (let n = 0; n < 9 && opened.value.writeStatus === 'writable'; n++) {
            try {
              opened.value.send(MEGABYTE)
            } catch {
              break // refused meanwhile, as it should be
            }
          }
        }
      }),
    )
    await pair.expectUnharmed()
    await Promise.all(connections.map(closeOf))
    await pair.expectUnharmed()
  }, 120_000)

  describe('by a member', () => {
    let mallory: HostileMember
    beforeEach(async () => {
      mallory = await HostileMember.join(await pair.ticket())
      flooders.push(mallory)
    })

    it('of 1,000 streams, each with the beginning of a frame that never ends', async () => {
      const beginning = Uint8Array.of(0x80, 0x80, 0x40, 1, 2, 3) // says that a megabyte follows
      const streams = Array.from({ length: 1_000 }, async (_, n) => {
        const stream = await mallory.open(CHANNELS[n % CHANNELS.length] ?? TRUST_PROTOCOL)
        stream.send(beginning)
      })
      await Promise.allSettled(streams)
      await pair.expectUnharmed()
    }, 60_000)

    it('of questions whose answers it never reads', async () => {
      for (const protocol of CHANNELS) {
        await mallory.stranger.node.handle(protocol, (stream) => stream.pause(), { force: true })
      }
      const everything = encodeTrust({ kind: 'frontier', heads: [], wantedKeys: [] })
      const different = encodeMessage({ kind: 'summary', root: new Uint8Array(32) })
      await Promise.all([
        mallory.say(
          TRUST_PROTOCOL,
          Array.from({ length: 20_000 }, () => everything),
        ),
        mallory.say(
          REPLICA_PROTOCOL,
          Array.from({ length: 20_000 }, () => different),
        ),
      ])
      await pair.expectUnharmed()
    }, 60_000)

    it('of frames of the largest size', async () => {
      const large = new Uint8Array(1_000_000).fill(0x0a)
      const streams = await Promise.all(CHANNELS.map((protocol) => mallory.open(protocol)))
      await Promise.all(
        streams.map((stream) =>
          pour(
            stream,
            Array.from({ length: 60 }, () => large),
          ),
        ),
      )
      await pair.expectUnharmed()
    }, 60_000)
  })
})
