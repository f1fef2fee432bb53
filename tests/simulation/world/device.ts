import type { DeviceKey } from '../../../src/identity/device-key.ts'
import type { DeviceId } from '../../../src/identity/device-id.ts'
import type { SimNode } from './sim-node.ts'
import type { VirtualDisk } from './virtual-disk.ts'
import type { WallClock } from './virtual-process.ts'

/** `off`: the machine. `stopped`: only the process. */
export type Power = 'on' | 'stopped' | 'off'

/** What stays when the process ends: the machine, its disk, its clock, its key. */
export interface Device {
  readonly number: number
  readonly key: DeviceKey
  readonly disk: VirtualDisk
  readonly wall: WallClock
  power: Power
  /** How often it was started. */
  boots: number
  /** The present process. */
  node: SimNode | undefined
  /** Told to stay away from the network until the end of the story. */
  isRetired: boolean
}

export function nameOf(device: Device): string {
  return `d${device.number}`
}

/** One address per device, for good. */
export function addressOf(device: { readonly number: number }): string {
  return `/ip4/10.0.0.${device.number + 1}/tcp/41641`
}

export function idOf(device: Device): DeviceId {
  return device.key.id
}
