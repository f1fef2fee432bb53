import type { NatKind } from './nat-kind.ts'

/**
 * Linux as it comes, and most home routers with it: endpoint-independent mapping, filtering by address and port.
 * True: a socket has one port outside, the same as inside, for all targets, and only those it wrote to get in.
 * Not true: when two machines of the LAN write to one target from the same port, the second gets another port for that
 * target only; by the book it would have to be another one for all.
 */
export const portRestrictedCone: NatKind = {
  translation: () => `
    chain source {
      type nat hook postrouting priority srcnat; policy accept;
      oifname "wan" meta nfproto ipv4 masquerade
    }`,
  outgoing: 'accept',
}
