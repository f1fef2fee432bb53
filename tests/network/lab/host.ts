import type { LabScope } from './lab-scope.ts'
import type { Link } from './link.ts'
import type { Namespace, Settings } from './namespace.ts'

/** What a machine needs of the network that it is plugged into. */
export interface HostSegment {
  readonly scope: LabScope
  attach(namespace: Namespace, interfaceName: string): Link
  detach(link: Link): void
}

/** A machine with one cable. */
export class Host {
  readonly name: string
  readonly namespace: Namespace
  readonly scope: LabScope
  #segment: HostSegment
  #link: Link

  constructor(name: string, segment: HostSegment, settings: Settings = {}) {
    this.name = name
    this.scope = segment.scope
    this.namespace = segment.scope.namespace(name, settings)
    this.#segment = segment
    this.#link = segment.attach(this.namespace, 'eth0')
  }

  /** To pull, to make worse, to give another address. */
  get link(): Link {
    return this.#link
  }

  get ipv4(): string {
    return this.#link.ipv4
  }

  get ipv6(): string {
    return this.#link.ipv6
  }

  /** Runs a program on this machine to its end; what it printed. */
  run(...command: readonly string[]): string {
    return this.namespace.run(...command)
  }

  /** Carries the machine to another network: the old cable is gone before the new one is there. */
  moveTo(segment: HostSegment): void {
    this.#segment.detach(this.#link)
    this.#segment = segment
    this.#link = segment.attach(this.namespace, 'eth0')
  }
}
