/**
 * Writes trust records and documents as a node does, for as long as it lives, and says each on standard output once
 * it is acknowledged: `trust ID`, `record N`. Made to be killed. Arguments: the store's directory, the device's seed,
 * the network.
 */
import { writeSync } from 'node:fs'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { LevelStore } from '../../src/storage/level-store.ts'
import { openDevice } from './open-device.ts'

const [directory = '', seed = '', networkId = ''] = process.argv.slice(2)
const key = DeviceKey.fromSeed(new Uint8Array(Buffer.from(seed, 'hex')))
const { trust, replica } = await openDevice(await LevelStore.open(directory), key, networkId)
// Synchronously, so that whatever was acknowledged has been said when the kill comes, and nothing else.
const say = (line: string) => writeSync(1, `${line}\n`)
say('open')

async function changeTrust(): Promise<never> {
  for (let n = 0; ; n++) {
    const device = DeviceKey.generate().id
    const nowMs = Date.now()
    const until = nowMs + 86_400_000
    const admitted = await trust.append(
      { kind: 'admit', device, role: 'member', until, name: `d${n}` },
      key,
      nowMs,
    )
    say(`trust ${admitted.id}`)
    const removed = await trust.append({ kind: 'revoke', device, reason: 'test' }, key, nowMs)
    say(`trust ${removed.id}`)
  }
}

async function changeRecord(): Promise<never> {
  const before = Number(replica.read(key.id, 'device')?.['n'] ?? 0)
  for (let n = before + 1; ; n++) {
    // Both in one change: a torn one would show one without the other.
    await replica.write('device', (root) => {
      root.set('n', n)
      root.set('twin', `${n}`.repeat(n % 50))
    })
    say(`record ${n}`)
  }
}

await Promise.all([changeTrust(), changeRecord()])
