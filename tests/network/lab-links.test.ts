import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingForLab } from '../support/machine.ts'
import type { Host } from './lab/host.ts'
import { namespaces } from './lab/lab-owner.ts'
import { Lab, LAB_MAX_MS } from './lab/lab.ts'
import { patience, Probe, type UdpProbe } from './lab/probe.ts'

const missing = missingForLab()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/lab-links: ${missing}`)

describe.skipIf(missing !== undefined)('links of the lab', () => {
  let lab: Lab
  let ana: Probe
  let bob: Probe
  let port: number

  beforeAll(async () => {
    lab = new Lab()
    ana = new Probe(lab.host('ana'))
    bob = new Probe(lab.host('bob'))
    port = await bob.listen()
  }, LAB_MAX_MS)
  afterAll(() => lab[Symbol.asyncDispose]())

  async function sendNumbers(from: UdpProbe, to: UdpProbe, count: number): Promise<void> {
    for (let number = 0; number < count; number++)
      await from.send(`${number}`, { address: bob.host.ipv4, port: to.port })
  }

  const numbers = (socket: UdpProbe): number[] =>
    socket.packets.filter(({ text }) => text !== 'end').map(({ text }) => Number(text))

  const pair = async (): Promise<[UdpProbe, UdpProbe]> => [await ana.udp(), await bob.udp()]
  const to = (host: Host, at: number) => ({ address: host.ipv4, port: at })
  const inOrder = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)

  it('lose their share of packets, the same ones for the same seed', async () => {
    const runs: number[][] = []
    for (const seed of [1, 1, 2]) {
      const [from, into] = await pair()
      await ana.host.link.impair({ loss: 0.3, seed })
      await sendNumbers(from, into, 200)
      // What comes of these comes after all that came of those.
      while ((await into.packet('end', 20)) === undefined)
        await from.send('end', to(bob.host, into.port))
      runs.push(numbers(into))
    }
    const [one, again, other] = runs as [number[], number[], number[]]
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
    for (const came of runs) {
      expect(came.length).toBeGreaterThan(110)
      expect(came.length).toBeLessThan(170)
      expect(came).toEqual(inOrder(came))
    }
  })

  it('let some packets be overtaken, and lose none by it', async () => {
    const [from, into] = await pair()
    await ana.host.link.impair({ reorder: 0.2, heldBackMs: 20, seed: 3 })
    await sendNumbers(from, into, 100)
    await expect.poll(() => into.packets.length).toBe(100)
    expect(numbers(into)).not.toEqual(inOrder(numbers(into)))
  })

  it('delay both ways, with jitter, in order', async () => {
    await ana.host.link.impair({ delayMs: 100, jitterMs: 50, seed: 4 })
    const [from, into] = await pair()
    const startedAt = performance.now()
    await sendNumbers(from, into, 50)
    await into.received('49')
    expect(performance.now() - startedAt).toBeGreaterThan(50)
    expect(numbers(into)).toEqual(inOrder(numbers(into)))
    await ana.host.link.impair({ delayMs: 100 })
    const connectedAt = performance.now()
    expect((await ana.connect(to(bob.host, port))).outcome).toBe('open')
    // The handshake there, back and there again, and what bob says then.
    expect(performance.now() - connectedAt).toBeGreaterThan(4 * 100)
  })

  it('carry TCP whole when they lose, delay and reorder', async () => {
    await ana.host.link.impair({ loss: 0.02, delayMs: 5, reorder: 0.05, heldBackMs: 10, seed: 5 })
    const connected = await ana.connect(to(bob.host, port))
    if (connected.outcome !== 'open') return expect.fail(connected.outcome)
    expect(await ana.echo(connected.connection, 'x'.repeat(1_000_000), 20_000)).toBe('echoed')
  })

  it('carry nothing, though the cable is in', async () => {
    await ana.host.link.impair({ loss: 1 })
    expect(await ana.connect(to(bob.host, port), patience('silent'))).toEqual({
      outcome: 'silent',
    })
    await ana.host.link.impair({})
    expect((await ana.connect(to(bob.host, port))).outcome).toBe('open')
  })

  it.each(['ana', 'bob'])('are pulled and plugged in again: %s', async (name) => {
    // One of them has a wire in its cable by now, the other one does not.
    const { link } = (name === 'ana' ? ana : bob).host
    const state = (): string => link.namespace.run('cat', `/sys/class/net/${link.name}/carrier`)
    link.unplug()
    expect(state().trim()).toBe('0')
    const silent = await ana.connect(to(bob.host, port), patience('silent'))
    expect(silent.outcome).not.toBe('open')
    link.plug()
    expect(state().trim()).toBe('1')
    expect((await ana.connect(to(bob.host, port))).outcome).toBe('open')
  })

  it('bring another address, and another network', async () => {
    const { host } = bob
    const before = host.ipv4
    host.link.changeAddress()
    expect(host.ipv4).not.toBe(before)
    expect((await ana.connect(to(host, port))).outcome).toBe('open')
    const old = await ana.connect({ address: before, port }, patience('silent'))
    expect(old.outcome).not.toBe('open')
    const router = await lab.router('cafe')
    host.moveTo(router.lan)
    const out = await bob.connect(to(ana.host, await ana.listen()))
    expect(out).toMatchObject({ outcome: 'open', seenAs: { address: router.ipv4 } })
    host.moveTo(lab.internet)
    expect((await ana.connect(to(host, port))).outcome).toBe('open')
  })

  it('pass no multicast on the internet, but on a switch', async () => {
    const group = { address: '224.0.0.251', port: 5_353 }
    const lan = lab.switch('office')
    const [cleo, dan] = [new Probe(lan.host('cleo')), new Probe(lan.host('dan'))]
    const heard = async (from: Probe, by: Probe): Promise<boolean> => {
      const [sender, listener] = [await from.udp(), await by.udp(group.port)]
      await listener.joinGroup(group.address)
      await sender.send('to all', group)
      await sender.send('to one', { address: by.host.ipv4, port: group.port })
      await listener.received('to one')
      return listener.packets.some(({ text }) => text === 'to all')
    }
    expect(await heard(cleo, dan)).toBe(true)
    expect(await heard(ana, bob)).toBe(false)
  })

  it('are parted in groups, and joined again', async () => {
    const lan = lab.switch('hall')
    const hosts = ['eve', 'finn', 'gil'].map((name) => lan.host(name))
    const [eve, finn, gil] = hosts.map((host) => new Probe(host)) as [Probe, Probe, Probe]
    const ports = [await finn.listen(), await gil.listen()] as const
    const eveHears = async (...expected: readonly ('open' | 'silent')[]): Promise<void> => {
      const calls = [to(finn.host, ports[0]), to(gil.host, ports[1])]
      const made = await Promise.all(
        calls.map((call, at) => eve.connect(call, patience(expected[at]!))),
      )
      expect(made.map(({ outcome }) => outcome)).toEqual(expected)
    }
    lan.partition([eve.host, finn.host], [gil.host])
    await eveHears('open', 'silent')
    lan.partition([eve.host, gil.host], [finn.host])
    await eveHears('silent', 'open')
    lan.heal()
    await eveHears('open', 'open')
  })
})

describe.skipIf(missing !== undefined)('what a lab leaves behind', () => {
  const crashes = `
    import { Lab } from './tests/network/lab/lab.ts'
    import { Probe } from './tests/network/lab/probe.ts'
    const lab = new Lab()
    const router = await lab.router('router', { ipv4: 'upnp' })
    await new Probe(router.host('ana')).udp()
    await router.wan.impair({ loss: 0.5 })
    console.log(router.namespace.name)
    process.kill(process.pid, 'SIGKILL')`

  it('is nothing when it ends', async () => {
    // Other tests may have labs at the same time.
    const own = (): string[] =>
      namespaces().filter((name) => name.startsWith(`asgard-lab-${process.pid}-`))
    {
      await using lab = new Lab()
      const router = await lab.router('router', { ipv4: 'upnp' })
      await router.wan.impair({ delayMs: 1 })
      expect(own().length).toBeGreaterThan(4)
    }
    expect(own()).toEqual([])
  })

  it('is swept by the next one when it crashed, with the programs that ran in it', async () => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', crashes], {
      encoding: 'utf8',
    })
    const router = stdout.trim()
    expect(namespaces()).toContain(router)
    await using _ = new Lab()
    const prefix = router.slice(0, router.lastIndexOf('-'))
    expect(namespaces().filter((name) => name.startsWith(prefix))).toEqual([])
  })
})
