import { describe, expect, it } from 'vitest'
import { SignedTrustRecord } from '../../../proto/gen/trust.js'
import { openRecord } from '../../../src/trust/trust-record.ts'
import type { TrustOperation } from '../../../src/trust/trust-operation.ts'
import { DAY_MS, idOf, keyOf, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'
import { bodyOf, rewrite, signBody } from '../../support/trust-bytes.ts'

const malformed = expect.objectContaining({ name: 'TrustError', code: 'MALFORMED' })

describe('a trust record', () => {
  const operations: TrustOperation[] = [
    { kind: 'genesis', name: 'home', owner: idOf('ana'), ownerName: 'laptop' },
    {
      kind: 'admit',
      device: idOf('bob'),
      role: 'operator',
      until: SCENE_MS + DAY_MS,
      name: 'pi',
      invite: 'ab'.repeat(32),
    },
    { kind: 'admit', device: idOf('bob'), role: 'guest', until: SCENE_MS + DAY_MS, name: '‮🦊 <b>' },
    { kind: 'role', device: idOf('bob'), role: 'admin' },
    { kind: 'role', device: idOf('bob'), role: 'guest', until: SCENE_MS },
    { kind: 'revoke', device: idOf('bob'), reason: '' },
    { kind: 'leave' },
    {
      kind: 'invite',
      id: 'cd'.repeat(32),
      role: 'member',
      expiresAt: SCENE_MS,
      uses: 1_000,
      approve: true,
    },
    {
      kind: 'invite',
      id: 'cd'.repeat(32),
      role: 'guest',
      expiresAt: SCENE_MS,
      uses: 1,
      approve: false,
      guestUntil: SCENE_MS,
    },
    { kind: 'cancel', invite: 'cd'.repeat(32) },
    { kind: 'renew', devices: [idOf('bob')], until: SCENE_MS },
    { kind: 'rename', name: 'castle' },
    { kind: 'rekey', commitment: new Uint8Array(32).fill(1) },
  ]
  it.each(operations)('says $kind as it was said', (operation) => {
    const scene = new TrustScene('ana')
    const written = scene.act('ana', operation)
    const opened = openRecord(written.bytes)
    const { record } = opened
    expect(record.operation).toEqual(operation)
    expect(record).toMatchObject({
      author: idOf('ana'),
      seq: 1,
      prev: null,
      heads: [scene.genesis.id],
      network: scene.networkId,
    })
    expect(opened.isSignatureValid()).toBe(true)
  })

  it('of a full renewal fits its bound', () => {
    const scene = new TrustScene('ana')
    const devices = Array.from({ length: 1_500 }, (_, n) => idOf(`device ${n}`))
    const written = scene.act('ana', { kind: 'renew', devices, until: SCENE_MS })
    expect(written.bytes.length).toBeLessThan(64 * 1_024)
  })

  it('says U+FFFD for half a character, which has no bytes of its own', () => {
    const scene = new TrustScene('ana')
    const { operation } = scene.act('ana', { kind: 'rename', name: 'a\ud83e' })
    expect(operation).toEqual({ kind: 'rename', name: 'a\ufffd' })
  })

  it('does not share memory with what was received', () => {
    const received = new TrustScene('ana').genesis.bytes.slice()
    const opened = openRecord(received)
    const { record } = opened
    received.fill(0)
    expect(record.bytes).toEqual(new TrustScene('ana').genesis.bytes)
    expect(opened.isSignatureValid()).toBe(true)
  })

  it('keeps fields of a newer version, and its id with them', () => {
    const { genesis } = new TrustScene('ana')
    const newer = Buffer.concat([bodyOf(genesis.bytes), Buffer.from([0xf8, 0x07, 0x01])]) // field 127, varint 1
    const opened = openRecord(signBody(newer, keyOf('network')))
    const { record } = opened
    expect(record.operation.kind).toBe('genesis')
    expect(record.id).not.toBe(genesis.id)
    expect(opened.isSignatureValid()).toBe(true)
  })

  it('of a kind that only a newer version knows is taken as such', () => {
    const { genesis } = new TrustScene('ana')
    const strange = rewrite(genesis.bytes, keyOf('network'), () => ({ genesis: undefined }))
    expect(openRecord(strange).record.operation).toEqual({ kind: 'unknown' })
  })
})

describe('the id of a record', () => {
  const scene = new TrustScene('ana')

  it('covers the author and every word', () => {
    const one = scene.act(
      'ana',
      { kind: 'rename', name: 'one' },
      { sees: [scene.genesis], prev: null, timeMs: SCENE_MS },
    )
    const other = scene.act(
      'ana',
      { kind: 'rename', name: 'two' },
      { sees: [scene.genesis], prev: null, timeMs: SCENE_MS },
    )
    const byBob = scene.act(
      'bob',
      { kind: 'rename', name: 'one' },
      { sees: [scene.genesis], prev: null, timeMs: SCENE_MS },
    )
    expect(new Set([one.id, other.id, byBob.id]).size).toBe(3)
  })

  it('is not changed by another signature: there is no second record in it', () => {
    const { genesis } = scene
    const signed = SignedTrustRecord.decode(genesis.bytes)
    const resigned = SignedTrustRecord.encode({ body: signed.body, signature: new Uint8Array(64) })
    const opened = openRecord(resigned)
    const { record } = opened
    expect(record.id).toBe(genesis.id)
    expect(opened.isSignatureValid()).toBe(false)
  })
})

describe('what is no trust record', () => {
  const scene = new TrustScene('ana')
  const act = scene.admit('ana', 'bob', 'member')
  const ana = keyOf('ana')

  it.each([
    ['nothing', new Uint8Array(0)],
    ['noise', new Uint8Array(100).fill(0xff)],
    ['a record without its end', act.bytes.subarray(0, -1)],
    ['a record with something after it', Buffer.concat([act.bytes, Buffer.from([0x18, 0x01])])],
    ['a record whose parts are swapped', swapped(act.bytes)],
    ['a record with two bodies', Buffer.concat([act.bytes.subarray(0, -66), act.bytes])],
    [
      'a short signature',
      SignedTrustRecord.encode({ body: bodyOf(act.bytes), signature: new Uint8Array(63) }),
    ],
    [
      'a record of a short network key',
      rewrite(act.bytes, ana, () => ({ network: new Uint8Array(31) })),
    ],
    ['a record of a short author', rewrite(act.bytes, ana, () => ({ author: new Uint8Array(33) }))],
    ['a record number 0', rewrite(act.bytes, ana, () => ({ seq: 0n }))],
    ['a record number 2^63', rewrite(act.bytes, ana, () => ({ seq: 2n ** 63n }))],
    [
      'a first record with a predecessor',
      rewrite(act.bytes, ana, () => ({ prev: new Uint8Array(32) })),
    ],
    ['a second record without one', rewrite(act.bytes, ana, () => ({ seq: 2n }))],
    ['a short head', rewrite(act.bytes, ana, () => ({ heads: [new Uint8Array(31)] }))],
    [
      'heads out of order',
      rewrite(act.bytes, ana, () => ({
        heads: [new Uint8Array(32).fill(2), new Uint8Array(32).fill(1)],
      })),
    ],
    [
      'a head twice',
      rewrite(act.bytes, ana, () => ({ heads: [new Uint8Array(32), new Uint8Array(32)] })),
    ],
    [
      '33 heads',
      rewrite(act.bytes, ana, () => ({
        heads: Array.from({ length: 33 }, (_, n) => new Uint8Array(32).fill(n)),
      })),
    ],
    ['a time after 2100', rewrite(act.bytes, ana, () => ({ timeMs: 4_102_444_800_001n }))],
    [
      'an end after 2100',
      rewrite(act.bytes, ana, (body) => ({ admit: { ...body.admit!, untilMs: 2n ** 63n } })),
    ],
    [
      'a subject of 31 bytes',
      rewrite(act.bytes, ana, (body) => ({
        admit: { ...body.admit!, device: new Uint8Array(31) },
      })),
    ],
    [
      'an invite of 5 bytes',
      rewrite(act.bytes, ana, (body) => ({ admit: { ...body.admit!, invite: new Uint8Array(5) } })),
    ],
    ['an empty name', rewrite(act.bytes, ana, (body) => ({ admit: { ...body.admit!, name: '' } }))],
    [
      'a name of 64 characters',
      rewrite(act.bytes, ana, (body) => ({ admit: { ...body.admit!, name: 'x'.repeat(64) } })),
    ],
    [
      'a name of 10 kB',
      rewrite(act.bytes, ana, (body) => ({
        admit: { ...body.admit!, name: '\u0300'.repeat(5_000) },
      })),
    ],
    [
      'a reason of 201 characters',
      rewrite(act.bytes, ana, () => ({
        admit: undefined,
        revoke: { device: new Uint8Array(32), reason: 'x'.repeat(201) },
      })),
    ],
    [
      'an invite without uses',
      rewrite(act.bytes, ana, () => ({ admit: undefined, invite: invite(0) })),
    ],
    [
      'an invite with 2^32-1 uses',
      rewrite(act.bytes, ana, () => ({ admit: undefined, invite: invite(0xffff_ffff) })),
    ],
    [
      'a renewal of nobody',
      rewrite(act.bytes, ana, () => ({ admit: undefined, renew: { devices: [], untilMs: 1n } })),
    ],
    [
      'a renewal of one device twice',
      rewrite(act.bytes, ana, () => ({
        admit: undefined,
        renew: { devices: [new Uint8Array(32), new Uint8Array(32)], untilMs: 1n },
      })),
    ],
    [
      'a short commitment',
      rewrite(act.bytes, ana, () => ({
        admit: undefined,
        rekey: { commitment: new Uint8Array(20) },
      })),
    ],
  ])('%s', (_, bytes) => {
    expect(() => openRecord(bytes)).toThrow(malformed)
  })

  it('is too large before anything in it is looked at', () => {
    expect(() => openRecord(new Uint8Array(64 * 1_024 + 1))).toThrow(
      expect.objectContaining({ code: 'TOO_LARGE' }),
    )
  })
})

function invite(uses: number) {
  const role = 'ROLE_MEMBER' as never
  return { id: new Uint8Array(32), role, expiresMs: 1n, uses, approve: false, guestUntilMs: 0n }
}

function swapped(bytes: Uint8Array): Uint8Array {
  const signature = bytes.subarray(-66)
  return Buffer.concat([signature, bytes.subarray(0, -66)])
}
