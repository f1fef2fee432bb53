import { describe, expect, it } from 'vitest'
import {
  encodeLinkState,
  encodeSignedLinkState,
  signedBytesOf,
} from '../../../protocols/health/link-state-codec.ts'
import type { LinkState } from '../../../protocols/health/messages.ts'
import { DeviceKey, verifySignature } from '../../../src/identity/device-key.ts'
import { publicKeyOf } from '../../../src/identity/device-id.ts'
import { LinkStateGate, type GateVerdict } from '../../../src/topology/link-state-gate.ts'
import { LinkStateTable } from '../../../src/topology/link-state-table.ts'

const [ana, bob, mallory, zoe] = Array.from({ length: 4 }, (_, i) =>
  DeviceKey.fromSeed(new Uint8Array(32).fill(i + 1)),
) as [DeviceKey, DeviceKey, DeviceKey, DeviceKey]

function stated(key: DeviceKey, partial: Partial<LinkState> = {}, signer = key): Uint8Array {
  const state: LinkState = {
    network: 'home',
    observer: key.id,
    incarnation: 1n,
    seq: 1n,
    links: [],
    views: [],
    ...partial,
  }
  const payload = encodeLinkState(state)
  return encodeSignedLinkState({ payload, signature: signer.sign(signedBytesOf(payload)) })
}

class Bench {
  readonly table = new LinkStateTable()
  checks = 0
  readonly gate = new LinkStateGate({
    self: ana.id,
    network: 'home',
    table: this.table,
    verify: (device, bytes, signature) => {
      this.checks++
      return verifySignature(publicKeyOf(device), bytes, signature)
    },
    isMember: (device) => [ana.id, bob.id, mallory.id].includes(device),
  })

  take(bytes: Uint8Array, nowMs = 0): string {
    const verdict: GateVerdict = this.gate.judge(mallory.id, bytes, nowMs)
    if (verdict.kind === 'news') this.table.put(verdict.state, verdict.canonical, nowMs, nowMs)
    return verdict.kind === 'refused' ? verdict.code : verdict.kind
  }
}

describe('LinkStateGate', () => {
  it('takes a member’s own word, also from the mouth of another', () => {
    expect(new Bench().take(stated(bob))).toBe('news')
  })

  it('refuses what the observer has not signed', () => {
    const bench = new Bench()
    expect(bench.take(stated(bob, {}, mallory))).toBe('FORGED')
    expect(bench.table.get(bob.id)).toBeUndefined()
  })

  it('takes no changed byte of a statement for news, and passes on no byte that was added around it', () => {
    const bytes = stated(bob, { links: [{ peer: mallory.id, kind: 'local', rttMs: 1, loss: 0 }] })
    const variants = Array.from(bytes, (_, i) => {
      const changed = Uint8Array.from(bytes)
      changed[i]! ^= 1
      return changed
    })
    variants.push(Uint8Array.from([...bytes, 0xf8, 0x01, 0x01]))
    for (const variant of variants) {
      const verdict = new Bench().gate.judge(mallory.id, variant, 0)
      if (verdict.kind === 'news') expect(verdict.canonical).toEqual(bytes)
    }
  })

  it('refuses a statement signed without the domain', () => {
    const payload = encodeLinkState({
      network: 'home',
      observer: bob.id,
      incarnation: 1n,
      seq: 1n,
      links: [],
      views: [],
    })
    expect(new Bench().take(encodeSignedLinkState({ payload, signature: bob.sign(payload) }))).toBe(
      'FORGED',
    )
  })

  it('refuses a statement made for another network', () => {
    expect(new Bench().take(stated(bob, { network: 'work' }))).toBe('WRONG_NETWORK')
  })

  it('refuses a stranger', () => {
    expect(new Bench().take(stated(zoe))).toBe('NOT_A_MEMBER')
  })

  it('keeps the newest: a replay changes nothing and costs no signature check', () => {
    const bench = new Bench()
    const [old, now] = [stated(bob, { seq: 1n }), stated(bob, { seq: 2n })]
    expect(bench.take(old)).toBe('news')
    expect(bench.take(now)).toBe('news')
    for (let i = 0; i < 1_000; i++)
      expect([bench.take(old), bench.take(now)]).toEqual(['older', 'known'])
    expect(bench.take(stated(bob, { seq: 9n, incarnation: 0n }))).toBe('older')
    expect(bench.checks).toBe(2)
    expect(bench.table.get(bob.id)?.state.seq).toBe(2n)
  })

  it('refuses what does not decode or is too large', () => {
    const bench = new Bench()
    expect(bench.take(new Uint8Array(5))).toBe('MALFORMED')
    expect(bench.take(new Uint8Array(50_000))).toBe('TOO_LARGE')
    expect(
      bench.take(
        encodeSignedLinkState({ payload: Uint8Array.of(1), signature: new Uint8Array(64) }),
      ),
    ).toBe('MALFORMED')
  })

  it('takes at most ten statements a second of one observer, after a burst of twenty', () => {
    const bench = new Bench()
    const outcomes = Array.from({ length: 50 }, (_, i) =>
      bench.take(stated(bob, { seq: BigInt(i + 1) })),
    )
    expect(outcomes.filter((outcome) => outcome === 'news')).toHaveLength(20)
    expect(outcomes.at(-1)).toBe('RATE_LIMITED')
    expect(bench.take(stated(bob, { seq: 100n }), 1_000)).toBe('news')
  })

  it('checks a bounded number of forged signatures of one neighbour', () => {
    const bench = new Bench()
    const forged = stated(bob, {}, mallory)
    for (let i = 0; i < 6_000; i++) bench.take(forged)
    expect(bench.checks).toBe(4_096)
    expect(bench.take(forged)).toBe('RATE_LIMITED')
    expect(bench.gate.judge(bob.id, stated(bob), 0).kind).toBe('news')
  })
})
