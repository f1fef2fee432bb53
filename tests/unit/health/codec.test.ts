import { describe, expect, it } from 'vitest'
import {
  HealthFrame,
  LinkState as WireLinkState,
  SignedLinkState,
} from '../../../proto/gen/health.js'
import { decodeHealth, encodeHealth } from '../../../protocols/health/codec.ts'
import {
  HEALTH_FRAME_MAX_BYTES,
  LINK_STATE_MAX_BYTES,
} from '../../../protocols/health/constants.ts'
import {
  decodeLinkState,
  decodeSignedLinkState,
  encodeLinkState,
  encodeSignedLinkState,
} from '../../../protocols/health/link-state-codec.ts'
import type { HealthMessage, LinkState } from '../../../protocols/health/messages.ts'
import { deviceNumber } from '../../property/health/virtual-mesh.ts'

const [ana, bob] = [deviceNumber(1), deviceNumber(2)]

const messages: readonly HealthMessage[] = [
  { kind: 'ping', seq: 0, strain: 0 },
  { kind: 'ping', seq: 4_294_967_295, strain: 8 },
  { kind: 'pong', seq: 7, strain: 3, nowMs: 1_800_000_000_000 },
  { kind: 'ask', device: ana },
  { kind: 'answer', device: ana, sight: { kind: 'heard', ageMs: 200 } },
  { kind: 'answer', device: ana, sight: { kind: 'silent' } },
  { kind: 'answer', device: ana, sight: { kind: 'no-link' } },
  { kind: 'suspicion', device: ana },
  { kind: 'link-states', signed: [Uint8Array.of(1, 2), Uint8Array.of(3)] },
  { kind: 'goodbye' },
]

describe('health frames', () => {
  it.each(messages)('$kind survives the wire', (message) => {
    expect(decodeHealth(encodeHealth(message))).toEqual(message)
  })

  it('a ping has a few bytes', () => {
    expect(encodeHealth({ kind: 'ping', seq: 1_000, strain: 0 }).length).toBeLessThanOrEqual(8)
  })

  it('refuses what is no frame, names a device badly, says nothing or is too large', () => {
    const refusals: readonly (readonly [Uint8Array, string])[] = [
      [new Uint8Array(), 'UNEXPECTED_FRAME'],
      [Uint8Array.of(0xff, 0xff, 0xff), 'MALFORMED'],
      [new Uint8Array(HEALTH_FRAME_MAX_BYTES + 1), 'TOO_LARGE'],
      [HealthFrame.encode({ ask: { device: '' } }), 'MALFORMED'],
      [HealthFrame.encode({ ask: { device: `${ana}x` } }), 'MALFORMED'],
      [
        HealthFrame.encode({
          suspicion: { device: 'QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N' },
        }),
        'MALFORMED',
      ],
      [
        HealthFrame.encode({
          answer: { device: ana, sight: HealthFrame.Sight.SIGHT_UNSPECIFIED, ageMs: 0 },
        }),
        'MALFORMED',
      ],
      [
        HealthFrame.encode({
          answer: { device: ana, sight: HealthFrame.Sight.HEARD, ageMs: 60_001 },
        }),
        'MALFORMED',
      ],
      [HealthFrame.encode({ pong: { seq: 1, strain: 0, nowMs: 2n ** 63n } }), 'MALFORMED'],
      [HealthFrame.encode({ linkStates: { signed: [new Uint8Array()] } }), 'TOO_LARGE'],
      [
        HealthFrame.encode({ linkStates: { signed: [new Uint8Array(LINK_STATE_MAX_BYTES + 1)] } }),
        'TOO_LARGE',
      ],
      [
        HealthFrame.encode({
          linkStates: { signed: Array.from({ length: 65 }, () => new Uint8Array(1)) },
        }),
        'MALFORMED',
      ],
    ]
    for (const [bytes, code] of refusals) {
      expect(() => decodeHealth(bytes)).toThrow(expect.objectContaining({ code }))
    }
  })

  it('caps a strain beyond the scale', () => {
    expect(decodeHealth(HealthFrame.encode({ ping: { seq: 1, strain: 4_000_000 } }))).toMatchObject(
      { strain: 8 },
    )
  })
})

const state: LinkState = {
  network: 'bnetwork',
  observer: ana,
  incarnation: 1_800_000_000_000n,
  seq: 3n,
  links: [
    { peer: bob, kind: 'relayed', rttMs: 0.345, loss: 0.02 },
    { peer: deviceNumber(3), kind: 'local', rttMs: null, loss: 0 },
  ],
  views: [{ device: deviceNumber(4), health: 'failed' }],
}

describe('link-states', () => {
  it('survive the wire', () => {
    expect(decodeLinkState(encodeLinkState(state))).toEqual(state)
    const signed = { payload: encodeLinkState(state), signature: new Uint8Array(64).fill(7) }
    expect(decodeSignedLinkState(encodeSignedLinkState(signed))).toEqual(signed)
  })

  it('are refused when they contradict themselves', () => {
    const wire = WireLinkState.decode(encodeLinkState(state))
    const [link] = wire.links
    const bad: readonly Partial<WireLinkState>[] = [
      { ...wire, observer: 'nobody' },
      { ...wire, network: 'x'.repeat(129) },
      { ...wire, links: [link!, link!] },
      { ...wire, links: [{ ...link!, peer: ana }] },
      { ...wire, links: [{ ...link!, kind: WireLinkState.PathKind.PATH_KIND_UNSPECIFIED }] },
      { ...wire, links: [{ ...link!, rttUs: 60_000_001 }] },
      { ...wire, links: [{ ...link!, loss: 1_001 }] },
      {
        ...wire,
        links: Array.from({ length: 257 }, (_, i) => ({ ...link!, peer: deviceNumber(i + 10) })),
      },
      { ...wire, views: [wire.views[0]!, wire.views[0]!] },
      { ...wire, views: [{ ...wire.views[0]!, health: WireLinkState.Health.HEALTH_UNSPECIFIED }] },
    ]
    for (const partial of bad) {
      expect(() => decodeLinkState(WireLinkState.encode(partial))).toThrow(
        expect.objectContaining({ code: 'MALFORMED' }),
      )
    }
  })

  it('are refused without a whole signature', () => {
    for (const length of [0, 63, 65]) {
      const bytes = SignedLinkState.encode({
        payload: Uint8Array.of(1),
        signature: new Uint8Array(length),
      })
      expect(() => decodeSignedLinkState(bytes)).toThrow(
        expect.objectContaining({ code: 'MALFORMED' }),
      )
    }
  })

  it('of the largest size fit into a frame', () => {
    const largest: LinkState = {
      ...state,
      links: Array.from({ length: 256 }, (_, i) => ({
        peer: deviceNumber(i + 2),
        kind: 'relayed',
        rttMs: 60_000,
        loss: 1,
      })),
      views: Array.from({ length: 256 }, (_, i) => ({
        device: deviceNumber(i + 300),
        health: 'failed',
      })),
    }
    const bytes = encodeSignedLinkState({
      payload: encodeLinkState(largest),
      signature: new Uint8Array(64),
    })
    expect(bytes.length).toBeLessThanOrEqual(LINK_STATE_MAX_BYTES)
    expect(decodeLinkState(decodeSignedLinkState(bytes).payload).links).toHaveLength(256)
  })
})
