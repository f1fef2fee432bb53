import type { Cancel, Clock } from '../clock/clock.ts'
import { INTERFACES_EVERY_MS } from './discovery-limits.ts'

/** `eth0 192.168.1.7/24`: one line for each address of each interface that is up. */
export type InterfaceSnapshot = readonly string[]

export interface InterfaceChange {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Undefined when both hold the same addresses. */
export function interfaceChange(
  before: InterfaceSnapshot,
  after: InterfaceSnapshot,
): InterfaceChange | undefined {
  const [old, now] = [new Set(before), new Set(after)]
  const added = [...now].filter((line) => !old.has(line))
  const removed = [...old].filter((line) => !now.has(line))
  return added.length === 0 && removed.length === 0 ? undefined : { added, removed }
}

export interface InterfaceWatchComponents {
  readonly clock: Clock
  read(): InterfaceSnapshot
  changed(change: InterfaceChange): void
}

/** Notices a cable, a Wi-Fi or an address that came or went. */
export class InterfaceWatch {
  readonly #components: InterfaceWatchComponents
  #snapshot: InterfaceSnapshot = []
  #cancel: Cancel | undefined

  constructor(components: InterfaceWatchComponents) {
    this.#components = components
  }

  start(): void {
    if (this.#cancel !== undefined) return
    this.#snapshot = this.#components.read()
    this.#cancel = this.#components.clock.every(INTERFACES_EVERY_MS, () => this.#look())
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  /** Own addresses with their prefix lengths. */
  addresses(): readonly string[] {
    return this.#snapshot.map((line) => line.slice(line.indexOf(' ') + 1))
  }

  #look(): void {
    const snapshot = this.#components.read()
    const change = interfaceChange(this.#snapshot, snapshot)
    this.#snapshot = snapshot
    if (change !== undefined) this.#components.changed(change)
  }
}
