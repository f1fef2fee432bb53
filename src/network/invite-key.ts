import { createHash } from 'node:crypto'
import { DeviceKey } from '../identity/device-key.ts'
import { networkKeyOf, type NetworkId } from '../identity/network-id.ts'
import { TICKET_SECRET_BYTES } from './ticket.ts'
import { TicketError } from './ticket-error.ts'
import type { InviteId } from '../trust/trust-operation.ts'

const DOMAIN = 'asgard/invite/1\0'

/**
 * The key pair that a ticket's secret stands for. The trust log holds its public half, so any admin can check
 * a joiner's signature, and nobody can join by reading the log. The secret has 128 random bits: no stretching.
 */
export function inviteKeyOf(networkId: NetworkId, secret: Uint8Array): DeviceKey {
  if (secret.length !== TICKET_SECRET_BYTES) {
    throw new TicketError('TRUNCATED', `a ticket's secret has ${TICKET_SECRET_BYTES} bytes`)
  }
  const seed = createHash('sha256')
    .update(DOMAIN)
    .update(networkKeyOf(networkId))
    .update(secret)
    .digest()
  return DeviceKey.fromSeed(new Uint8Array(seed))
}

export function inviteIdOf(networkId: NetworkId, secret: Uint8Array): InviteId {
  return Buffer.from(inviteKeyOf(networkId, secret).publicKey).toString('hex')
}
