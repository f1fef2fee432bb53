import type { DeviceKey } from '../../../src/identity/device-key.ts'
import type { VirtualDisk } from './virtual-disk.ts'
import type { WallClock } from './virtual-process.ts'

/** `off`: the machine. `stopped`: only the process. */
export type Power = 'on' | 'stopped' | 'off'

/** What stays when the process ends: the disk, the clock, the key. */
export interface Machine {
  readonly number: number
  readonly key: DeviceKey
  readonly disk: VirtualDisk
  readonly wall: WallClock
  power: Power
  /** How often it was started. */
  boots: number
  /** Told to stay away from the network until the end of the story. */
  isRetired: boolean
}

export function nameOf(machine: { readonly number: number }): string {
  return `d${machine.number}`
}

/** One address per device, for good. */
export function addressOf(machine: { readonly number: number }): string {
  return `/ip4/10.0.0.${machine.number + 1}/tcp/41641`
}
