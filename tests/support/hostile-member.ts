import type { AsgardNode } from '../../node/library.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { Role } from '../../src/trust/role.ts'
import { meshOf } from './nodes.ts'

const STAY_MS = 86_400_000

/** Makes any key a member, as an admin does who was talked into it. */
export async function admitKey(admin: AsgardNode, device: DeviceId, name: string, role: Role = 'member'): Promise<void> {
  const { trust, key, clock } = meshOf(admin)
  const nowMs = clock.now()
  await trust.append({ kind: 'admit', device, role, until: nowMs + STAY_MS, name }, key, nowMs)
}
