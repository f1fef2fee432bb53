import { cpus, totalmem } from 'node:os'
import type { Cancel, Clock } from '../src/clock/clock.ts'
import type { Registry } from '../src/registry/registry.ts'

/** How often this device's addresses are compared with its record; the registry writes only real changes. */
const CHECK_EVERY_MS = 5_000

export interface ProfileComponents {
  readonly registry: Registry
  readonly clock: Clock
  readonly addresses: () => readonly string[]
  readonly name: string
  readonly kind: string
  readonly version: string
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
    this.#cancel = clock.every(CHECK_EVERY_MS, () => void this.refresh())
    await this.#components.registry.setProfile({
      ownName: name,
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

  async refresh(): Promise<void> {
    if (this.#cancel === undefined) return
    await this.#components.registry.setProfile({ addresses: this.#components.addresses() })
  }
}
