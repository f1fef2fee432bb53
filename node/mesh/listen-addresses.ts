import { createServer } from 'node:net'

/** Ports tried after the wished one when that is taken. */
const TRIES_MAX = 20

/**
 * Multiaddrs to listen on, and the port they have in common. IP versions that this machine does not have are
 * left out; a port that somebody else holds is passed over.
 */
export async function listenAddresses(
  addresses: readonly string[],
  wished: number,
  webrtc: boolean,
): Promise<{ readonly listen: readonly string[]; readonly port: number }> {
  const usable: string[] = []
  for (const address of addresses)
    if ((await tryPort(address, 0)) !== undefined) usable.push(address)
  const port = await freePort(usable, wished)
  const listen = usable.flatMap((address) => {
    const host = address.includes(':') ? `/ip6/${address}` : `/ip4/${address}`
    return [`${host}/tcp/${port}`, ...(webrtc ? [`${host}/udp/${port}/webrtc-direct`] : [])]
  })
  return { listen, port }
}

async function freePort(addresses: readonly string[], wished: number): Promise<number> {
  const [first] = addresses
  if (first === undefined) return wished
  for (let port = wished; wished !== 0 && port < Math.min(wished + TRIES_MAX, 65_536); port++) {
    const results = await Promise.all(addresses.map((address) => tryPort(address, port)))
    if (results.every((result) => result !== undefined)) return port
  }
  return (await tryPort(first, 0)) ?? 0
}

/** The port that was bound for a moment, or undefined when it could not be. */
function tryPort(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ host, port, exclusive: true, ipv6Only: host.includes(':') }, () => {
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : undefined
      server.close(() => resolve(bound))
    })
  })
}
