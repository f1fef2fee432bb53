import type { NatKind } from './nat-kind.ts'
import { portRestrictedCone } from './port-restricted-cone.ts'

/** TCP goes out to any port, UDP nowhere; what is refused is lost without a word. */
export const udpBlocked: NatKind = {
  translation: portRestrictedCone.translation,
  outgoing: 'meta l4proto udp drop; accept',
}
