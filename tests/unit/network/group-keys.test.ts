import { describe, expect, it } from 'vitest'
import { commitmentOf, GroupKeys, type GroupProof } from '../../../src/network/group-keys.ts'
import { MemoryStore } from '../../support/memory-store.ts'
import { idOf } from '../../support/trust-scene.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)
const commitments = (...bytes: number[]) => bytes.map((byte) => commitmentOf(key(byte)))

async function keysOf(...bytes: number[]): Promise<GroupKeys> {
  const keys = await GroupKeys.open(new MemoryStore())
  for (const byte of bytes) await keys.add(key(byte))
  return keys
}

/** ana proves to bob. */
const proof: GroupProof = {
  prover: idOf('ana'),
  verifier: idOf('bob'),
  proverNonce: key(101),
  verifierNonce: key(102),
}

describe('group keys', () => {
  it('are found by their commitment, and after a restart too', async () => {
    const store = new MemoryStore()
    const keys = await GroupKeys.open(store)
    await keys.add(key(1))
    const reopened = await GroupKeys.open(store.copy())
    for (const each of [keys, reopened]) {
      expect(each.get(commitmentOf(key(1)))).toEqual(key(1))
      expect(each.lacking(commitments(1, 2))).toEqual(commitments(2))
    }
  })

  it('are 32 bytes and never the same', () => {
    const [one, other] = [GroupKeys.generate(), GroupKeys.generate()]
    expect(one).toHaveLength(32)
    expect(Buffer.from(one)).not.toEqual(Buffer.from(other))
  })

  it.each([0, 31, 33])('of %i bytes are not kept', async (length) => {
    const store = new MemoryStore()
    const keys = await GroupKeys.open(store)
    await keys.add(new Uint8Array(length))
    expect(store.size).toBe(0)
    expect(keys.lacking([commitmentOf(new Uint8Array(length))])).toHaveLength(1)
  })

  it('of a wrong length on disk are passed over', async () => {
    const store = new MemoryStore(new Map([['group-key/00', new Uint8Array(5)]]))
    const keys = await GroupKeys.open(store)
    expect(keys.get(commitmentOf(new Uint8Array(5)))).toBeUndefined()
  })

  it('are written once', async () => {
    const store = new MemoryStore()
    const keys = await GroupKeys.open(store)
    await keys.add(key(1))
    await keys.add(key(1))
    expect(store.commits).toBe(1)
  })

  it('of epochs that the trust log no longer keeps are forgotten, on disk too', async () => {
    const store = new MemoryStore()
    const keys = await GroupKeys.open(store)
    for (const byte of [1, 2, 3]) await keys.add(key(byte))
    await keys.keepOnly(commitments(2, 9))
    expect(keys.lacking(commitments(1, 2, 3))).toEqual(commitments(1, 3))
    const reopened = await GroupKeys.open(store)
    expect(reopened.lacking(commitments(1, 2, 3))).toEqual(commitments(1, 3))
    expect(store.size).toBe(1)
  })

  it('are not written when there is nothing to forget', async () => {
    const store = new MemoryStore()
    const keys = await GroupKeys.open(store)
    await keys.add(key(1))
    await keys.keepOnly(commitments(1))
    expect(store.commits).toBe(1)
  })
})

describe('a proof by group key', () => {
  it('convinces whoever holds the key', async () => {
    const mac = (await keysOf(1)).prove(commitmentOf(key(1)), proof)
    expect((await keysOf(1)).verify(mac, commitmentOf(key(1)), proof)).toBe(true)
  })

  it('does not convince by an older key, which a removed device may hold', async () => {
    const mac = (await keysOf(1, 2)).prove(commitmentOf(key(1)), proof)
    expect((await keysOf(1, 2)).verify(mac, commitmentOf(key(2)), proof)).toBe(false)
  })

  it('does not convince whoever holds other keys, or none', async () => {
    const mac = (await keysOf(1)).prove(commitmentOf(key(1)), proof)
    expect((await keysOf(2, 3)).verify(mac, commitmentOf(key(3)), proof)).toBe(false)
    expect((await keysOf()).verify(mac, commitmentOf(key(1)), proof)).toBe(false)
    expect((await keysOf(1)).verify(mac, undefined, proof)).toBe(false)
  })

  it('by a device without the key looks like any other, and convinces nobody', async () => {
    const keys = await keysOf()
    for (const commitment of [commitmentOf(key(1)), undefined]) {
      const mac = keys.prove(commitment, proof)
      expect(mac).toHaveLength(32)
      expect(keys.prove(commitment, proof)).not.toEqual(mac)
      expect((await keysOf(1)).verify(mac, commitmentOf(key(1)), proof)).toBe(false)
    }
  })

  it.each([
    ['passed on to another device', { verifier: idOf('cleo') }],
    ['used by another device', { prover: idOf('cleo') }],
    ['played again to another nonce', { verifierNonce: key(103) }],
    ['with another nonce of its prover', { proverNonce: key(103) }],
    ['sent back to its prover', { prover: proof.verifier, verifier: proof.prover }],
    [
      'sent back with the nonces exchanged',
      {
        prover: proof.verifier,
        verifier: proof.prover,
        proverNonce: proof.verifierNonce,
        verifierNonce: proof.proverNonce,
      },
    ],
  ])('is worth nothing %s', async (_, change) => {
    const mac = (await keysOf(1)).prove(commitmentOf(key(1)), proof)
    expect((await keysOf(1)).verify(mac, commitmentOf(key(1)), { ...proof, ...change })).toBe(false)
  })

  it.each([0, 31, 33])('of %i bytes is worth nothing', async (length) => {
    expect((await keysOf(1)).verify(new Uint8Array(length), commitmentOf(key(1)), proof)).toBe(
      false,
    )
  })

  it('says nothing of the key, nor does the commitment', async () => {
    const mac = (await keysOf(1)).prove(commitmentOf(key(1)), proof)
    expect(mac).toHaveLength(32)
    expect(mac).not.toEqual(key(1))
    expect(Buffer.from(mac)).not.toEqual(Buffer.from(commitmentOf(key(1))))
  })
})
