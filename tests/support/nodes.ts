import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JoinProgress } from '../../node/api/contract/network.ts'
import type { Event, EventType } from '../../node/api/contract/mesh.ts'
import { type AsgardNode, type NodeOptions, createNode } from '../../node/library.ts'
import type { Mesh } from '../../node/mesh.ts'

/** Real nodes on loopback, in this process, each with its own home on disk. */
export class Nodes {
  readonly #root: Promise<string> = mkdtemp(join(tmpdir(), 'asgard-test-'))
  readonly #running = new Set<AsgardNode>()

  async start(name: string, options: Partial<NodeOptions> = {}): Promise<AsgardNode> {
    const home = join(await this.#root, name)
    const node = await createNode({ home, name, profile: 'test', ...options })
    this.#running.add(node)
    return node
  }

  async stop(node: AsgardNode): Promise<void> {
    this.#running.delete(node)
    await node.stop()
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running].map((node) => node.stop()))
    await rm(await this.#root, { recursive: true, force: true })
  }
}

export function meshOf(node: AsgardNode): Mesh {
  return node.device.mesh()
}

/** All steps of a join, the last of which is `joined` or `failed`. */
export async function joinWith(node: AsgardNode, ticket: string, deviceName?: string): Promise<JoinProgress[]> {
  const steps: JoinProgress[] = []
  const request = { ticket, ...(deviceName !== undefined && { deviceName }) }
  for await (const step of node.backend.join(request, new AbortController().signal)) steps.push(step)
  return steps
}

/** Resolves with the first event, past or future, that fits. */
export function eventOf(
  node: AsgardNode,
  type: EventType,
  fits: (event: Event) => boolean = () => true,
  timeoutMs = 10_000,
): Promise<Event> {
  return new Promise((resolve, reject) => {
    const { events } = node.backend
    const known = events.after(0)?.find((event) => event.type === type && fits(event))
    if (known !== undefined) return resolve(known)
    const timer = setTimeout(() => {
      stop()
      reject(new Error(`no event ${type} within ${timeoutMs} ms`))
    }, timeoutMs)
    const stop = events.listen((event) => {
      if (event.type !== type || !fits(event)) return
      clearTimeout(timer)
      stop()
      resolve(event)
    })
  })
}

/** Resolves once `holds` does, asked again after each event of the node. */
export function until(node: AsgardNode, holds: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  return new Promise((resolve, reject) => {
    let isChecking = false
    const check = async () => {
      if (isChecking) return
      isChecking = true
      if (await holds()) done()
      isChecking = false
    }
    const timer = setTimeout(() => {
      stop()
      clearInterval(poll)
      reject(new Error(`not within ${timeoutMs} ms: ${holds.toString()}`))
    }, timeoutMs)
    const stop = node.backend.events.listen(() => void check())
    // Some facts (figures, receipts of others) come without an event of their own.
    const poll = setInterval(() => void check(), 50)
    const done = () => {
      clearTimeout(timer)
      clearInterval(poll)
      stop()
      resolve()
    }
    void check()
  })
}
