import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HelloFrame } from '../../proto/gen/hello.js'
import { JoinFrame } from '../../proto/gen/join.js'
import type { AsgardNode } from '../../node/library.ts'
import { decodeHello } from '../../protocols/hello/codec.ts'
import { HELLO_PROTOCOL } from '../../protocols/hello/constants.ts'
import { decodeJoin } from '../../protocols/join/codec.ts'
import { JOIN_PROTOCOL } from '../../protocols/join/constants.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import { Nodes, isLinked, meshOf, until } from '../support/nodes.ts'
import { expectPromptChange, measureUsualChange } from '../support/prompt.ts'
import { leaks, secretsOf } from '../support/secrets.ts'
import { Stranger, framed } from '../support/stranger.ts'

const RUNS = 10_000

const bytes = fc.uint8Array({ maxLength: 200 })
/** Frames that look right in part: real messages with fields cut, doubled and flipped. */
const helloLike = fc
  .record({
    nonce: bytes,
    accepts: fc.boolean(),
    refusal: fc.integer({ min: 0, max: 9 }),
    mac: bytes,
  })
  .map(({ nonce, accepts, refusal, mac }) =>
    HelloFrame.encode({
      open: { nonce, accepts, refusal: refusal as never, timeMs: 0n },
      proof: { mac },
    } as never),
  )
const joinLike = fc
  .record({
    network: bytes,
    invite: bytes,
    commitment: bytes,
    name: fc.string(),
    platform: fc.string(),
  })
  .map((request) => JoinFrame.encode({ request } as never))
const spoilt = (frames: fc.Arbitrary<Uint8Array>) =>
  fc.tuple(frames, fc.nat(), fc.nat(255), fc.nat()).map(([frame, at, value, length]) => {
    const copy = frame.slice(0, frame.length - (length % 4))
    if (copy.length > 0) copy[at % copy.length] = value
    return copy
  })
const frames = fc.oneof(bytes, helloLike, joinLike, spoilt(helloLike), spoilt(joinLike))

describe('the two doors that are open to strangers', () => {
  it.each([
    ['hello', decodeHello],
    ['join', decodeJoin],
  ])(`decode any frame for %s or refuse it with a code (${RUNS} frames)`, (_name, decode) => {
    fc.assert(
      fc.property(frames, (frame) => {
        try {
          expect(decode(frame).kind).toEqual(expect.any(String))
        } catch (err) {
          expect(err).toBeInstanceOf(ProtocolError)
        }
      }),
      { numRuns: RUNS },
    )
  })

  describe('over the socket', () => {
    const nodes = new Nodes()
    let ana: AsgardNode
    let bob: AsgardNode
    beforeAll(async () => {
      ana = await nodes.found('ana-the-owner')
      bob = await nodes.admitted(ana, 'bob-the-member')
      await until(ana, () => isLinked(ana, bob))
      await measureUsualChange(ana, bob, 'bob-the-member')
    })
    afterAll(() => nodes.end())

    // A broken hello costs the connection, and a host may open 64 a second.
    it.each([
      [HELLO_PROTOCOL, 50],
      [JOIN_PROTOCOL, 300],
    ])(
      '%s takes %i streams of nonsense and says nothing',
      async (protocol, runs) => {
        const eve = await Stranger.start()
        const [address = ''] = meshOf(ana).host.libp2p.getMultiaddrs().map(String)
        let connection = await eve.dial(address)
        for (const [n, each] of fc
          .sample(fc.array(frames, { minLength: 1, maxLength: 4 }), runs)
          .entries()) {
          if (connection.status !== 'open') connection = await eve.dial(address)
          const raw = n % 2 === 0 ? framed(...each) : each
          // What might be the beginning of something gets no answer, as it should; its writer ends it.
          const ending = await eve.knock(connection, protocol, raw, { hangsUp: true })
          expect(ending.bytes.length).toBeLessThan(400)
        }
        expect(leaks(secretsOf(ana, [bob]), eve.heard)).toEqual([])
        await expectPromptChange(ana, bob, 'bob-the-member')
        await eve.stop()
      },
      120_000,
    )
  })
})
