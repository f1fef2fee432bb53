import { endpointIndependent } from './endpoint-independent.ts'
import type { NatKind } from './nat-kind.ts'

/** Endpoint-independent mapping, filtering by address: a host that a socket wrote to gets in from any of its ports. */
export const restrictedCone: NatKind = {
  translation: (timeoutS) =>
    endpointIndependent(timeoutS, {
      sets: 'contacted { type inet_proto . inet_service . ipv4_addr',
      learn: 'update @contacted { meta l4proto . th sport . ip daddr }',
      filter: 'meta l4proto . th dport . ip saddr @contacted',
    }),
  outgoing: 'accept',
}
