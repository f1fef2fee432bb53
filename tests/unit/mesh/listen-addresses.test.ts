import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { listenAddresses } from '../../../node/mesh/listen-addresses.ts'

const LOOPBACK = '127.0.0.1'
const servers: Server[] = []

/** Holds a port, any when none is named. */
function hold(host = LOOPBACK, port = 0): Promise<number> {
  const server = createServer()
  servers.push(server)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
}

async function release(): Promise<void> {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve))
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const port = await hold()
  await release()
  return port
}

describe('where a node listens', () => {
  afterEach(release)

  it('is the port that was wished for', async () => {
    const wished = await freePort()
    expect(await listenAddresses([LOOPBACK], wished, false)).toEqual({
      listen: [`/ip4/127.0.0.1/tcp/${wished}`],
      port: wished,
    })
  })

  it('is another one when somebody holds that, and can be listened on', async () => {
    const wished = await hold()
    const { port, listen } = await listenAddresses([LOOPBACK], wished, false)
    expect(port).not.toBe(wished)
    expect(listen).toEqual([`/ip4/127.0.0.1/tcp/${port}`])
    expect(await hold(LOOPBACK, port)).toBe(port)
  })

  it('is any port when none is wished for', async () => {
    const { port } = await listenAddresses([LOOPBACK], 0, false)
    expect(port).toBeGreaterThan(0)
  })

  it('is on UDP too, on the same port, where WebRTC is wanted', async () => {
    const { port, listen } = await listenAddresses([LOOPBACK], 0, true)
    expect(listen).toEqual([
      `/ip4/127.0.0.1/tcp/${port}`,
      `/ip4/127.0.0.1/udp/${port}/webrtc-direct`,
    ])
  })

  it('is not on an address that this machine does not have', async () => {
    const { listen } = await listenAddresses(['192.0.2.77', LOOPBACK, '2001:db8::77'], 0, false)
    expect(listen).toHaveLength(1)
    expect(listen[0]).toMatch(/^\/ip4\/127\.0\.0\.1\/tcp\/\d+$/)
  })

  it('is nowhere when it has none of them', async () => {
    expect(await listenAddresses(['192.0.2.77'], 4_001, false)).toEqual({ listen: [], port: 4_001 })
  })

  it('is within the range of ports, also at its end', async () => {
    const { port } = await listenAddresses([LOOPBACK], 65_535, false)
    expect(port).toBeGreaterThan(0)
    expect(port).toBeLessThan(65_536)
  })

  it('holds none of the ports that it tried', async () => {
    const { port } = await listenAddresses([LOOPBACK], 0, false)
    expect(await hold(LOOPBACK, port)).toBe(port)
  })
})
