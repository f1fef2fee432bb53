import type { DeviceId } from '../../src/identity/device-id.ts'
import { ApiError } from '../api/api-error.ts'

export interface Nameable {
  readonly id: DeviceId
  readonly name: string
  readonly tags?: readonly string[]
}

/** Shorter tails would match by accident. */
const TAIL_MIN_CHARS = 4
const LISTED_MAX = 5

/**
 * The one device that a person means: name, id, unique beginning of a name, end of an id, a tail `…abc`, a `#tag`
 * that only one device has, or a multiaddr that ends with the device's id.
 */
export function selectDevice<Device extends Nameable>(
  devices: readonly Device[],
  selector: string,
): Device {
  for (const rule of rulesOf(selector.trim())) {
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

/** The first rule that anybody meets decides. */
function rulesOf(selector: string): readonly ((device: Nameable) => boolean)[] {
  // A device chooses its own name: what is marked as an id, a tag or an address is nothing else, or one could pose
  // as another's.
  if (selector.startsWith('…')) return [hasTail(selector.slice(1))]
  if (selector.startsWith('#'))
    return [(device) => device.tags?.includes(selector.slice(1)) === true]
  if (selector.startsWith('/')) return [(device) => device.id === lastPeerOf(selector)]
  const lower = selector.toLowerCase()
  return [
    (device) => device.id === selector,
    (device) => device.name === selector,
    (device) => device.name.toLowerCase() === lower,
    hasTail(selector),
    (device) => lower !== '' && device.name.toLowerCase().startsWith(lower),
  ]
}

function hasTail(tail: string): (device: Nameable) => boolean {
  return (device) => tail.length >= TAIL_MIN_CHARS && device.id.endsWith(tail)
}

/** Whom a multiaddr leads to: through a relay, that is the last one it names. */
function lastPeerOf(address: string): string | undefined {
  return /\/p2p\/([^/]+)$/.exec(address)?.[1]
}

function ambiguous(selector: string, found: readonly Nameable[]): ApiError {
  const listed = found.slice(0, LISTED_MAX).map(({ name, id }) => `${name} (…${id.slice(-7)})`)
  return new ApiError(
    'DEVICE_AMBIGUOUS',
    `"${selector}" may be any of ${listed.join(', ')}`,
    'Use more of the name, or the end of the id',
  )
}
