import { createHash } from 'node:crypto'
import { base32 } from 'multiformats/bases/base32'
import { deviceIdOf, publicKeyOf, type DeviceId } from '../identity/device-id.ts'
import { networkIdOf, networkKeyOf, type NetworkId } from '../identity/network-id.ts'
import { ROLES, type Role } from '../trust/role.ts'
import { addressFromBytes, addressToBytes } from './ticket-address.ts'
import { TicketError } from './ticket-error.ts'

/** What a joining device needs. Whoever holds it may use the invite: it is a secret until it is used or has expired. */
export interface InviteTicket {
  readonly networkId: NetworkId
  readonly inviter: DeviceId
  /** Multiaddrs of the inviter or of another way to it, 1 to 3. */
  readonly addresses: readonly string[]
  /** Whole seconds, in ms since 1970. */
  readonly expiresAt: number
  /** The highest role that the invite admits to. */
  readonly role: Role
  /** Whether a person has to approve, comparing confirmation words. */
  readonly approve: boolean
  readonly secret: Uint8Array
}

export const TICKET_SECRET_BYTES = 16
export const TICKET_ADDRESSES_MAX = 3
/** Characters of text that are looked at; the longest legal ticket has fewer. */
const TEXT_MAX_CHARS = 1_024

/** The digit is the version; what follows is multibase base32, `b` lower or `B` upper case. */
const TEXT_FORM = /^asgard(\d*)(b?)([a-z2-7]*)$/
const PREFIX = 'asgard1'

const KEY_BYTES = 32
const CHECKSUM_BYTES = 4
const CHECKSUM_DOMAIN = 'asgard/ticket/1\0'
/** network, inviter, secret, expiry in s, flags; then addresses, each after its length; then the checksum. */
const EXPIRY_AT = 2 * KEY_BYTES + TICKET_SECRET_BYTES
const FLAGS_AT = EXPIRY_AT + 4
const HEAD_BYTES = FLAGS_AT + 1
/** Flags: bits 0–2 role, bit 3 approve, bits 4–5 number of addresses, bits 6–7 zero. */
const APPROVE_FLAG = 0b1000
const ADDRESSES_SHIFT = 4
const RESERVED_FLAGS = 0b1100_0000

/** Lower case, for copying. Throws BAD_ADDRESS for addresses that do not fit. */
export function ticketText(ticket: InviteTicket): string {
  return PREFIX + base32.encode(ticketToBytes(ticket))
}

/** Upper case: QR's alphanumeric mode. 116 bytes (three IPv4 addresses) give 194 characters and fit version 6. */
export function ticketQrText(ticket: InviteTicket): string {
  return ticketText(ticket).toUpperCase()
}

/** Takes both forms, and white space anywhere, as mail programs and terminals wrap lines. */
export function parseTicket(text: string): InviteTicket {
  if (text.length > TEXT_MAX_CHARS)
    throw new TicketError('TOO_LONG', `a ticket has at most ${TEXT_MAX_CHARS} characters`)
  const compact = text.replace(/\s+/g, '').toLowerCase()
  if (compact === '') throw new TicketError('EMPTY', 'no ticket given')
  const form = TEXT_FORM.exec(compact)
  if (form === null) {
    if (!compact.startsWith('asgard'))
      throw new TicketError('NOT_A_TICKET', 'a ticket starts with "asgard1b"')
    throw new TicketError(
      'TYPO',
      'a ticket has only the letters a-z and the digits 2-7 after "asgard1b"',
    )
  }
  const [, version, base, payload] = form
  if (version === '') throw new TicketError('NOT_A_TICKET', 'a ticket starts with "asgard1b"')
  if (version !== '1')
    throw new TicketError(
      'UNKNOWN_VERSION',
      `this is a ticket of version ${version}; this program knows version 1`,
    )
  if (base === '')
    throw new TicketError(payload === '' ? 'TRUNCATED' : 'TYPO', 'a ticket starts with "asgard1b"')
  return ticketFromBytes(payloadToBytes(payload ?? ''))
}

