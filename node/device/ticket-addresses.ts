import { isPrivate } from '@libp2p/utils'
import { multiaddr } from '@multiformats/multiaddr'
import { addressToBytes } from '../../src/network/ticket-address.ts'
import { TicketError } from '../../src/network/ticket-error.ts'

/** A ticket stays scannable as a QR code in 23 rows of a terminal with this many addresses. */
const ADDRESSES_MAX = 3

/**
 * The addresses that a ticket carries: this device's best two, and one of another admin, so that the ticket
 * works while this device sleeps. The joiner takes whoever answers and can prove to be an admin.
 */
export function ticketAddresses(
  own: readonly string[],
  otherAdmins: readonly (readonly string[])[],
): readonly string[] {
  const best = [...own].filter(isUsable).sort(byUse)
  const others = otherAdmins.flatMap((addresses) =>
    [...addresses].filter(isUsable).sort(byUse).slice(0, 1),
  )
  const chosen = new Set([
    ...best.slice(0, 2),
    ...others.slice(0, 1),
    ...best.slice(2),
    ...others.slice(1),
  ])
  return [...chosen].slice(0, ADDRESSES_MAX)
}

/**
 * WebRTC addresses carry a certificate hash and would not fit. What another device states as its address may be
 * any text, and must not keep this one from making tickets.
 */
function isUsable(address: string): boolean {
  if (/\/(certhash|p2p-circuit|webrtc)/.test(address)) return false
  try {
    addressToBytes(address, '')
    return true
  } catch (err) {
    if (err instanceof TicketError) return false
    throw err
  }
}

function byUse(a: string, b: string): number {
  return rank(a) - rank(b)
}

/** Public IPv4 first: it works from everywhere. Then the LAN; IPv6 and loopback last. */
function rank(address: string): number {
  const isLocal = isPrivate(multiaddr(address))
  if (address.startsWith('/dns')) return 0
  if (/^\/ip4\/127\.|^\/ip6\/::1\//.test(address)) return 5
  if (address.startsWith('/ip6/fe80')) return 6
  return (address.startsWith('/ip4/') ? 1 : 3) + (isLocal ? 1 : 0)
}
