import { cpus, totalmem } from 'node:os'
import type { Cancel, Clock } from '../../src/clock/clock.ts'
import type { DeviceId } from '../../src/identity/device-id.ts'
import type { Registry } from '../../src/registry/registry.ts'

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
  /** Everything but the addresses is said once after each start. */
  #isDescribed = false

  constructor(components: ProfileComponents) {
    this.#components = components
  }

  async start(): Promise<void> {
    if (this.#cancel !== undefined) return
    const { clock, onFailure } = this.#components
    this.#cancel = clock.every(CHECK_EVERY_MS, () => {
      this.refresh().catch(onFailure)
    })
    await this.refresh()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Nothing is written while this device takes itself for no member, as one whose clock runs ahead does. */
  async refresh(): Promise<void> {
    const { registry, addresses, isMember } = this.#components
    if (this.#cancel === undefined || !isMember()) return
    if (this.#isDescribed) return registry.setProfile({ addresses: addresses() })
    await registry.setProfile(this.#description())
    this.#isDescribed = true
  }

  #description(): Parameters<Registry['setProfile']>[0] {
    const { name, kind, version, registry, self, addresses } = this.#components
    const cores = cpus()
    // The name it joined with, or was renamed to, stays; the setting is only the first one.
    const ownName = registry.get(self)?.ownName
    return {
      ...(ownName === undefined || ownName === '' ? { ownName: name } : {}),
      platform: `${process.platform}/${process.arch}`,
      version,
      kind,
      hardware: { cpu: cores[0]?.model ?? '', cores: cores.length, memoryBytes: totalmem() },
      capabilities: [],
      addresses: addresses(),
    }
  }
}
