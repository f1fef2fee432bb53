import { multiaddr } from '@multiformats/multiaddr'
import type { DeviceId } from '../identity/device-id.ts'
import { TicketError } from './ticket-error.ts'

/** One address: long enough for a relay's address with its peer id, or a WebRTC certificate hash. */
const ADDRESS_MAX_BYTES = 160
const HOSTS = new Set(['ip4', 'ip6', 'dns', 'dns4', 'dns6', 'dnsaddr'])
/** A host name may hold any bytes; nothing that a terminal or a resolver would trip over. */
const PRINTABLE = /^[\x21-\x7e]+$/
const CARRIERS = new Set(['tcp', 'udp'])

/** The inviter's own id at the end of an address is left out: the ticket names it once. */
export function addressToBytes(address: string, inviter: DeviceId): Uint8Array {
  const own = `/p2p/${inviter}`
  let bytes: Uint8Array
  try {
    bytes = multiaddr(address.endsWith(own) ? address.slice(0, -own.length) : address).bytes
  } catch (cause) {
    throw new TicketError('BAD_ADDRESS', `"${address.slice(0, 200)}" is no multiaddr`, { cause })
  }
  addressFromBytes(bytes)
  return bytes
}

/** Only what can be dialled: a host and a port first, whatever follows. */
export function addressFromBytes(bytes: Uint8Array): string {
  if (bytes.length === 0 || bytes.length > ADDRESS_MAX_BYTES) {
    throw new TicketError(
      'BAD_ADDRESS',
      `an address in a ticket has 1 to ${ADDRESS_MAX_BYTES} bytes`,
    )
  }
  let protocols: readonly string[]
  let text: string
  let isCanonical: boolean
  try {
    const address = multiaddr(bytes)
    protocols = address.getComponents().map((component) => component.name)
    text = address.toString()
    isCanonical = PRINTABLE.test(text) && Buffer.compare(multiaddr(text).bytes, bytes) === 0
  } catch (cause) {
    throw new TicketError('BAD_ADDRESS', 'the ticket holds an address of an unknown kind', {
      cause,
    })
  }
  const [host = '', carrier = ''] = protocols
  if (!isCanonical)
    throw new TicketError('BAD_ADDRESS', 'the ticket holds an address that is not well-formed')
  if (!HOSTS.has(host) || !CARRIERS.has(carrier)) {
    throw new TicketError(
      'BAD_ADDRESS',
      `"${text.slice(0, 200)}" is no network address with a port`,
    )
  }
  return text
}
