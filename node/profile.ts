import { cpus, totalmem } from 'node:os'
import type { Cancel, Clock } from '../src/clock/clock.ts'
import type { DeviceId } from '../src/identity/device-id.ts'
import type { Registry } from '../src/registry/registry.ts'

/** How often this device's addresses are compared with its record; the registry writes only real changes. */
const CHECK_EVERY_MS = 5_000

export interface ProfileComponents {
  readonly self: DeviceId
  readonly registry: Registry
  readonly clock: Clock
  readonly addresses: () => readonly string[]
  readonly name: string
  readonly kind: string
  readonly version: string
  readonly isMember: () => boolean
  readonly onFailure: (err: unknown) => void
}

/** Keeps what this device says about itself true. */
export class Profile {
  readonly #components: ProfileComponents
  #cancel: Cancel | undefined

  constructor(components: ProfileComponents) {
    this.#components = components
  }

  async start(): Promise<void> {
    if (this.#cancel !== undefined) return
    const { name, kind, version, clock } = this.#components
    const cores = cpus()
    this.#cancel = clock.every(CHECK_EVERY_MS, () => this.refresh())
    const { registry, self, isMember } = this.#components
    // The name it joined with, or was renamed to, stays; the setting is only the first one.
    if (!isMember()) return
    const ownName = registry.get(self)?.ownName
    await registry.setProfile({
      ...(ownName === undefined || ownName === '' ? { ownName: name } : {}),
      platform: `${process.platform}/${process.arch}`,
      version,
      kind,
      hardware: { cpu: cores[0]?.model ?? '', cores: cores.length, memoryBytes: totalmem() },
      capabilities: [],
      addresses: this.#components.addresses(),
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  refresh(): void {
    const { registry, addresses, isMember, onFailure } = this.#components
    if (this.#cancel === undefined || !isMember()) return
    registry.setProfile({ addresses: addresses() }).catch(onFailure)
  }
}
