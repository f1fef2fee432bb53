import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Topology } from '../../node/api/contract/mesh.ts'
import type { Revocation } from '../../node/api/contract/network.ts'
import type { DeviceProcess } from '../support/device-process.ts'
import { missingForNetwork } from '../support/machine.ts'
import { formNetwork, startDevice } from './lab/device.ts'
import type { Host } from './lab/host.ts'
import { Lab, LAB_MAX_MS } from './lab/lab.ts'
import type { Segment } from './lab/segment.ts'

const missing = missingForNetwork()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/mesh: ${missing}`)

const names = ['ana', 'bob', 'cleo', 'dan', 'eve'] as const
type Name = (typeof names)[number]

/** As the README tells it: found, invite, join; everything by the command line, every device on its own machine. */
describe.skipIf(missing !== undefined)('five machines on one switch', () => {
  let lab: Lab
  let lan: Segment
  const hosts = new Map<Name, Host>()
  const devices = new Map<Name, DeviceProcess>()
  const on = (name: Name): DeviceProcess => devices.get(name)!
  const hostOf = (name: Name): Host => hosts.get(name)!
  const all = (): DeviceProcess[] => [...devices.values()]

  beforeAll(async () => {
    lab = new Lab()
    lan = lab.switch('lan')
    for (const name of names) {
      const host = lan.host(name)
      hosts.set(name, host)
      devices.set(name, await startDevice(host))
    }
    await formNetwork(on('ana'), all().slice(1))
  }, LAB_MAX_MS)
  afterAll(() => lab[Symbol.asyncDispose]())

  it('see each other, all of them', async () => {
    await Promise.all(all().map((device) => untilAlive(device, names)))
  })

  it('suspect and then fail one whose cable is pulled, and take it back by themselves', async () => {
    const id = await idOf('cleo')
    const health = (device: DeviceProcess): unknown[] =>
      device.events.seen
        .filter(({ event }) => event.type === 'device:health' && event.device === id)
        .map(({ event }) => event.data['after'])
    const before = health(on('ana')).length
    onTestFinished(() => hostOf('cleo').link.plug())
    hostOf('cleo').link.unplug()
    await Promise.all((['ana', 'bob'] as const).map((name) => untilHealth(name, 'cleo', 'failed')))
    await untilHealth('cleo', 'ana', 'failed')
    expect(health(on('ana')).slice(before)).toEqual(['suspect', 'failed'])
    hostOf('cleo').link.plug()
    await Promise.all(all().map((device) => untilAlive(device, names)))
  })

  it('show a partition as a fact, from both sides, until it is healed', async () => {
    onTestFinished(() => lan.heal())
    const nameOf = await namesFrom(on('ana'))
    // What the far side last said is all that can be known of it: every link must have been told before the cut.
    const linksOfAll = names.length * (names.length - 1)
    for (const device of all())
      await untilTopology(device, ({ links }) => links.length === linksOfAll)
    lan.partition(
      (['ana', 'bob'] as const).map(hostOf),
      (['cleo', 'dan', 'eve'] as const).map(hostOf),
    )
    for (const name of ['ana', 'eve'] as const) {
      // Device by device is found missing, so other groups may show on the way.
      const { partition } = await untilTopology(on(name), ({ groups }) => {
        const named = groups.map((group) => group.map(nameOf).sort().join())
        return named.sort().join(' | ') === 'ana,bob | cleo,dan,eve'
      })
      expect(partition).toContain('see each other')
    }
    lan.heal()
    for (const name of ['ana', 'eve'] as const) {
      const { partition } = await untilTopology(on(name), ({ groups }) => groups.length === 1)
      expect(partition).toBe('')
    }
    await Promise.all(all().map((device) => untilAlive(device, names)))
  })

  it('shut a revoked one out everywhere, with a receipt from each', async () => {
    const id = await idOf('eve')
    const others = ['ana', 'bob', 'cleo', 'dan'] as const
    await on('ana').json('device', 'revoke', 'eve', '--reason', 'lost', '--yes')
    await Promise.all(
      others.map((name) =>
        on(name).until('eve is gone', ({ devices: seen }) =>
          seen.every((device) => device.id !== id || device.role === null),
        ),
      ),
    )
    await on('eve').until('it was removed', ({ networks }) =>
      networks.some(({ status }) => status === 'removed'),
    )
    const receipts = async (): Promise<string[] | undefined> => {
      const { items } = await on('ana').client.get<{ items: Revocation[] }>(
        '/api/v1/networks/current/revocations',
      )
      const given = items.find(({ device }) => device === id)?.receipts.map(({ name }) => name)
      return given?.length === others.length ? given.sort() : undefined
    }
    expect(await on('ana').events.until(receipts, 20_000)).toEqual([...others])
  })

  it('are as they were after all of them restarted', async () => {
    const kept = ['ana', 'bob', 'cleo', 'dan'] as const
    const before = await Promise.all(kept.map((name) => register(on(name))))
    await Promise.all(kept.map((name) => on(name).down('SIGTERM')))
    await Promise.all(kept.map((name) => on(name).up()))
    await Promise.all(kept.map((name) => untilAlive(on(name), kept)))
    expect(await Promise.all(kept.map((name) => register(on(name))))).toEqual(before)
  })

  const idOf = async (name: Name): Promise<string> => (await on(name).status()).identity.ID

  async function namesFrom(device: DeviceProcess): Promise<(id: string) => string> {
    const { devices: known } = await device.status()
    return (id) => known.find((each) => each.id === id)?.name ?? id
  }

  function untilAlive(device: DeviceProcess, expected: readonly string[]): Promise<unknown> {
    return device.until(
      `${expected.join(', ')} alive`,
      ({ devices: seen }) => {
        const here = seen
          .filter(({ health }) => health === 'alive' || health === 'self')
          .map(({ name }) => name)
        return here.sort().join() === [...expected].sort().join()
      },
      60_000,
    )
  }

  function untilHealth(observer: Name, subject: Name, health: string): Promise<unknown> {
    return on(observer).until(
      `${subject} ${health}`,
      ({ devices: seen }) =>
        seen.some((device) => device.name === subject && device.health === health),
      60_000,
    )
  }

  async function untilTopology(
    device: DeviceProcess,
    matches: (topology: Topology) => boolean,
  ): Promise<Topology> {
    const look = async (): Promise<Topology | undefined> => {
      const topology = await device.client.get<Topology>('/api/v1/networks/current/topology')
      return matches(topology) ? topology : undefined
    }
    const topology = await device.events.until(look, 20_000)
    if (topology !== undefined) return topology
    const last = await device.client.get<Topology>('/api/v1/networks/current/topology')
    return expect.fail(
      `${device.name} still sees ${last.partition}: ${JSON.stringify(last)}\n${device.log()}`,
    )
  }

  /** What a device knows that is no matter of the moment. */
  async function register(device: DeviceProcess): Promise<unknown> {
    const { devices: known, network } = await device.status()
    const facts = known.map(({ id, name, role, note, tags, registeredAt, admittedUntil }) => ({
      id,
      name,
      role,
      note,
      tags,
      registeredAt,
      admittedUntil,
    }))
    return {
      network: network?.id,
      name: network?.name,
      facts: facts.sort((a, b) => a.id.localeCompare(b.id)),
    }
  }
})
