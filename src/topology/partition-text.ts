import type { DeviceId } from '../identity/device-id.ts'

const NAMED_MAX = 8

/** "laptop and nas see each other; pi, vps and nuc see each other"; empty while there is one group. */
export function partitionText(
  groups: readonly (readonly DeviceId[])[],
  nameOf: (device: DeviceId) => string,
): string {
  if (groups.length < 2) return ''
  return groups.map((group) => groupText(group, nameOf)).join('; ')
}

function groupText(group: readonly DeviceId[], nameOf: (device: DeviceId) => string): string {
  const names = group.map(nameOf)
  const [only] = names
  if (names.length === 1 && only !== undefined) return `${only} is alone`
  return `${listed(names)} see each other`
}

function listed(names: readonly string[]): string {
  if (names.length > NAMED_MAX) {
    return `${names.slice(0, NAMED_MAX - 1).join(', ')} and ${names.length - NAMED_MAX + 1} others`
  }
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
