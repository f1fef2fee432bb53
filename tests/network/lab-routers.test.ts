import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { missingForLab } from '../support/machine.ts'
import { run } from '../support/processes.ts'
import { DockerHost } from './lab/docker-host.ts'
import { Lab, LAB_MAX_MS } from './lab/lab.ts'
import { observers, seenAs, type Observers } from './lab/nat-behaviour.ts'
import { patience, Probe, type Endpoint, type UdpProbe } from './lab/probe.ts'
import type { Router } from './lab/router.ts'

const missing = missingForLab()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/lab-routers: ${missing}`)

const SILENT_AFTER_MS = 1_000
/** Expiry is looked at by the kernel when it pleases. */
const FORGOTTEN_MAX_MS = 15_000

describe.skipIf(missing !== undefined)('routers of the lab', () => {
  let lab: Lab
  let near: Probe
  let outside: Observers

  beforeAll(async () => {
    lab = new Lab()
    near = new Probe(lab.host('near'))
    outside = await observers(near, new Probe(lab.host('far')))
  }, LAB_MAX_MS)
  afterAll(() => lab[Symbol.asyncDispose]())

  /** Opens a mapping to the first socket of `near`, or keeps it open; what it is. */
  async function mapping(socket: UdpProbe): Promise<Endpoint> {
    const seen = await seenAs(socket, outside.near, 0)
    return seen ?? expect.fail('nothing comes out')
  }

  it.each(['port-restricted-cone', 'symmetric', 'full-cone'] as const)(
    '%s: a reboot forgets mappings and connections',
    async (ipv4) => {
      const router = await lab.router(`${ipv4}-box`, { ipv4 })
      const inside = new Probe(router.host(`${ipv4}-host`))
      const socket = await inside.udp()
      const before = await mapping(socket)
      await outside.near.sockets[0].send('before', before)
      await socket.received('before')
      const to = { address: near.host.ipv4, port: await near.listen() }
      const connected = await inside.connect(to)
      if (connected.outcome !== 'open') return expect.fail(connected.outcome)
      expect(await inside.echo(connected.connection, 'before')).toBe('echoed')

      await router.powerOff()
      expect(await seenAs(socket, outside.near, 0)).toBeUndefined()
      await router.powerOn()
      expect(await inside.echo(connected.connection, 'after', SILENT_AFTER_MS)).toBe('silent')
      await outside.near.sockets[0].send('to the old mapping', before)
      const after = await mapping(socket)
      // Linux gives the same port again where it gives the one that the socket has inside.
      if (ipv4 === 'port-restricted-cone') expect(after).toEqual(before)
      else expect(after).not.toEqual(before)
      await outside.near.sockets[0].send('to the new one', after)
      await socket.received('to the new one')
      expect(socket.packets.map(({ text }) => text)).toEqual(['before', 'to the new one'])
      expect((await inside.connect(to)).outcome).toBe('open')
    },
  )

  it.each(['port-restricted-cone', 'full-cone'] as const)(
    '%s: a mapping that nobody uses is forgotten in time',
    async (ipv4) => {
      const router = await lab.router(`${ipv4}-short`, { ipv4, udpTimeoutS: 3 })
      const socket = await new Probe(router.host(`${ipv4}-quiet`)).udp()
      const before = await mapping(socket)
      await vi.waitFor(
        async () => expect(await knows(router, before.port)).toBe(false),
        FORGOTTEN_MAX_MS,
      )
      await outside.near.sockets[0].send('too late', before)
      await outside.near.sockets[0].send('in time', await mapping(socket))
      await socket.received('in time')
      expect(socket.packets.map(({ text }) => text)).toEqual(['in time'])
    },
  )

  it('another address: the old one is nobody’s, IPv6 of the LAN changes with it', async () => {
    const router = await lab.router('moving', { ipv6: 'open' })
    const host = router.host('moved')
    const inside = new Probe(host)
    const before = { ipv4: router.ipv4, ipv6: host.ipv6, lan: host.ipv4 }
    const port = await near.listen()
    await router.changeAddress()
    expect(host.ipv4).toBe(before.lan)
    expect([router.ipv4, host.ipv6]).not.toContain(before.ipv4)
    const ipv4 = await inside.connect({ address: near.host.ipv4, port })
    expect(ipv4).toMatchObject({ seenAs: { address: router.ipv4 } })
    const ipv6 = await inside.connect({ address: near.host.ipv6, port })
    expect(ipv6).toMatchObject({ seenAs: { address: host.ipv6 } })
    expect(host.ipv6).not.toBe(before.ipv6)
    const inner = await inside.listen()
    expect((await near.connect({ address: host.ipv6, port: inner })).outcome).toBe('open')
    const old = await near.connect({ address: before.ipv6, port: inner }, patience('silent'))
    expect(old.outcome).not.toBe('open')
  })

  describe('with UPnP', () => {
    let router: Router
    let inside: Probe
    let port: number

    beforeAll(async () => {
      router = await lab.router('box', { ipv4: 'upnp' })
      inside = new Probe(router.host('owner'))
      port = await inside.listen()
    })

    const upnpc = async (...args: readonly string[]): Promise<string> => {
      const { stdout } = await run([...inside.host.namespace.prefix, 'upnpc', ...args])
      return stdout
    }
    const gateway = (): string => inside.host.ipv4.replace(/\d+$/, '1')
    const fromOutside = async (expected: 'open' | 'silent'): Promise<void> => {
      const { outcome } = await near.connect({ address: router.ipv4, port }, patience(expected))
      expect(outcome).toBe(expected)
    }

    it('is found by multicast, opens a port, closes it, and forgets it by a reboot', async () => {
      const known = ['-u', `http://${gateway()}:5000/rootDesc.xml`]
      const map = ['-a', inside.host.ipv4, `${port}`, `${port}`, 'TCP', '600']
      await fromOutside('silent')
      expect(await upnpc(...map)).toContain(`external ${router.ipv4}:${port} TCP is redirected`)
      await fromOutside('open')
      expect(await upnpc(...known, '-d', `${port}`, 'TCP')).toContain('returned : 0')
      await fromOutside('silent')
      await upnpc(...known, ...map)
      await fromOutside('open')
      await router.reboot()
      await fromOutside('silent')
      await upnpc(...known, ...map)
      await fromOutside('open')
    })

    it('opens ports to nobody else’s machine', async () => {
      const other = router.host('other').ipv4
      const said = await upnpc('-a', other, '7000', '7000', 'TCP')
      expect(said).toContain('Found valid IGD')
      expect(said).not.toContain('is redirected')
    })

    it('opens a port by NAT-PMP, too', async () => {
      const socket = await inside.udp()
      const answered = await inside.udp()
      // Version 0, map UDP, the port inside, the same outside, for 600 s: RFC 6886, 3.3.
      const port16 = [socket.port >> 8, socket.port & 255]
      const request = [0, 1, 0, 0, ...port16, ...port16, 0, 0, 2, 88]
      await answered.send(String.fromCharCode(...request), { address: gateway(), port: 5_351 })
      const answer = await vi.waitFor(() => answered.packets[0] ?? expect.fail('no answer'))
      const bytes = Buffer.from(answer.text, 'latin1')
      expect([bytes[1], bytes.readUInt16BE(2)]).toEqual([129, 0])
      const { sockets } = outside.far
      await sockets[0].send('mapped', { address: router.ipv4, port: bytes.readUInt16BE(10) })
      await socket.received('mapped')
    })
  })

  it('Docker: multicast does not pass, connections go out, in only by published ports', async () => {
    const home = await lab.router('home')
    const docker = new DockerHost('nas', home.lan)
    const [container, sibling] = [docker.container('app'), docker.container('base')]
    const [neighbour, onHost, inApp, inBase] = [
      home.host('laptop'),
      docker,
      container,
      sibling,
    ].map((host) => new Probe(host)) as [Probe, Probe, Probe, Probe]
    const group = { address: '224.0.0.251', port: 5_353 }
    const listener = async (probe: Probe): Promise<UdpProbe> => {
      const socket = await probe.udp(group.port)
      await socket.joinGroup(group.address)
      return socket
    }
    const laptop = await listener(neighbour)
    const nas = await listener(onHost)
    const app = await listener(inApp)
    const base = await listener(inBase)
    const heard = (socket: UdpProbe): string[] => socket.packets.map(({ text }) => text).sort()

    await laptop.send('laptop', group)
    await app.send('app', group)
    await nas.received('laptop')
    await base.received('app')
    // Sent after those that must not come.
    await nas.send('end', { address: container.ipv4, port: group.port })
    await nas.send('end', { address: neighbour.host.ipv4, port: group.port })
    await app.received('end')
    await laptop.received('end')
    expect(heard(app)).toEqual(['app', 'end'])
    expect(heard(laptop)).toEqual(['end', 'laptop'])

    const [hidden, shown] = [await inApp.listen(), await inApp.listen()]
    docker.publish(container, shown)
    const to = (port: number): Promise<string> =>
      neighbour.connect({ address: docker.ipv4, port }).then(({ outcome }) => outcome)
    expect([await to(shown), await to(hidden)]).toEqual(['open', 'refused'])
    const out = { address: neighbour.host.ipv4, port: await neighbour.listen() }
    expect(await inApp.connect(out)).toMatchObject({ seenAs: { address: docker.ipv4 } })
  })
})

/** Whether a router remembers a mapping to that port of its own. */
async function knows(router: Router, port: number): Promise<boolean> {
  const all = ['conntrack -L -p udp', 'nft list maps'].map((command) =>
    run([...router.namespace.prefix, ...command.split(' ')]),
  )
  return (await Promise.all(all)).some(({ stdout }) => new RegExp(`\\b${port}\\b`).test(stdout))
}
