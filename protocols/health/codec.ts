import { HealthFrame } from '../../proto/gen/health.js'
import { ProtocolError } from '../protocol-error.ts'
import { timeToWire } from '../wire-time.ts'
import {
  ANSWER_AGE_MAX_MS,
  HEALTH_FRAME_MAX_BYTES,
  LINK_STATE_MAX_BYTES,
  LINK_STATES_PER_FRAME_MAX,
  STRAIN_MAX,
} from './constants.ts'
import type { HealthMessage, PeerIdText, Sight } from './messages.ts'

const PEER_ID = /^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$/

export function encodeHealth(message: HealthMessage): Uint8Array {
  switch (message.kind) {
    case 'ping':
      return HealthFrame.encode({ ping: { seq: message.seq, strain: message.strain } })
    case 'pong': {
      const { seq, strain, nowMs } = message
      return HealthFrame.encode({ pong: { seq, strain, nowMs: timeToWire(nowMs) } })
    }
    case 'ask':
      return HealthFrame.encode({ ask: { device: message.device } })
    case 'answer':
      return HealthFrame.encode({
        answer: { device: message.device, ...sightToWire(message.sight) },
      })
    case 'suspicion':
      return HealthFrame.encode({ suspicion: { device: message.device } })
    case 'link-states':
      return HealthFrame.encode({
        linkStates: { signed: message.signed.map((bytes) => Uint8Array.from(bytes)) },
      })
    case 'goodbye':
      return HealthFrame.encode({ goodbye: {} })
  }
}

export function decodeHealth(bytes: Uint8Array): HealthMessage {
  if (bytes.byteLength > HEALTH_FRAME_MAX_BYTES) {
    throw new ProtocolError('TOO_LARGE', `a health frame of ${bytes.byteLength} bytes`)
  }
  const wire = parse(bytes)
  if (wire.ping !== undefined)
    return { kind: 'ping', seq: wire.ping.seq, strain: strainOf(wire.ping) }
  if (wire.pong !== undefined) {
    const { seq, nowMs } = wire.pong
    if (nowMs > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new ProtocolError('MALFORMED', 'a pong from beyond the end of time')
    }
    return { kind: 'pong', seq, strain: strainOf(wire.pong), nowMs: Number(nowMs) }
  }
  if (wire.ask !== undefined) return { kind: 'ask', device: peerIdFromWire(wire.ask.device) }
  if (wire.answer !== undefined) {
    return {
      kind: 'answer',
      device: peerIdFromWire(wire.answer.device),
      sight: sightFromWire(wire.answer),
    }
  }
  if (wire.suspicion !== undefined) {
    return { kind: 'suspicion', device: peerIdFromWire(wire.suspicion.device) }
  }
  if (wire.linkStates !== undefined) {
    const { signed } = wire.linkStates
    if (signed.some((state) => state.byteLength === 0 || state.byteLength > LINK_STATE_MAX_BYTES)) {
      throw new ProtocolError('TOO_LARGE', 'a link-state that is empty or too large')
    }
    return { kind: 'link-states', signed }
  }
  if (wire.goodbye !== undefined) return { kind: 'goodbye' }
  throw new ProtocolError('UNEXPECTED_FRAME', 'a health frame of no known kind')
}

export function peerIdFromWire(text: string): PeerIdText {
  if (!PEER_ID.test(text)) throw new ProtocolError('MALFORMED', 'not an Ed25519 peer id')
  return text
}

function parse(bytes: Uint8Array): HealthFrame {
  try {
    return HealthFrame.decode(bytes, {
      limits: { linkStates: { signed: LINK_STATES_PER_FRAME_MAX } },
    })
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'health frame does not decode', { cause })
  }
}

function strainOf(wire: { readonly strain: number }): number {
  return Math.min(wire.strain, STRAIN_MAX)
}

function sightToWire(sight: Sight): { sight: HealthFrame.Sight; ageMs: number } {
  switch (sight.kind) {
    case 'heard':
      return { sight: HealthFrame.Sight.HEARD, ageMs: Math.max(0, Math.round(sight.ageMs)) }
    case 'silent':
      return { sight: HealthFrame.Sight.SILENT, ageMs: 0 }
    case 'no-link':
      return { sight: HealthFrame.Sight.NO_LINK, ageMs: 0 }
  }
}

function sightFromWire(wire: { readonly sight: HealthFrame.Sight; readonly ageMs: number }): Sight {
  switch (wire.sight) {
    case HealthFrame.Sight.HEARD:
      if (wire.ageMs > ANSWER_AGE_MAX_MS)
        throw new ProtocolError('MALFORMED', 'an answer about long ago')
      return { kind: 'heard', ageMs: wire.ageMs }
    case HealthFrame.Sight.SILENT:
      return { kind: 'silent' }
    case HealthFrame.Sight.NO_LINK:
      return { kind: 'no-link' }
    default:
      throw new ProtocolError('MALFORMED', 'an answer that says nothing')
  }
}
