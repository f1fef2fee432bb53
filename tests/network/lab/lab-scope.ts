import { mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nextPrefix, removeNamespaces, sweep } from './lab-owner.ts'
import { Namespace, type Settings } from './namespace.ts'
import { Wires } from './wires.ts'

/** Below are those that homes really have, for tests that want them. */
const FIRST_PRIVATE_NETWORK = 20

/** What all parts of one lab share, and what undoes it. */
export class LabScope {
  /** What has to end before the namespaces go, last one first. */
  readonly running = new AsyncDisposableStack()
  readonly #prefix = nextPrefix()
  #wires: Wires | undefined
  #privateNetworks = 0
  #ipv6Networks = 0

  constructor() {
    sweep()
  }

  namespace(name: string, settings: Settings = {}): Namespace {
    return new Namespace(`${this.#prefix}${name}`, settings)
  }

  /** A directory for the files of a program. */
  directory(name: string): string {
    const path = join(tmpdir(), `${this.#prefix}${name}`)
    mkdirSync(path, { recursive: true })
    this.running.defer(() => rmSync(path, { recursive: true, force: true }))
    return path
  }

  /** Worse cables, for those links that ask for them. */
  wires(): Wires {
    this.#wires ??= Wires.start(this)
    return this.#wires
  }

  /** The first three numbers of a private network that nobody else here has. */
  nextPrivateNetwork(): string {
    return `192.168.${FIRST_PRIVATE_NETWORK + this.#privateNetworks++}`
  }

  /** The first four groups of an IPv6 network that nobody else here has; it looks like one of the internet. */
  nextIpv6Network(): string {
    return `2a05:5555:0:${(this.#ipv6Networks++).toString(16)}`
  }

  async end(): Promise<void> {
    try {
      await this.running.disposeAsync()
    } finally {
      removeNamespaces((name) => name.startsWith(this.#prefix))
    }
  }
}
