/** What has ports; each rule has to say so before it may speak of them. */
const PORTS = 'meta l4proto { tcp, udp }'

/**
 * A mapping that is the same for all targets, which nftables does not know by itself: maps remember what the first
 * packet of a socket got, and whatever comes later in either direction is translated by them. The port outside is
 * drawn at random, so that nobody may take it for the one inside.
 *
 * True: one port outside per socket inside for all targets, for several machines of the LAN, for UDP and TCP; kept
 * alive by packets that go out, not by those that come in (RFC 4787, REQ-5 and REQ-6).
 * Not true: two connections whose first packets pass at the very same moment may get two ports. And when packets only
 * come in, on a connection that the kernel tracks, they pass for as long as that lives, even when the map has
 * forgotten it.
 */
export function endpointIndependent(
  timeoutS: number,
  incoming: { readonly sets: string; readonly learn: string; readonly filter: string },
): string {
  const timing = `flags dynamic,timeout; timeout ${timeoutS}s; size 65535;`
  return `
    map outside {
      type inet_proto . ipv4_addr . inet_service : ipv4_addr . inet_service; ${timing}
    }
    map inside {
      type inet_proto . inet_service : ipv4_addr . inet_service; ${timing}
    }
    ${incoming.sets && `set ${incoming.sets}; ${timing} }`}
    chain source {
      type nat hook postrouting priority srcnat; policy accept;
      oifname "wan" snat ip to meta l4proto . ip saddr . th sport map @outside
      oifname "wan" meta nfproto ipv4 masquerade random,fully-random
    }
    chain learn {
      type filter hook postrouting priority srcnat + 50; policy accept;
      oifname "wan" meta nfproto ipv4 jump learn_mapping
    }
    chain learn_mapping {
      ${PORTS} ct direction original update @outside { meta l4proto . ct original ip saddr . ct original proto-src : ip saddr . th sport }
      ${PORTS} ct direction original update @inside { meta l4proto . th sport : ct original ip saddr . ct original proto-src }
      ${PORTS} ct direction reply update @outside { meta l4proto . ct reply ip saddr . ct reply proto-src : ip saddr . th sport }
      ${PORTS} ct direction reply update @inside { meta l4proto . th sport : ct reply ip saddr . ct reply proto-src }
      ${incoming.learn && `${PORTS} ${incoming.learn}`}
    }
    chain destination {
      type nat hook prerouting priority dstnat; policy accept;
      iifname "wan" ${PORTS} ${incoming.filter} dnat ip to meta l4proto . th dport map @inside
    }`
}
