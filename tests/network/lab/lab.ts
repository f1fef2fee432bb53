import type { Host } from './host.ts'
import { makeInternet } from './internet.ts'
import { LabScope } from './lab-scope.ts'
import type { RouterOptions } from './router-kind.ts'
import { Router } from './router.ts'
import { Segment } from './segment.ts'

/** For the hooks that build one: a busy machine takes its time for dozens of programs. */
export const LAB_MAX_MS = 120_000

/**
 * Networks of whole machines, built of the kernel's namespaces: nothing of it touches the real network, and nothing
 * of it is left, even by a test that crashed (the next lab sweeps). Needs root; `missingForNetwork` says what else.
 */
export class Lab {
  readonly #scope = new LabScope()
  #internet: Segment | undefined

  /** The public net; made when first asked for. */
  get internet(): Segment {
    this.#internet ??= makeInternet(this.#scope)
    return this.#internet
  }

  /** A machine with a public address and nothing before it. */
  host(name: string): Host {
    return this.internet.host(name)
  }

  /** A router on the internet, with a LAN of its own. */
  router(name: string, options: RouterOptions = {}): Promise<Router> {
    return Router.start(name, this.internet, options)
  }

  /** A switch without a way to anywhere. */
  switch(name: string): Segment {
    return new Segment(this.#scope, name, { ipv4: this.#scope.nextPrivateNetwork() })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#scope.end()
  }
}
