import type { LabScope } from './lab-scope.ts'
import { Segment } from './segment.ts'

/**
 * Addresses that somebody on the real internet has: those set aside for documentation count as private, and a lab on
 * them would hide what a device does with public ones. Nothing of this leaves the namespaces.
 */
const PUBLIC_IPV4 = '5.5.5'

/**
 * The public net: one segment on which all public hosts and routers have their addresses. What is for an address that
 * nobody has, such as one of a home's network, is lost without a word, as on the real one.
 */
export function makeInternet(scope: LabScope): Segment {
  const ipv6 = scope.nextIpv6Network()
  const range = { ipv4: PUBLIC_IPV4, ipv6 }
  const internet = new Segment(scope, 'internet', range, {
    'ipv4/ip_forward': 1,
    'ipv6/conf/all/forwarding': 1,
    // What lies behind a router goes by way of us for ever, and nobody is told of a shorter one.
    'ipv4/conf/all/send_redirects': 0,
    'ipv4/conf/default/send_redirects': 0,
  })
  const backbone = internet.switch
  backbone.run('sh', '-c', 'echo 0 > /proc/sys/net/ipv6/conf/br0/disable_ipv6')
  backbone.ip(
    `address add ${PUBLIC_IPV4}.1/24 dev br0`,
    `address add ${ipv6}::1/64 dev br0 nodad`,
    'route add blackhole default',
    'route add blackhole ::/0',
  )
  // Two machines on the internet share no cable: neither multicast nor broadcast may pass, but finding neighbours must.
  backbone.nft(
    `table bridge isolation { chain forward {
      type filter hook forward priority 0; policy accept;
      ip daddr { 224.0.0.0/4, 255.255.255.255, ${PUBLIC_IPV4}.255 } drop
      ip6 daddr ff00::/8 icmpv6 type != { nd-neighbor-solicit, nd-neighbor-advert } drop
      ip6 daddr ff00::/8 meta l4proto != icmpv6 drop
    }
    }`,
  )
  internet.gateway = { namespace: backbone, interface: 'br0' }
  return internet
}
