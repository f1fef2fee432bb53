/**
 * What one kind of router does to IPv4, in the language of nftables. The interfaces are called `wan` and `lan`. The
 * state firewall around it is the same for all (`../firewall.ts`); whatever is translated on its way in passes it.
 */
export interface NatKind {
  /** Maps, sets and chains; empty when nothing is translated. */
  readonly translation: (timeoutS: number) => string
  /** Rules for a new connection from inside, the last one a verdict for all that is left. */
  readonly outgoing: string
}
