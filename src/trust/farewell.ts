import type { Connection } from '@libp2p/interface'
import { lengthPrefixed } from '../../protocols/channel/frames.ts'
import { encodeTrust } from '../../protocols/trust/codec.ts'
import { TRUST_PAGE_MAX_BYTES, TRUST_PROTOCOL } from '../../protocols/trust/constants.ts'
import type { TrustRecord } from './trust-record.ts'

/**
 * Tells a device that was just removed so, on a stream of its own: the channel to it may not be open yet, or no
 * longer. Nobody answers it again, so this is how its owner learns why. Does not reject.
 */
export async function sayFarewell(
  connection: Connection,
  records: readonly TrustRecord[],
  signal: AbortSignal,
): Promise<void> {
  const bytes = records.map((record) => record.bytes)
  if (bytes.reduce((sum, record) => sum + record.length, 0) > TRUST_PAGE_MAX_BYTES) return
  try {
    const stream = await connection.newStream([TRUST_PROTOCOL], {
      signal,
      runOnLimitedConnection: true,
    })
    stream.send(lengthPrefixed(encodeTrust({ kind: 'records', records: bytes, more: false })))
    await stream.close({ signal })
  } catch {
    // it is gone, or does not listen: then it finds out by being refused
  }
}
