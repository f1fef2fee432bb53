import type { Endpoint, Probe, UdpProbe } from './probe.ts'

/** What RFC 4787 calls them. `blocked`: UDP does not come out at all. */
export type Dependence = 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent'

export interface NatBehaviour {
  readonly mapping: Dependence | 'blocked'
  readonly filtering: Dependence | 'blocked'
  /** The port outside is the one inside. */
  readonly isPortKept: boolean
}

/** Two public machines with two sockets each, as RFC 5780 asks for. */
export interface Observers {
  readonly family: 'udp4' | 'udp6'
  readonly near: Observer
  readonly far: Observer
}

export interface Observer {
  readonly address: string
  readonly sockets: readonly [UdpProbe, UdpProbe]
}

export async function observers(
  near: Probe,
  far: Probe,
  family: Observers['family'] = 'udp4',
): Promise<Observers> {
  const observer = async (probe: Probe): Promise<Observer> => ({
    address: family === 'udp4' ? probe.host.ipv4 : probe.host.ipv6,
    sockets: [await probe.udp(0, family), await probe.udp(0, family)],
  })
  return { family, near: await observer(near), far: await observer(far) }
}

/** How long nothing has to come before it counts as blocked: longer than a neighbour is asked for again, after a second. */
const BLOCKED_AFTER_MS = 2_000

let packets = 0

/** Measures what is between `inside` and the observers by packets alone. */
export async function natBehaviour(inside: Probe, outside: Observers): Promise<NatBehaviour> {
  const socket = await inside.udp(0, outside.family)
  const first = await seenAs(socket, outside.near, 0)
  if (first === undefined) return { mapping: 'blocked', filtering: 'blocked', isPortKept: false }
  const otherPort = await seenAs(socket, outside.near, 1)
  const otherHost = await seenAs(socket, outside.far, 0)
  return {
    mapping: dependence(otherHost?.port === first.port, otherPort?.port === first.port),
    filtering: await filtering(inside, outside),
    isPortKept: first.port === socket.port,
  }
}

/** A new socket writes to one socket of one host; then the others of that host and of another one write back. */
async function filtering(inside: Probe, { family, near, far }: Observers): Promise<Dependence> {
  const socket = await inside.udp(0, family)
  const outside = await seenAs(socket, near, 0)
  if (outside === undefined) return 'address-and-port-dependent'
  await far.sockets[0].send('other host', outside)
  await near.sockets[1].send('other port', outside)
  // Packets of probes do not overtake each other: when this one is in, those before it are in, too, or were dropped.
  await near.sockets[0].send('same port', outside)
  await socket.received('same port')
  const came = new Set(socket.packets.map(({ text }) => text))
  return dependence(came.has('other host'), came.has('other port'))
}

/** As which endpoint the observer sees a socket. */
export async function seenAs(
  socket: UdpProbe,
  { address, sockets }: Observer,
  at: 0 | 1,
): Promise<Endpoint | undefined> {
  const text = `packet ${packets++}`
  await socket.send(text, { address, port: sockets[at].port })
  return (await sockets[at].packet(text, BLOCKED_AFTER_MS))?.from
}

function dependence(isAnyHost: boolean, isAnyPort: boolean): Dependence {
  if (isAnyHost) return 'endpoint-independent'
  return isAnyPort ? 'address-dependent' : 'address-and-port-dependent'
}

/**
 * Whether two sockets can reach each other by packets that each sends to where a third one sees the other. The port of
 * a symmetric router cannot be told to the other side in time: that one must let in any port of the address.
 */
export function isPunchable(one: NatBehaviour, other: NatBehaviour): boolean {
  const isHidden = (from: NatBehaviour, to: NatBehaviour): boolean =>
    from.mapping !== 'endpoint-independent' && to.filtering === 'address-and-port-dependent'
  if (one.mapping === 'blocked' || other.mapping === 'blocked') return false
  return !isHidden(one, other) && !isHidden(other, one)
}
