import { networkInterfaces } from 'node:os'
import type { InterfaceSnapshot } from '../../src/discovery/interface-watch.ts'

/** The machine's addresses now, loopback left out. */
export function readInterfaces(): InterfaceSnapshot {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter((address) => !address.internal)
      .map((address) => `${name} ${address.cidr ?? address.address}`),
  )
}
