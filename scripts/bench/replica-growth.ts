import { DeviceKey } from '../../src/identity/device-key.ts'
import { networkIdOf } from '../../src/identity/network-id.ts'
import { Replica } from '../../src/replica/replica.ts'
import { ManualClock } from '../../tests/support/manual-clock.ts'
import { MemoryStore } from '../../tests/support/memory-store.ts'
import { numberOption, type BenchOptions, type Report } from './support/figure.ts'

const RESTARTS_PER_DAY = 4
const CHANGES_PER_DAY = 20
const DAYS_PER_YEAR = 365
const DAY_MS = 86_400_000

/** Ten years of one device's restarts and changes, compressed: what its record costs the device and each peer. */
export async function run(report: Report, options: BenchOptions = {}): Promise<void> {
  const years = numberOption(options, 'years', 10)
  const clock = new ManualClock()
  const key = DeviceKey.generate()
  const networkId = networkIdOf(DeviceKey.generate().publicKey)
  const standingOf = () => ({ isMember: true, role: 'member' }) as const
  const [own, peers] = [new MemoryStore(), new MemoryStore()]
  const peer = await Replica.open({
    networkId,
    key: DeviceKey.generate(),
    store: peers,
    clock,
    standingOf,
  })
  const yearly: number[] = []
  for (let year = 1; year <= years; year += 1) {
    let peak = 0
    for (let day = 0; day < DAYS_PER_YEAR; day += 1) {
      for (let start = 0; start < RESTARTS_PER_DAY; start += 1) {
        const device = await Replica.open({ networkId, key, store: own, clock, standingOf })
        await live(device, peer, day * RESTARTS_PER_DAY + start)
        clock.advance(DAY_MS / RESTARTS_PER_DAY)
      }
      peak = Math.max(peak, own.bytes)
    }
    yearly.push(peak)
    report({ name: `largest store in year ${year}`, value: peak / 1_024, unit: 'KiB' })
  }
  const [first = 1] = yearly
  const head = peer.head({ author: key.id, document: 'device' })
  const state = await newestState(peers)
  report({ name: `envelopes written in ${years} years`, value: head?.seq ?? 0, unit: 'envelopes' })
  report({
    name: 'growth of the store from the first year to the last',
    value: (yearly.at(-1) ?? 0) / first,
    unit: '×',
    goal: 1.1,
  })
  report({ name: 'Yjs document after it all', value: state / 1_024, unit: 'KiB', goal: 16 })
  report({ name: 'what a peer keeps of it', value: peers.bytes / 1_024, unit: 'KiB', goal: 128 })
}

/** One uptime: the changes of a quarter of a day, seen by a peer as they happen. */
async function live(device: Replica, peer: Replica, round: number): Promise<void> {
  const unlisten = device.listen({
    accepted: ({ envelopes }) => {
      fresh = envelopes.map(({ bytes }) => bytes)
    },
  })
  let fresh: readonly Uint8Array[] = []
  for (let n = 0; n < CHANGES_PER_DAY / RESTARTS_PER_DAY; n += 1) {
    await device.write('device', (root) => {
      root.set('version', `0.${Math.floor(round / 200)}.0`)
      root.set('addresses', [`/ip4/10.0.${round % 250}.${n}/tcp/4001`, '/ip4/192.168.1.7/tcp/4001'])
    })
    await peer.ingest(fresh, { from: device.self, isSolicited: true })
  }
  unlisten()
}

async function newestState(store: MemoryStore): Promise<number> {
  for await (const [key, value] of store.entries('replica/'))
    if (key.includes('/state/')) return value.length
  return 0
}
