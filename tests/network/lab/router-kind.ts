import { fullCone } from './kinds/full-cone.ts'
import type { NatKind } from './kinds/nat-kind.ts'
import { noIpv4 } from './kinds/no-ipv4.ts'
import { portRestrictedCone } from './kinds/port-restricted-cone.ts'
import { restrictedCone } from './kinds/restricted-cone.ts'
import { symmetric } from './kinds/symmetric.ts'
import { tcp443Only } from './kinds/tcp-443-only.ts'
import { udpBlocked } from './kinds/udp-blocked.ts'
import { upnp } from './kinds/upnp.ts'

/** What a router does to IPv4. */
export const ipv4Kinds = {
  none: noIpv4,
  'full-cone': fullCone,
  'restricted-cone': restrictedCone,
  'port-restricted-cone': portRestrictedCone,
  symmetric,
  'udp-blocked': udpBlocked,
  'tcp-443-only': tcp443Only,
  upnp,
} as const satisfies Readonly<Record<string, NatKind>>

export type Ipv4Kind = keyof typeof ipv4Kinds

/** IPv6 is never translated: there is none, or only what was asked for comes in, or everything does. */
export type Ipv6Kind = 'none' | 'firewall' | 'open'

export interface RouterOptions {
  readonly ipv4?: Ipv4Kind
  readonly ipv6?: Ipv6Kind
  /** The first three numbers of the LAN's addresses; without it no other LAN of the lab has the same. */
  readonly lan?: string
  /** How long a mapping of UDP outlives its last packet. */
  readonly udpTimeoutS?: number
}
