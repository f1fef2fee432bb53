import type { Server } from 'node:http'
import { DoorError } from './door-error.ts'
import { closed, errnoOf, listening } from './listening.ts'

/** How many ports after the wished-for one are tried. */
const PORTS_AFTER = 20

export interface LoopbackDoor {
  readonly port: number
  readonly servers: readonly Server[]
}

/**
 * Listens on both loopback addresses with one port, so that `localhost` means us whichever way it resolves. A port
 * that somebody else holds on either of them is passed over. Port 0 takes any free one.
 */
export async function openLoopbackDoor(
  makeServer: () => Server,
  wishedPort: number,
): Promise<LoopbackDoor> {
  for (let attempt = 0; attempt <= PORTS_AFTER; attempt++) {
    const door = await openBoth(makeServer, wishedPort === 0 ? 0 : wishedPort + attempt)
    if (door !== undefined) return door
  }
  const detail = `no free port from ${wishedPort} to ${wishedPort + PORTS_AFTER}`
  throw new DoorError('NO_FREE_PORT', detail, 'asgard config set api.port PORT')
}

async function openBoth(
  makeServer: () => Server,
  wishedPort: number,
): Promise<LoopbackDoor | undefined> {
  const first = makeServer()
  if ((await listen(first, '127.0.0.1', wishedPort)) !== 'open') return undefined
  const address = first.address()
  const port = typeof address === 'object' && address !== null ? address.port : wishedPort
  const second = makeServer()
  const outcome = await listen(second, '::1', port)
  if (outcome === 'open') return { port, servers: [first, second] }
  if (outcome === 'no-such-address') return { port, servers: [first] }
  await closed(first)
  return undefined
}

async function listen(
  server: Server,
  host: string,
  port: number,
): Promise<'open' | 'taken' | 'no-such-address'> {
  try {
    await listening(server, { host, port, exclusive: true })
    return 'open'
  } catch (error) {
    const code = errnoOf(error)
    if (code === 'EADDRINUSE' || code === 'EACCES') return 'taken'
    if (host === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT'))
      return 'no-such-address'
    throw new DoorError('CANNOT_LISTEN', `cannot listen on ${host} port ${port}`, undefined, {
      cause: error,
    })
  }
}
