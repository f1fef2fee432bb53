import type { DeviceId } from '../../src/identity/device-id.ts'
import type { Role } from '../../src/trust/role.ts'
import { emptyState, type TrustState } from '../../src/trust/trust-state.ts'
import { Registry } from '../../src/registry/registry.ts'
import { HOME, type MeshDevice, ReplicaMesh } from './replica-mesh.ts'

/** Devices with replicas and registries over one trust state that the test writes by hand. */
export class RegistryScene {
  readonly mesh = new ReplicaMesh()
  readonly registries = new Map<string, Registry>()
  trust: TrustState = emptyState(HOME)
  readonly #listeners = new Set<() => void>()

  async add(name: string, role: Role = 'member'): Promise<MeshDevice> {
    const device = await this.mesh.add(name, role)
    this.admit(device.id, role, name)
    const trust = this.#trustView()
    this.registries.set(
      name,
      new Registry({ replica: device.replica, trust, clock: this.mesh.clock }),
    )
    return device
  }

  registry(name: string): Registry {
    const registry = this.registries.get(name)
    if (registry === undefined) throw new RangeError(`no device ${name}`)
    return registry
  }

  admit(id: DeviceId, role: Role, name: string): void {
    this.mesh.standings.set(id, { isMember: true, role })
    const member = {
      device: id,
      role,
      since: 0,
      until: null,
      admittedBy: id,
      name,
      invite: null,
      recordId: '',
    }
    this.#change({ members: new Map([...this.trust.members, [id, member]]) })
  }

  revoke(id: DeviceId): void {
    this.mesh.standings.set(id, { isMember: false, role: null })
    const members = new Map(this.trust.members)
    const name = members.get(id)?.name ?? ''
    members.delete(id)
    const revocation = { device: id, recordId: 'r', by: id, at: 0, reason: '', name }
    this.#change({ members, revocations: new Map([...this.trust.revocations, [id, revocation]]) })
  }

  #trustView() {
    const current = (): TrustState => this.trust
    return {
      get state() {
        return current()
      },
      onChange: (listener: () => void) => {
        this.#listeners.add(listener)
        return () => this.#listeners.delete(listener)
      },
    }
  }

  #change(part: Partial<TrustState>): void {
    this.trust = { ...this.trust, ...part }
    for (const listener of this.#listeners) listener()
  }
}
