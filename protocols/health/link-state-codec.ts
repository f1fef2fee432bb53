import {
  LinkState as WireLinkState,
  SignedLinkState as WireSigned,
} from '../../proto/gen/health.js'
import { ProtocolError } from '../protocol-error.ts'
import { peerIdFromWire } from './codec.ts'
import {
  LINK_STATE_DOMAIN,
  LINK_STATE_MAX_BYTES,
  LINKS_MAX,
  LOSS_SCALE,
  RTT_MAX_US,
  VIEWS_MAX,
} from './constants.ts'
import type {
  LinkState,
  PathKindText,
  SignedLinkState,
  StatedLink,
  StatedView,
} from './messages.ts'

const SIGNATURE_BYTES = 64
const NETWORK_MAX_CHARS = 128
const DOMAIN = new TextEncoder().encode(LINK_STATE_DOMAIN)

const KINDS: Readonly<Record<PathKindText, WireLinkState.PathKind>> = {
  local: WireLinkState.PathKind.LOCAL,
  direct: WireLinkState.PathKind.DIRECT,
  'hole-punched': WireLinkState.PathKind.HOLE_PUNCHED,
  relayed: WireLinkState.PathKind.RELAYED,
}
const KIND_WORDS = new Map(
  Object.entries(KINDS).map(([word, wire]) => [wire, word as PathKindText]),
)

const HEALTHS: Readonly<Record<StatedView['health'], WireLinkState.Health>> = {
  alive: WireLinkState.Health.ALIVE,
  suspect: WireLinkState.Health.SUSPECT,
  failed: WireLinkState.Health.FAILED,
}
const HEALTH_WORDS = new Map(
  Object.entries(HEALTHS).map(([word, wire]) => [wire, word as StatedView['health']]),
)

/** The bytes that an observer signs. */
export function signedBytesOf(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(DOMAIN.length + payload.length)
  bytes.set(DOMAIN)
  bytes.set(payload, DOMAIN.length)
  return bytes
}

export function encodeSignedLinkState(signed: SignedLinkState): Uint8Array {
  return WireSigned.encode({
    payload: Uint8Array.from(signed.payload),
    signature: Uint8Array.from(signed.signature),
  })
}

export function decodeSignedLinkState(bytes: Uint8Array): SignedLinkState {
  if (bytes.byteLength > LINK_STATE_MAX_BYTES) {
    throw new ProtocolError('TOO_LARGE', `a link-state of ${bytes.byteLength} bytes`)
  }
  const wire = guarded(() => WireSigned.decode(bytes))
  if (wire.signature.length !== SIGNATURE_BYTES || wire.payload.length === 0) {
    throw new ProtocolError('MALFORMED', 'a link-state without payload or signature')
  }
  return { payload: wire.payload, signature: wire.signature }
}

export function encodeLinkState(state: LinkState): Uint8Array {
  return WireLinkState.encode({
    network: state.network,
    observer: state.observer,
    incarnation: state.incarnation,
    seq: state.seq,
    links: state.links.map((link) => ({
      peer: link.peer,
      kind: KINDS[link.kind],
      rttUs:
        link.rttMs === null ? 0 : Math.min(RTT_MAX_US, Math.max(1, Math.round(link.rttMs * 1_000))),
      loss: Math.round(link.loss * LOSS_SCALE),
    })),
    views: state.views.map((view) => ({ device: view.device, health: HEALTHS[view.health] })),
  })
}

export function decodeLinkState(payload: Uint8Array): LinkState {
  const wire = guarded(() =>
    WireLinkState.decode(payload, { limits: { links: LINKS_MAX, views: VIEWS_MAX } }),
  )
  if (wire.network.length > NETWORK_MAX_CHARS)
    throw new ProtocolError('MALFORMED', 'a network id too long')
  const observer = peerIdFromWire(wire.observer)
  const links = wire.links.map((link) => linkFromWire(link, observer))
  const views = wire.views.map(viewFromWire)
  distinct(links.map((link) => link.peer))
  distinct(views.map((view) => view.device))
  return {
    network: wire.network,
    observer,
    incarnation: wire.incarnation,
    seq: wire.seq,
    links,
    views,
  }
}

function linkFromWire(wire: WireLinkState.Link, observer: string): StatedLink {
  const kind = KIND_WORDS.get(wire.kind)
  if (kind === undefined) throw new ProtocolError('MALFORMED', 'a link of no known kind')
  if (wire.peer === observer) throw new ProtocolError('MALFORMED', 'a link of a device to itself')
  if (wire.rttUs > RTT_MAX_US || wire.loss > LOSS_SCALE) {
    throw new ProtocolError('MALFORMED', 'a link with impossible figures')
  }
  return {
    peer: peerIdFromWire(wire.peer),
    kind,
    rttMs: wire.rttUs === 0 ? null : wire.rttUs / 1_000,
    loss: wire.loss / LOSS_SCALE,
  }
}

function viewFromWire(wire: WireLinkState.View): StatedView {
  const health = HEALTH_WORDS.get(wire.health)
  if (health === undefined) throw new ProtocolError('MALFORMED', 'a view that says nothing')
  return { device: peerIdFromWire(wire.device), health }
}

function distinct(ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length)
    throw new ProtocolError('MALFORMED', 'a device is named twice')
}

function guarded<T>(decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    throw new ProtocolError('MALFORMED', 'link-state does not decode', { cause })
  }
}
