import { JoinFrame } from '../../proto/gen/join.js'
import { ProtocolError } from '../protocol-error.ts'
import { timeToWire } from '../wire-time.ts'
import {
  JOIN_GROUP_KEYS_MAX,
  JOIN_NAME_MAX_BYTES,
  JOIN_NONCE_BYTES,
  JOIN_PLATFORM_MAX_BYTES,
  JOIN_RECORDS_MAX,
} from './constants.ts'
import type { JoinMessage, JoinRefusal } from './messages.ts'

const KEY_BYTES = 32
const HASH_BYTES = 32
const SIGNATURE_BYTES = 64
const DETAIL_MAX_CHARS = 256

const REASONS: ReadonlyMap<JoinRefusal, JoinFrame.Reason> = new Map([
  ['wrong-network', JoinFrame.Reason.WRONG_NETWORK],
  ['unknown-invite', JoinFrame.Reason.UNKNOWN_INVITE],
  ['expired', JoinFrame.Reason.EXPIRED],
  ['used-up', JoinFrame.Reason.USED_UP],
  ['cancelled', JoinFrame.Reason.CANCELLED],
  ['inviter-removed', JoinFrame.Reason.INVITER_REMOVED],
  ['revoked', JoinFrame.Reason.REVOKED],
  ['denied', JoinFrame.Reason.DENIED],
  ['approval-timeout', JoinFrame.Reason.APPROVAL_TIMEOUT],
  ['not-an-admin', JoinFrame.Reason.NOT_AN_ADMIN],
  ['bad-proof', JoinFrame.Reason.BAD_PROOF],
  ['busy', JoinFrame.Reason.BUSY],
  ['already-member', JoinFrame.Reason.ALREADY_MEMBER],
  ['in-review', JoinFrame.Reason.IN_REVIEW],
  ['bad-name', JoinFrame.Reason.BAD_NAME],
])
const REASON_WORDS = new Map([...REASONS].map(([word, number]) => [number, word]))

export function encodeJoin(message: JoinMessage): Uint8Array {
  switch (message.kind) {
    case 'request':
      return JoinFrame.encode({
        request: {
          network: message.network,
          invite: message.invite,
          commitment: message.commitment,
          name: message.name,
          platform: message.platform,
        },
      })
    case 'challenge':
      return JoinFrame.encode({ challenge: { nonce: message.nonce } })
    case 'answer':
      return JoinFrame.encode({
        answer: { nonce: message.nonce, signature: message.signature },
      })
    case 'pending':
      return JoinFrame.encode({ pending: { waitMs: timeToWire(message.waitMs) } })
    case 'records':
      return JoinFrame.encode({
        records: { records: [...message.records], more: message.more },
      })
    case 'next':
      return JoinFrame.encode({ next: {} })
    case 'admitted':
      return JoinFrame.encode({
        admitted: {
          role: message.role,
          timeMs: timeToWire(message.timeMs),
          groupKeys: [...message.groupKeys],
        },
      })
    case 'refused':
      return JoinFrame.encode({
        refused: {
          reason: REASONS.get(message.reason) ?? JoinFrame.Reason.REASON_UNSPECIFIED,
          detail: message.detail,
          timeMs: timeToWire(message.timeMs),
          expiredAtMs: timeToWire(message.expiredAtMs),
        },
      })
  }
}

export function decodeJoin(bytes: Uint8Array): JoinMessage {
  let wire: JoinFrame
  try {
    wire = JoinFrame.decode(bytes, {
      limits: {
        records: { records: JOIN_RECORDS_MAX },
        admitted: { groupKeys: JOIN_GROUP_KEYS_MAX },
      },
    })
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'join frame does not decode', { cause })
  }
  if (wire.request !== undefined) {
    const { network, invite, commitment, name, platform } = wire.request
    exactly('network', network, KEY_BYTES)
    exactly('invite', invite, KEY_BYTES)
    exactly('commitment', commitment, HASH_BYTES)
    atMost('name', name, JOIN_NAME_MAX_BYTES)
    atMost('platform', platform, JOIN_PLATFORM_MAX_BYTES)
    return { kind: 'request', network, invite, commitment, name, platform }
  }
  if (wire.challenge !== undefined) {
    exactly('nonce', wire.challenge.nonce, JOIN_NONCE_BYTES)
    return { kind: 'challenge', nonce: wire.challenge.nonce }
  }
  if (wire.answer !== undefined) {
    exactly('nonce', wire.answer.nonce, JOIN_NONCE_BYTES)
    exactly('signature', wire.answer.signature, SIGNATURE_BYTES)
    return { kind: 'answer', nonce: wire.answer.nonce, signature: wire.answer.signature }
  }
  if (wire.pending !== undefined)
    return { kind: 'pending', waitMs: milliseconds(wire.pending.waitMs) }
  if (wire.records !== undefined) {
    return { kind: 'records', records: wire.records.records, more: wire.records.more }
  }
  if (wire.next !== undefined) return { kind: 'next' }
  if (wire.admitted !== undefined) {
    for (const key of wire.admitted.groupKeys) exactly('group key', key, KEY_BYTES)
    const { role, timeMs, groupKeys } = wire.admitted
    return { kind: 'admitted', role: role.slice(0, 16), timeMs: milliseconds(timeMs), groupKeys }
  }
  if (wire.refused !== undefined) {
    const reason = REASON_WORDS.get(wire.refused.reason)
    if (reason === undefined)
      throw new ProtocolError('MALFORMED', 'join refusal of an unknown reason')
    return {
      kind: 'refused',
      reason,
      detail: wire.refused.detail.slice(0, DETAIL_MAX_CHARS),
      timeMs: milliseconds(wire.refused.timeMs),
      expiredAtMs: milliseconds(wire.refused.expiredAtMs),
    }
  }
  throw new ProtocolError('MALFORMED', 'join frame of an unknown kind')
}

function exactly(field: string, value: Uint8Array, bytes: number): void {
  if (value.length !== bytes) {
    throw new ProtocolError('MALFORMED', `join ${field} has ${value.length} bytes, not ${bytes}`)
  }
}

function atMost(field: string, value: string, bytes: number): void {
  if (Buffer.byteLength(value) > bytes) {
    throw new ProtocolError('TOO_LARGE', `join ${field} is longer than ${bytes} bytes`)
  }
}

function milliseconds(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new ProtocolError('MALFORMED', 'a time beyond all clocks')
  return Number(value)
}
