import type { DeviceId } from '../../src/identity/device-id.ts'
import { ApiError } from '../api/api-error.ts'

export interface Nameable {
  readonly id: DeviceId
  readonly name: string
}

/** Shorter tails would match by accident. */
const TAIL_MIN_CHARS = 4
const LISTED_MAX = 5

/** The one device that a person means: name, id, unique beginning of a name, end of an id, or a tail `…abc`. */
export function selectDevice<Device extends Nameable>(
  devices: readonly Device[],
  selector: string,
): Device {
  const trimmed = selector.trim()
  const wanted = trimmed.replace(/^…/, '')
  const lower = wanted.toLowerCase()
  const hasTail = (device: Device) => wanted.length >= TAIL_MIN_CHARS && device.id.endsWith(wanted)
  // A device chooses its own name: with `…` it is the id that counts, or one could pose as another's tail.
  const rules: readonly ((device: Device) => boolean)[] = trimmed.startsWith('…')
    ? [hasTail]
    : [
        (device) => device.id === wanted,
        (device) => device.name === wanted,
        (device) => device.name.toLowerCase() === lower,
        hasTail,
        (device) => lower !== '' && device.name.toLowerCase().startsWith(lower),
      ]
  for (const rule of rules) {
    const found = devices.filter(rule)
    const [only] = found
    if (only !== undefined && found.length === 1) return only
    if (only !== undefined) throw ambiguous(selector, found)
  }
  throw new ApiError(
    'DEVICE_UNKNOWN',
    `no device is called "${selector}"`,
    'See the devices: asgard device ls',
  )
}

function ambiguous(selector: string, found: readonly Nameable[]): ApiError {
  const listed = found.slice(0, LISTED_MAX).map(({ name, id }) => `${name} (…${id.slice(-7)})`)
  return new ApiError(
    'DEVICE_AMBIGUOUS',
    `"${selector}" may be any of ${listed.join(', ')}`,
    'Use more of the name, or the end of the id',
  )
}
