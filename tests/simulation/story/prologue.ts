import type { Role } from '../../../src/trust/role.ts'
import { ADMISSION_MS } from '../../../src/trust/trust-limits.ts'
import type { TrustOperation } from '../../../src/trust/trust-operation.ts'
import { nameOf } from '../world/machine.ts'
import type { Stage } from './stage.ts'

const DAY_MS = 86_400_000

/** A network of some devices, all of which start at once. */
export async function prologue(stage: Stage): Promise<void> {
  const { world, chronicle, dice } = stage
  const [founder, ...rest] = world.devices
  if (founder === undefined) return
  const first = rest.slice(0, dice.int(5, 12))
  const roles: readonly Role[] = ['owner', 'admin', 'admin', 'operator', 'member', 'guest']
  chronicle.admitted.add(founder.key.id)
  const admissions = first.map((device, at): TrustOperation => {
    const role = roles[at] ?? dice.pick(roles) ?? 'member'
    chronicle.admitted.add(device.key.id)
    const until = world.nowMs + (role === 'guest' ? DAY_MS : ADMISSION_MS)
    return { kind: 'admit', device: device.key.id, role, until, name: nameOf(device) }
  })
  await world.found(founder, admissions)
  for (const device of [founder, ...first]) void world.start(device)
  await stage.pass(dice.between(1_000, 20_000))
}
