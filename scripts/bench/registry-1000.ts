import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { systemClock } from '../../src/clock/system-clock.ts'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { networkIdOf } from '../../src/identity/network-id.ts'
import { emptyState, type TrustState } from '../../src/trust/trust-state.ts'
import { Registry } from '../../src/registry/registry.ts'
import { ReplicaService } from '../../src/replica/replica-service.ts'
import { Replica } from '../../src/replica/replica.ts'
import { LevelStore } from '../../src/storage/level-store.ts'
import { MemoryStore } from '../../tests/support/memory-store.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { PairChannel } from './support/pair-channel.ts'

const NETWORK = networkIdOf(DeviceKey.generate().publicKey)

/** A registry of a thousand devices, real signatures, real disk: start, one change, a fresh device. */
export async function run(report: Report, options: BenchOptions = {}): Promise<void> {
  const count = numberOption(options, 'devices', 1_000)
  const changes = numberOption(options, 'changes', 40)
  const home = await mkdtemp(join(tmpdir(), 'asgard-bench-'))
  try {
    await measure(report, { home, count, changes })
  } finally {
    await rm(home, { recursive: true })
  }
}

interface Setup {
  readonly home: string
  readonly count: number
  readonly changes: number
}

async function measure(report: Report, { home, count, changes }: Setup): Promise<void> {
  const keys = Array.from({ length: count }, () => DeviceKey.generate())
  const [self, author] = keys
  if (self === undefined || author === undefined) throw new RangeError('at least two devices')
  const trust = trustOf(keys)
  const store = await LevelStore.open(join(home, 'full'))
  const full = await openReplica(self, store)
  const authors: Authored[] = []
  for (const [at, key] of keys.entries()) authors.push(await authored(key, changes + (at % 16)))
  for (const { envelopes } of authors)
    await full.ingest(envelopes, { from: self.id, isSolicited: true })
  await store.close()

  const again = await LevelStore.open(join(home, 'full'))
  const heapBefore = heapMegabytes()
  const startedAt = performance.now()
  const replica = await openReplica(self, again)
  const registry = new Registry({ replica, trust, clock: systemClock })
  const listed = registry.filter().length
  report({
    name: `start with ${listed} devices`,
    value: performance.now() - startedAt,
    unit: 'ms',
    goal: 2_000,
  })
  report({
    name: `heap of ${count} devices`,
    value: heapMegabytes() - heapBefore,
    unit: 'MB',
    goal: 64,
  })

  const writer = authors[1]?.replica
  if (writer !== undefined) await measureChanges(report, { writer, replica, registry })
  await measureFresh(report, { home, replica, self, trust })
  registry.close()
  await again.close()
}

/** From the envelope's arrival to the registry's answer, the fsync between them included. */
async function measureChanges(
  report: Report,
  {
    writer,
    replica,
    registry,
  }: { readonly writer: Replica; readonly replica: Replica; readonly registry: Registry },
): Promise<void> {
  const samples: number[] = []
  let arrivedAt = 0
  let fresh: readonly Uint8Array[] = []
  writer.listen({ accepted: ({ envelopes }) => (fresh = envelopes.map(({ bytes }) => bytes)) })
  registry.onChange(() => samples.push(performance.now() - arrivedAt))
  for (let n = 0; n < 200; n += 1) {
    await writer.write('device', (root) => root.set('ownName', `device ${n}`))
    arrivedAt = performance.now()
    await replica.ingest(fresh, { from: writer.self, isSolicited: true })
  }
  report({ name: 'one change applied, p50', value: percentile(samples, 0.5), unit: 'ms', goal: 5 })
  report({ name: 'one change applied, p99', value: percentile(samples, 0.99), unit: 'ms' })
}

async function measureFresh(
  report: Report,
  {
    home,
    replica,
    self,
    trust,
  }: {
    readonly home: string
    readonly replica: Replica
    readonly self: DeviceKey
    readonly trust: ReturnType<typeof trustOf>
  },
): Promise<void> {
  const store = await LevelStore.open(join(home, 'fresh'))
  const key = DeviceKey.generate()
  const fresh = await openReplica(key, store)
  const [ours, theirs] = PairChannel.pair(self.id, key.id)
  const neighboursOf = () => undefined
  const services = [
    new ReplicaService({ channel: ours, clock: systemClock, replica, neighboursOf }),
    new ReplicaService({ channel: theirs, clock: systemClock, replica: fresh, neighboursOf }),
  ]
  const wanted = [...replica.documents()].length
  const startedAt = performance.now()
  const { promise, resolve } = Promise.withResolvers<void>()
  let have = 0
  fresh.listen({
    accepted: ({ id, head }) => {
      if (head.hash === replica.head(id)?.hash) have += 1
      if (have === wanted) resolve()
    },
  })
  for (const service of services) await service.start()
  await promise
  const registry = new Registry({ replica: fresh, trust, clock: systemClock })
  const listed = registry.filter().filter(({ ownName }) => ownName !== '').length
  report({
    name: `fresh device synced with ${listed} devices`,
    value: performance.now() - startedAt,
    unit: 'ms',
    goal: 3_000,
  })
  report({
    name: 'bytes a fresh device receives',
    value: theirs.receivedBytes / 1_024,
    unit: 'KiB',
  })
  registry.close()
  for (const service of services) await service.stop()
  await store.close()
}

interface Authored {
  readonly replica: Replica
  readonly envelopes: readonly Uint8Array[]
}

/** A device's record as it is after some days: its profile and a few changes. */
async function authored(key: DeviceKey, changes: number): Promise<Authored> {
  const replica = await openReplica(key, new MemoryStore())
  const envelopes: Uint8Array[] = []
  const unlisten = replica.listen({
    accepted: (change) => envelopes.push(...change.envelopes.map(({ bytes }) => bytes)),
  })
  await replica.write('device', (root) => {
    root.set('ownName', `device ${key.id.slice(-6)}`)
    root.set('platform', 'linux x64')
    root.set('version', '0.1.0')
    root.set('kind', 'computer')
    root.set('hardware', {
      cpu: 'Some CPU with a long name @ 2.40GHz',
      cores: 8,
      memoryBytes: 16_000_000_000,
    })
    root.set('capabilities', ['dht', 'relay'])
    root.set('registeredAt', systemClock.now())
  })
  for (let n = 0; n < changes; n += 1) {
    await replica.write('device', (root) =>
      root.set('addresses', [`/ip4/10.0.${n}.1/tcp/4001`, '/ip4/192.168.1.7/tcp/4001']),
    )
  }
  unlisten()
  return { replica, envelopes }
}

function openReplica(key: DeviceKey, store: MemoryStore | LevelStore): Promise<Replica> {
  const standingOf = () => ({ isMember: true, role: 'member' }) as const
  return Replica.open({ networkId: NETWORK, key, store, clock: systemClock, standingOf })
}

function trustOf(keys: readonly DeviceKey[]) {
  const members = new Map(
    keys.map(({ id }) => [
      id,
      {
        device: id,
        role: 'member' as const,
        since: 0,
        until: null,
        admittedBy: id,
        name: '',
        invite: null,
        recordId: '',
      },
    ]),
  )
  const state: TrustState = { ...emptyState(NETWORK), members }
  return { state, onChange: () => () => undefined }
}

function heapMegabytes(): number {
  setFlagsFromString('--expose_gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed / 2 ** 20
}
