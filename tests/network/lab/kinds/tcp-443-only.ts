import type { NatKind } from './nat-kind.ts'
import { portRestrictedCone } from './port-restricted-cone.ts'

/**
 * A guest network that lets out nothing but TCP to port 443; all else is lost without a word. It looks at ports only:
 * one that also looks whether TLS is spoken there is not built.
 */
export const tcp443Only: NatKind = {
  translation: portRestrictedCone.translation,
  outgoing: 'tcp dport 443 accept; drop',
}
