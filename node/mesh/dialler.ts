import type { Connection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import type { Clock } from '../../src/clock/clock.ts'
import { deadline } from '../../src/clock/deadline.ts'
import type { AddressBook } from '../../src/discovery/address-book.ts'
import type { DialOutcome } from '../../src/discovery/dial-outcome.ts'
import { Introductions } from '../../src/discovery/introductions.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { Gate } from '../../src/network/gate.ts'
import type { MembershipService } from '../../src/network/membership-service.ts'
import { dialFailure } from '../../src/reach/dial-failure.ts'
import type { Links } from '../../src/reach/links.ts'
import type { Host } from './host.ts'

/** A look-up in the DHT, or a hello to a stranger on the LAN, must not hold up the dials to members. */
const SIDE_DIAL_TIMEOUT_MS = 5_000

/** Of the addresses that a peer names in identify. */
const LISTEN_ADDRESSES_MAX = 16

export interface DiallerComponents {
  readonly host: Host
  readonly gate: Gate
  readonly links: Links
  readonly book: AddressBook
  readonly clock: Clock
  readonly membership: () => MembershipService
}

/** Without the `/p2p/…` at its end. */
export function bareAddress(address: { toString(): string }): string {
  return address.toString().replace(/\/p2p\/[^/]+$/, '')
}

/** Turns addresses into connections that count, and connections into addresses worth keeping. */
export class Dialler {
  readonly #components: DiallerComponents
  readonly #introductions = new Introductions()

  constructor(components: DiallerComponents) {
    this.#components = components
  }

  /** `connected` only when both ends have accepted each other. Does not reject. */
  async dial(device: DeviceId, address: string, signal: AbortSignal): Promise<DialOutcome> {
    const { host, gate, links, membership } = this.#components
    const standing = gate.standing(device)
    if (!standing.accepts && standing.refusal === 'revoked')
      return { outcome: 'denied', detail: 'revoked' }
    if (links.isUp(device)) return { outcome: 'connected', detail: 'by another address' }
    try {
      const target = multiaddr(address.includes('/p2p/') ? address : `${address}/p2p/${device}`)
      // A join, or the other device, may have opened one a moment ago, whose hello is under way.
      const open = host.libp2p
        .getConnections(peerIdFromString(device))
        .find(({ direction, status }) => direction === 'outbound' && status === 'open')
      const connection = open ?? (await host.dial(target, signal))
      const hello = await membership().greet(connection)
      if (links.isUp(device))
        return { outcome: 'connected', detail: connection.remoteAddr.toString() }
      if (hello === undefined)
        return { outcome: 'failed', detail: 'connected, but the hello did not end' }
      const refusal = hello.own.accepts ? hello.theirs.refusal : hello.own.refusal
      return { outcome: 'denied', detail: refusal ?? 'stranger' }
    } catch (err) {
      return dialFailure(err)
    }
  }

  /** A stranger on the LAN: perhaps one of ours that was admitted elsewhere. The hello tells, and names nothing. */
  async introduce(device: DeviceId, address: string): Promise<void> {
    const { gate, links, clock } = this.#components
    const standing = gate.standing(device)
    if (standing.accepts || standing.refusal !== 'stranger' || links.isUp(device)) return
    if (!this.#introductions.isDue(device, clock.monotonic())) return
    await this.dial(device, address, deadline(clock, SIDE_DIAL_TIMEOUT_MS))
  }

  /** Learns the peer's protocols, and where it listens: its record may take longer to arrive than it stays. */
  async identify(connection: Connection): Promise<void> {
    const { host, book } = this.#components
    const { listenAddrs } = await host.identify(connection)
    for (const address of listenAddrs.slice(0, LISTEN_ADDRESSES_MAX)) {
      book.add(connection.remotePeer.toString(), bareAddress(address), 'address-book')
    }
  }

  /** The address at which a ticket found its admin is worth keeping. */
  rememberTicket(connection: Connection): void {
    this.#components.book.add(
      connection.remotePeer.toString(),
      bareAddress(connection.remoteAddr),
      'ticket',
    )
  }

  /** What the members' DHT knows of a device's addresses. */
  async findAddresses(device: DeviceId, signal: AbortSignal): Promise<readonly string[]> {
    const { host, links, clock } = this.#components
    if (host.dht === undefined || links.peers().length === 0) return []
    const limited = AbortSignal.any([signal, deadline(clock, SIDE_DIAL_TIMEOUT_MS)])
    try {
      for await (const event of host.dht.findPeer(peerIdFromString(device), { signal: limited })) {
        if (event.name === 'FINAL_PEER') return event.peer.multiaddrs.map(bareAddress)
      }
    } catch {
      // not found in time: the schedule comes back to it
    }
    return []
  }
}
