import type { NatKind } from './nat-kind.ts'

/** A provider that gives out IPv6 only. */
export const noIpv4: NatKind = { translation: () => '', outgoing: 'drop' }
