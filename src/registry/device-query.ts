import { RegistryError } from './registry-error.ts'
import type { RegistryDevice, RegistryState } from './registry-device.ts'
import type { Role } from '../trust/role.ts'

/** Absent fields do not filter. */
export interface DeviceFilter {
  readonly role?: Role
  /** Default: members. */
  readonly state?: RegistryState | 'any'
  readonly tag?: string
  readonly capability?: string
  readonly kind?: string
}

export interface DevicePage {
  readonly devices: readonly RegistryDevice[]
  /** Give it back to get what follows; null at the end. Stays good while devices come and go. */
  readonly nextCursor: string | null
}

export function matches(device: RegistryDevice, filter: DeviceFilter): boolean {
  const state = filter.state ?? 'member'
  return (
    (state === 'any' || device.state === state) &&
    (filter.role === undefined || device.role === filter.role) &&
    (filter.kind === undefined || device.kind === filter.kind) &&
    (filter.tag === undefined || device.tags.includes(filter.tag)) &&
    (filter.capability === undefined || device.capabilities.includes(filter.capability))
  )
}

/** By name, then id: the same on every device. */
export function byName(a: RegistryDevice, b: RegistryDevice): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

export function pageOf(
  sorted: readonly RegistryDevice[],
  filter: DeviceFilter,
  part: { readonly cursor: string | null; readonly limit: number },
): DevicePage {
  const after = part.cursor === null ? undefined : readCursor(part.cursor)
  const devices: RegistryDevice[] = []
  for (const device of sorted) {
    if (!matches(device, filter) || (after !== undefined && !follows(device, after))) continue
    if (devices.length === part.limit) return { devices, nextCursor: cursorOf(devices.at(-1)) }
    devices.push(device)
  }
  return { devices, nextCursor: null }
}

interface Place {
  readonly name: string
  readonly id: string
}

function follows(device: RegistryDevice, after: Place): boolean {
  return device.name > after.name || (device.name === after.name && device.id > after.id)
}

function cursorOf(device: Place | undefined): string | null {
  if (device === undefined) return null
  return Buffer.from(JSON.stringify([device.name, device.id])).toString('base64url')
}

function readCursor(cursor: string): Place {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(parts) && typeof parts[0] === 'string' && typeof parts[1] === 'string') {
      return { name: parts[0], id: parts[1] }
    }
  } catch (cause) {
    throw new RegistryError('BAD_CURSOR', 'a cursor that is none', { cause })
  }
  throw new RegistryError('BAD_CURSOR', 'a cursor that is none')
}
