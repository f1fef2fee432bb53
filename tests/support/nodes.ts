import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device } from '../../node/api/contract/device.ts'
import type { Event, EventType } from '../../node/api/contract/mesh.ts'
import type { JoinProgress } from '../../node/api/contract/network.ts'
import { type AsgardNode, type NodeOptions, createNode } from '../../node/library.ts'
import type { Mesh } from '../../node/mesh/mesh.ts'

/** Real nodes on loopback, in this process, each with its own home on disk. */
export class Nodes {
  readonly #root: Promise<string> = mkdtemp(join(tmpdir(), 'asgard-test-'))
  readonly #running = new Set<AsgardNode>()

  async start(name: string, options: Partial<NodeOptions> = {}): Promise<AsgardNode> {
    const node = await createNode({
      home: await this.homeOf(name),
      name,
      profile: 'test',
      ...options,
    })
    this.#running.add(node)
    return node
  }

  async homeOf(name: string): Promise<string> {
    return join(await this.#root, name)
  }

  /** A node that is the owner of a new network. */
  async found(name: string, options: Partial<NodeOptions> = {}): Promise<AsgardNode> {
    const node = await this.start(name, options)
    await node.backend.createNetwork({ name: 'home' })
    return node
  }

  /** A new node that `admin` has let in, and that the two see. */
  async admitted(
    admin: AsgardNode,
    name: string,
    role: Role = 'member',
    options: Partial<NodeOptions> = {},
  ): Promise<AsgardNode> {
    const node = await this.start(name, options)
    await admit(admin, node, role)
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

type Role = NonNullable<Device['role']>
type InviteRequest = Parameters<ReturnType<AsgardNode['backend']['network']>['createInvite']>[0]

const GUEST_STAY_MS = 7 * 86_400_000

export async function inviteBy(
  admin: AsgardNode,
  request: Partial<InviteRequest> = {},
): Promise<string> {
  const { ticket } = await admin.backend.network().createInvite({
    role: 'member',
    expiresInS: 900,
    uses: 1,
    approve: false,
    ...(request.role === 'guest' && { guestUntil: meshOf(admin).clock.now() + GUEST_STAY_MS }),
    ...request,
  })
  return ticket
}

/** Joins by a fresh ticket of `admin`, and waits until the two are connected. */
export async function admit(
  admin: AsgardNode,
  node: AsgardNode,
  role: Role = 'member',
): Promise<void> {
  const end = await joinEnd(node, await inviteBy(admin, { role }))
  if (end.step !== 'joined') throw new Error(`did not join: ${JSON.stringify(end)}`)
  await until(admin, () => isLinked(admin, node))
}

export function meshOf(node: AsgardNode): Mesh {
  return node.device.mesh()
}

export function idOf(node: AsgardNode): string {
  return node.device.id
}

/** Each hears the other on every channel. */
export function isLinked(node: AsgardNode, other: AsgardNode): boolean {
  const reaches = (from: AsgardNode, to: AsgardNode) => {
    const { channels, health } = meshOf(from)
    // Health is the last channel to open: whoever has answered a probe listens on all.
    return (
      channels.every((channel) => channel.peers().includes(idOf(to))) &&
      health.roundTrips(idOf(to)) !== undefined
    )
  }
  return reaches(node, other) && reaches(other, node)
}

/** The device as `node` shows it; undefined when it knows of none. */
export async function shown(node: AsgardNode, other: AsgardNode): Promise<Device | undefined> {
  return (await node.backend.network().devices()).find((device) => device.id === idOf(other))
}

/** All steps of a join, the last of which is `joined` or `failed`. */
export async function joinWith(
  node: AsgardNode,
  ticket: string,
  deviceName?: string,
): Promise<JoinProgress[]> {
  const steps: JoinProgress[] = []
  const request = { ticket, ...(deviceName !== undefined && { deviceName }) }
  for await (const step of node.backend.join(request, new AbortController().signal))
    steps.push(step)
  return steps
}

/** How a join ended. */
export async function joinEnd(node: AsgardNode, ticket: string): Promise<JoinProgress> {
  const end = (await joinWith(node, ticket)).at(-1)
  if (end === undefined) throw new Error('a join without any step')
  return end
}

/** Resolves with the first event, past or future, that fits. */
export function eventOf(
  node: AsgardNode,
  type: EventType,
  fits: (event: Event) => boolean = () => true,
  timeoutMs = BUSY_MACHINE_MS,
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

/** Waits that nothing is learned from: a machine that runs other tests beside gets its time. */
const BUSY_MACHINE_MS = 20_000

/** Resolves once `holds` does, asked again after each event of the node. */
export function until(
  node: AsgardNode,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = BUSY_MACHINE_MS,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let isChecking = false
    const end = (settle: () => void) => {
      clearTimeout(timer)
      clearInterval(poll)
      stop()
      settle()
    }
    const check = async () => {
      if (isChecking) return
      isChecking = true
      try {
        if (await holds()) end(resolve)
      } catch (err) {
        end(() => reject(err))
      }
      isChecking = false
    }
    const timer = setTimeout(
      () => end(() => reject(new Error(`not within ${timeoutMs} ms: ${holds.toString()}`))),
      timeoutMs,
    )
    const stop = node.backend.events.listen(() => void check())
    // Some facts (figures, receipts of others) come without an event of their own.
    const poll = setInterval(() => void check(), 50)
    void check()
  })
}
