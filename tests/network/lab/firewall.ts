import type { NatKind } from './kinds/nat-kind.ts'
import type { Ipv6Kind } from './router-kind.ts'

/** The table that a router's program may add to. */
export const TABLE = 'router'

/**
 * All rules of a router: what its kind translates, and a state firewall. What nobody asked for is dropped without an
 * answer, as home routers do; a refusal would also make the kernel remember the attempt and give the next outgoing
 * packet of a hole punch another port. There is no hairpin: what is sent from inside to the outer address ends here.
 */
export function rules(kind: NatKind, ipv6: Ipv6Kind, timeoutS: number): string {
  return `table inet ${TABLE} {
    ${kind.translation(timeoutS)}
    chain input {
      type filter hook input priority filter; policy drop;
      iifname { "lo", "lan" } accept
      ct state established,related accept
      icmp type echo-request accept
      icmpv6 type { echo-request, nd-neighbor-solicit, nd-neighbor-advert } accept
    }
    chain forward {
      type filter hook forward priority filter; policy drop;
      ct state invalid drop
      ct state established,related accept
      ct status dnat accept
      iifname "lan" oifname "wan" meta nfproto ipv4 jump outgoing
      ${ipv6 === 'none' ? '' : 'iifname "lan" oifname "wan" meta nfproto ipv6 accept'}
      ${ipv6 === 'open' ? 'iifname "wan" oifname "lan" meta nfproto ipv6 accept' : ''}
    }
    chain outgoing {
      ${kind.outgoing}
    }
  }`
}
