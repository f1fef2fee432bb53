import type { NatKind } from './nat-kind.ts'
import { portRestrictedCone } from './port-restricted-cone.ts'

/**
 * A port-restricted cone that opens ports to whoever asks for it by UPnP, NAT-PMP or PCP; the asking is answered by
 * miniupnpd (`../miniupnpd.ts`), which writes its rules into these chains.
 */
export const upnp: NatKind = {
  translation: (timeoutS) => `
    ${portRestrictedCone.translation(timeoutS)}
    chain upnp_forward {}
    chain upnp_source {
      type nat hook postrouting priority srcnat - 10; policy accept;
    }
    chain upnp_destination {
      type nat hook prerouting priority dstnat; policy accept;
    }`,
  outgoing: 'accept',
}
