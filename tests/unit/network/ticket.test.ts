import { describe, expect, it } from 'vitest'
import {
  parseTicket,
  ticketQrText,
  ticketText,
  ticketToBytes,
  type InviteTicket,
} from '../../../src/network/ticket.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { keyOf } from '../../support/trust-scene.ts'

const ticket: InviteTicket = {
  networkId: networkIdOf(keyOf('network').publicKey),
  inviter: keyOf('ana').id,
  addresses: ['/ip4/192.168.1.20/tcp/4001', '/ip4/203.0.113.7/tcp/4001', '/ip4/10.0.0.2/tcp/65535'],
  expiresAt: 1_800_000_900_000,
  role: 'member',
  approve: false,
  secret: new Uint8Array(16).fill(9),
}

describe('a ticket', () => {
  it('comes back as it was, from text and from QR', () => {
    expect(parseTicket(ticketText(ticket))).toEqual(ticket)
    expect(parseTicket(ticketQrText(ticket))).toEqual(ticket)
  })

  it('of three IPv4 addresses has 116 bytes, so that its QR code is of version 6', () => {
    expect(ticketToBytes(ticket)).toHaveLength(116)
    expect(ticketQrText(ticket).length).toBeLessThanOrEqual(195) // version 6, level L, alphanumeric
    expect(ticketQrText(ticket)).toMatch(/^ASGARD1B[A-Z2-7]+$/)
    expect(ticketText(ticket)).toMatch(/^asgard1b[a-z2-7]+$/)
  })

  it.each(['owner', 'admin', 'operator', 'member', 'guest'] as const)(
    'carries the role %s and the wish for approval',
    (role) => {
      expect(parseTicket(ticketText({ ...ticket, role, approve: true }))).toEqual({
        ...ticket,
        role,
        approve: true,
      })
    },
  )

  it.each([
    ['/ip6/fe80::1/tcp/4001'],
    ['/dns4/home.example.org/tcp/443'],
    ['/dns/nas.local/udp/4001/quic-v1'],
    [`/ip4/203.0.113.7/tcp/4001/p2p/${keyOf('relay').id}/p2p-circuit`],
    [
      '/ip4/192.168.1.20/udp/9090/webrtc-direct/certhash/uEiAkH5a4DPGKUuOBjYw0CgwjvcJCJMD2K_1aluKR_tpevQ',
    ],
  ])('carries the address %s', (address) => {
    expect(parseTicket(ticketText({ ...ticket, addresses: [address] })).addresses).toEqual([
      address,
    ])
  })

  it('names the inviter once: its id at the end of an address is left out', () => {
    const addresses = [`/ip4/192.168.1.20/tcp/4001/p2p/${ticket.inviter}`]
    expect(parseTicket(ticketText({ ...ticket, addresses })).addresses).toEqual([
      '/ip4/192.168.1.20/tcp/4001',
    ])
  })

  it('may be wrapped over lines, indented and surrounded by blanks', () => {
    const wrapped = ticketText(ticket).replace(/(.{40})/g, '$1\r\n  ')
    expect(parseTicket(`\n\t ${wrapped} \n`)).toEqual(ticket)
  })

  it('has its expiry in whole seconds', () => {
    expect(parseTicket(ticketText({ ...ticket, expiresAt: 1_800_000_900_999 })).expiresAt).toBe(
      1_800_000_900_000,
    )
  })

  it('is decodable for ever: bytes recorded from the first version', () => {
    const recorded = ticketText(ticket)
    expect(recorded).toMatchInlineSnapshot(
      `"asgard1boo4n2nskuyy3sytcjy5payl2evltgyczzy6odlpelkiss5bqwpofaebiwjpdm7r6jr4c5lqpbbfnublgzbrkppflj2sndvwia32fowijbeeqscijbeeqscijbeeqscijnne5lbbrbacmbkabcqda7iiiatfqa4ihayh2ccaebiaaaaqg777smzcylq"`,
    )
  })
})

describe('what is no ticket', () => {
  const good = ticketText(ticket)
  it.each([
    ['nothing', '', 'EMPTY'],
    ['blanks', ' \n\t', 'EMPTY'],
    ['another word', 'hello', 'NOT_A_TICKET'],
    ['a web address', 'https://example.org/asgard1b', 'NOT_A_TICKET'],
    ['the bare name', 'asgard', 'NOT_A_TICKET'],
    ['the bare prefix', 'asgard1', 'TRUNCATED'],
    ['the bare prefix with its base', 'asgard1b', 'TRUNCATED'],
    ['a later version', good.replace('asgard1', 'asgard2'), 'UNKNOWN_VERSION'],
    ['the first half', good.slice(0, 100), 'TRUNCATED'],
    ['a ticket without its last characters', good.slice(0, -8), 'TRUNCATED'],
    ['a ticket with one more character pair', `${good}aa`, 'TYPO'],
    ['a 1 for an l', `${good.slice(0, 50)}1${good.slice(51)}`, 'TYPO'],
    ['a ticket of 10 kB', good + 'a'.repeat(10_000), 'TOO_LONG'],
    ['markup', `${good}<script>`, 'TYPO'],
  ])('%s is refused with its cause', (_, text, code) => {
    expect(() => parseTicket(text)).toThrow(expect.objectContaining({ name: 'TicketError', code }))
  })

  it('is told from a ticket in which any one character is wrong', () => {
    for (let at = 'asgard1b'.length; at < good.length; at++) {
      const wrong = good[at] === 'a' ? 'q' : 'a'
      const typo = good.slice(0, at) + wrong + good.slice(at + 1)
      expect(() => parseTicket(typo), `character ${at}`).toThrow(
        expect.objectContaining({ name: 'TicketError' }),
      )
    }
  })

  it('is told from a ticket in which two neighbours are swapped', () => {
    for (let at = 'asgard1b'.length; at < good.length - 1; at++) {
      if (good[at] === good[at + 1]) continue
      const swapped = good.slice(0, at) + good[at + 1] + good[at] + good.slice(at + 2)
      expect(() => parseTicket(swapped)).toThrow(expect.objectContaining({ name: 'TicketError' }))
    }
  })
})

describe('a ticket is not made', () => {
  it.each([
    ['without an address', []],
    ['with four', ['a', 'b', 'c', 'd'].map((_, i) => `/ip4/10.0.0.${i}/tcp/1`)],
    ['with something else than an address', ['192.168.1.20:4001']],
    ['with an address without a port', ['/ip4/192.168.1.20']],
    ['with an address of a local socket', ['/unix/tmp/socket']],
    ['with a name that a terminal would trip over', ['/dns4/a\u001b[31m.example/tcp/1']],
    ['with an endless name', [`/dns/${'a'.repeat(200)}/tcp/1`]],
  ])('%s', (_, addresses) => {
    expect(() => ticketToBytes({ ...ticket, addresses })).toThrow(
      expect.objectContaining({ code: 'BAD_ADDRESS' }),
    )
  })
})
