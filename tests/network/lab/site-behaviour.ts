import type { NatBehaviour } from './nat-behaviour.ts'
import type { SiteKind } from './site.ts'

const open: NatBehaviour = {
  mapping: 'endpoint-independent',
  filtering: 'endpoint-independent',
  isPortKept: true,
}
const portRestricted: NatBehaviour = { ...open, filtering: 'address-and-port-dependent' }
const blocked: NatBehaviour = { mapping: 'blocked', filtering: 'blocked', isPortKept: false }

/**
 * What each site does to UDP, by the words of RFC 4787; `lab.test.ts` proves it. What IPv6 shows is a firewall without
 * any mapping: the port outside is the one inside.
 */
export const siteBehaviour: Readonly<Record<SiteKind, NatBehaviour>> = {
  public: open,
  'full-cone': { ...open, isPortKept: false },
  'restricted-cone': { ...open, filtering: 'address-dependent', isPortKept: false },
  'port-restricted-cone': portRestricted,
  symmetric: {
    mapping: 'address-and-port-dependent',
    filtering: 'address-and-port-dependent',
    isPortKept: false,
  },
  'udp-blocked': blocked,
  'tcp-443-only': blocked,
  'double-nat': { ...portRestricted, isPortKept: false },
  upnp: portRestricted,
  'ipv6-firewall': portRestricted,
  docker: portRestricted,
}
