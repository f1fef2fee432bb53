import type { NatKind } from './nat-kind.ts'

/**
 * Mapping and filtering by address and port: each target sees another port, drawn at random, so that nobody can tell
 * the next one. True of many mobile networks and company firewalls; some of those count ports upwards instead.
 */
export const symmetric: NatKind = {
  translation: () => `
    chain source {
      type nat hook postrouting priority srcnat; policy accept;
      oifname "wan" meta nfproto ipv4 masquerade random,fully-random
    }`,
  outgoing: 'accept',
}
