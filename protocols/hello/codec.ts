import { HelloFrame } from '../../proto/gen/hello.js'
import { ProtocolError } from '../protocol-error.ts'
import { timeToWire } from '../wire-time.ts'
import { HELLO_NONCE_BYTES, HELLO_RECORDS_MAX } from './constants.ts'
import type { HelloMessage, HelloRefusal } from './messages.ts'

const MAC_BYTES = 32

const REFUSALS: ReadonlyMap<HelloRefusal, HelloFrame.Refusal> = new Map([
  ['stranger', HelloFrame.Refusal.STRANGER],
  ['revoked', HelloFrame.Refusal.REVOKED],
  ['review', HelloFrame.Refusal.REVIEW],
  ['expired', HelloFrame.Refusal.EXPIRED],
  ['left', HelloFrame.Refusal.LEFT],
  ['bad-records', HelloFrame.Refusal.BAD_RECORDS],
])
const REFUSAL_WORDS = new Map([...REFUSALS].map(([word, number]) => [number, word]))

function refusalToWire(refusal: HelloRefusal | undefined): HelloFrame.Refusal {
  return (refusal && REFUSALS.get(refusal)) ?? HelloFrame.Refusal.REFUSAL_UNSPECIFIED
}

function verdictFromWire(wire: { accepts: boolean; refusal: HelloFrame.Refusal }) {
  const refusal = REFUSAL_WORDS.get(wire.refusal)
  return { accepts: wire.accepts, ...(refusal !== undefined && { refusal }) }
}

/** Beyond this no clock is meant; the year 2255. */
const TIME_MAX_MS = 9_000_000_000_000n

function timeFromWire(timeMs: bigint): number {
  if (timeMs > TIME_MAX_MS) throw new ProtocolError('MALFORMED', 'a time beyond all clocks')
  return Number(timeMs)
}

export function encodeHello(message: HelloMessage): Uint8Array {
  switch (message.kind) {
    case 'open':
      return HelloFrame.encode({
        open: {
          nonce: message.nonce,
          accepts: message.accepts,
          refusal: refusalToWire(message.refusal),
          timeMs: timeToWire(message.timeMs),
        },
      })
    case 'proof':
      return HelloFrame.encode({ proof: { mac: message.mac } })
    case 'records':
      return HelloFrame.encode({
        records: { records: [...message.records], more: message.more },
      })
    case 'next':
      return HelloFrame.encode({ next: {} })
    case 'verdict':
      return HelloFrame.encode({
        verdict: { accepts: message.accepts, refusal: refusalToWire(message.refusal) },
      })
  }
}

export function decodeHello(bytes: Uint8Array): HelloMessage {
  let wire: HelloFrame
  try {
    wire = HelloFrame.decode(bytes, {
      limits: { records: { records: HELLO_RECORDS_MAX } },
    })
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'hello frame does not decode', { cause })
  }
  if (wire.open !== undefined) {
    if (wire.open.nonce.length !== HELLO_NONCE_BYTES) {
      throw new ProtocolError('MALFORMED', `hello nonce of ${wire.open.nonce.length} bytes`)
    }
    return {
      kind: 'open',
      nonce: wire.open.nonce,
      timeMs: timeFromWire(wire.open.timeMs),
      ...verdictFromWire(wire.open),
    }
  }
  if (wire.proof !== undefined) {
    if (wire.proof.mac.length !== MAC_BYTES) {
      throw new ProtocolError('MALFORMED', 'hello proof of a wrong length')
    }
    return { kind: 'proof', mac: wire.proof.mac }
  }
  if (wire.records !== undefined) {
    return { kind: 'records', records: wire.records.records, more: wire.records.more }
  }
  if (wire.next !== undefined) return { kind: 'next' }
  if (wire.verdict !== undefined) return { kind: 'verdict', ...verdictFromWire(wire.verdict) }
  throw new ProtocolError('MALFORMED', 'hello frame of an unknown kind')
}