export function ticketToBytes(ticket: InviteTicket): Uint8Array {
  const { addresses, secret } = ticket
  if (addresses.length < 1 || addresses.length > TICKET_ADDRESSES_MAX) {
    throw new TicketError('BAD_ADDRESS', `a ticket carries 1 to ${TICKET_ADDRESSES_MAX} addresses`)
  }
  if (secret.length !== TICKET_SECRET_BYTES) {
    throw new TicketError('TRUNCATED', `a ticket's secret has ${TICKET_SECRET_BYTES} bytes`)
  }
  const head = new Uint8Array(HEAD_BYTES)
  head.set(networkKeyOf(ticket.networkId))
  head.set(publicKeyOf(ticket.inviter), KEY_BYTES)
  head.set(secret, 2 * KEY_BYTES)
  new DataView(head.buffer).setUint32(EXPIRY_AT, Math.floor(ticket.expiresAt / 1_000))
  head[FLAGS_AT] =
    ROLES.indexOf(ticket.role) |
    (ticket.approve ? APPROVE_FLAG : 0) |
    (addresses.length << ADDRESSES_SHIFT)
  const parts: Uint8Array[] = [head]
  for (const address of addresses) {
    const bytes = addressToBytes(address, ticket.inviter)
    parts.push(Uint8Array.of(bytes.length), bytes)
  }
  const content = Buffer.concat(parts)
  return new Uint8Array(Buffer.concat([content, checksumOf(content)]))
}

export function ticketFromBytes(bytes: Uint8Array): InviteTicket {
  const content = checkedContent(bytes)
  const flags = content[FLAGS_AT] ?? 0
  const role = ROLES[flags & 0b111]
  if ((flags & RESERVED_FLAGS) !== 0 || role === undefined) {
    throw new TicketError('UNKNOWN_VERSION', 'the ticket was made by a newer version')
  }
  const addresses: string[] = []
  let at = HEAD_BYTES
  for (let left = (flags >> ADDRESSES_SHIFT) & 0b11; left > 0; left--) {
    const end = at + 1 + (content[at] ?? 0)
    if (end > content.length)
      throw new TicketError('TRUNCATED', 'the ticket ends within an address')
    addresses.push(addressFromBytes(content.subarray(at + 1, end)))
    at = end
  }
  if (addresses.length === 0 || at !== content.length) {
    throw new TicketError(
      'BAD_ADDRESS',
      `a ticket carries 1 to ${TICKET_ADDRESSES_MAX} addresses and nothing after them`,
    )
  }
  return {
    networkId: networkIdOf(content.slice(0, KEY_BYTES)),
    inviter: deviceIdOf(content.slice(KEY_BYTES, 2 * KEY_BYTES)),
    secret: content.slice(2 * KEY_BYTES, EXPIRY_AT),
    expiresAt: new DataView(content.buffer, content.byteOffset).getUint32(EXPIRY_AT) * 1_000,
    role,
    approve: (flags & APPROVE_FLAG) !== 0,
    addresses,
  }
}

function payloadToBytes(payload: string): Uint8Array {
  try {
    return base32.decode(`b${payload}`)
  } catch (cause) {
    // The characters are legal, so the last ones are cut off or wrong.
    const padded = payload.padEnd(Math.ceil(payload.length / 8) * 8, 'a')
    const rest = base32.decode(`b${padded}`).subarray(0, Math.floor((payload.length * 5) / 8))
    throw brokenTicket(rest, { cause })
  }
}

/** A checksum that fails says "typo", unless there are too few bytes for what the ticket says it holds. */
function checkedContent(bytes: Uint8Array): Uint8Array {
  const content = bytes.subarray(0, -CHECKSUM_BYTES)
  const checksum = bytes.subarray(-CHECKSUM_BYTES)
  const isWhole = bytes.length >= HEAD_BYTES + CHECKSUM_BYTES
  if (!isWhole || !checksumOf(content).every((byte, i) => byte === checksum[i]))
    throw brokenTicket(bytes)
  return content
}

function brokenTicket(bytes: Uint8Array, options?: ErrorOptions): TicketError {
  return bytes.length < statedLength(bytes)
    ? new TicketError('TRUNCATED', 'the ticket is incomplete', options)
    : new TicketError('TYPO', 'some character of the ticket is wrong or missing', options)
}

/** How long the ticket would be if what can be read of it is right. */
function statedLength(bytes: Uint8Array): number {
  let at = HEAD_BYTES
  for (let left = ((bytes[FLAGS_AT] ?? 0) >> ADDRESSES_SHIFT) & 0b11; left > 0; left--)
    at += 1 + (bytes[at] ?? 0)
  return at + CHECKSUM_BYTES
}

function checksumOf(content: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(CHECKSUM_DOMAIN)
    .update(content)
    .digest()
    .subarray(0, CHECKSUM_BYTES)
}
