import { TrustFrame } from '../../proto/gen/trust_sync.js'
import { ProtocolError } from '../protocol-error.ts'
import { TRUST_HEADS_MAX, TRUST_KEYS_MAX, TRUST_PAGE_MAX_RECORDS } from './constants.ts'

export type TrustMessage =
  | {
      readonly kind: 'frontier'
      readonly heads: readonly Uint8Array[]
      readonly wantedKeys: readonly Uint8Array[]
    }
  | { readonly kind: 'records'; readonly records: readonly Uint8Array[]; readonly more: boolean }
  | { readonly kind: 'group-keys'; readonly keys: readonly Uint8Array[] }

const HASH_BYTES = 32

export function encodeTrust(message: TrustMessage): Uint8Array {
  switch (message.kind) {
    case 'frontier':
      return TrustFrame.encode({
        frontier: { heads: [...message.heads], wantedKeys: [...message.wantedKeys] },
      })
    case 'records':
      return TrustFrame.encode({ records: { records: [...message.records], more: message.more } })
    case 'group-keys':
      return TrustFrame.encode({ groupKeys: { keys: [...message.keys] } })
  }
}

export function decodeTrust(bytes: Uint8Array): TrustMessage {
  let wire: TrustFrame
  try {
    wire = TrustFrame.decode(bytes, {
      limits: {
        frontier: { heads: TRUST_HEADS_MAX, wantedKeys: TRUST_KEYS_MAX },
        records: { records: TRUST_PAGE_MAX_RECORDS },
        groupKeys: { keys: TRUST_KEYS_MAX },
      },
    })
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'trust frame does not decode', { cause })
  }
  if (wire.frontier !== undefined) {
    const { heads, wantedKeys } = wire.frontier
    if ([...heads, ...wantedKeys].some((hash) => hash.length !== HASH_BYTES)) {
      throw new ProtocolError('MALFORMED', 'trust frontier with a hash of a wrong length')
    }
    return { kind: 'frontier', heads, wantedKeys }
  }
  if (wire.records !== undefined) {
    return { kind: 'records', records: wire.records.records, more: wire.records.more }
  }
  if (wire.groupKeys !== undefined) {
    if (wire.groupKeys.keys.some((key) => key.length !== HASH_BYTES)) {
      throw new ProtocolError('MALFORMED', 'group key of a wrong length')
    }
    return { kind: 'group-keys', keys: wire.groupKeys.keys }
  }
  throw new ProtocolError('MALFORMED', 'trust frame of an unknown kind')
}
