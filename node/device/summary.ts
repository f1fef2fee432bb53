import type { Device } from '../api/contract/device.ts'
import type { Warning } from '../api/contract/mesh.ts'
import type { Network, PendingJoin } from '../api/contract/network.ts'

/** The one sentence of health that a person reads first. */
export function summaryOf(
  network: Network | undefined,
  devices: readonly Device[],
  pendingJoins: readonly PendingJoin[],
  warnings: readonly Warning[],
): string {
  if (network === undefined) return 'This device is in no network yet'
  const members = devices.filter((device) => device.role !== null)
  const others = members.filter((device) => !device.isSelf)
  const here = members.filter((device) => device.health === 'self' || device.health === 'alive')
  const parts = [
    others.length === 0
      ? 'This is the only device'
      : `${here.length} of ${members.length} devices online`,
    ...(pendingJoins.length > 0 ? [`${pendingJoins.length} waiting for approval`] : []),
    ...(warnings.length > 0
      ? [`${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`]
      : []),
  ]
  return parts.join(', ')
}
