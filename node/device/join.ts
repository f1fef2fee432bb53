import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { JoinRefusal } from '../../protocols/join/messages.ts'
import { joinNetwork, type JoinResult } from '../../src/network/join-client.ts'
import type { InviteTicket } from '../../src/network/ticket.ts'
import type { JoinProgress, Network } from '../api/contract/network.ts'
import type { NetworkMember } from './network-member.ts'

/** Admins on the LAN are asked when nobody on the ticket has answered by then. */
const LAN_WAIT_MS = 1_500
const LAN_ADDRESSES_MAX = 16

/** What the last step of a join waits for at most. */
const FIRST_SIGN_MAX_MS = 1_000

/** Clocks may differ by this much before the user is told. */
const SKEW_WARNED_MS = 60_000

const HINTS: Readonly<Record<JoinRefusal, string>> = {
  'wrong-network': 'The address on the ticket belongs to another network now. Ask for a new ticket',
  'unknown-invite':
    'The device that made the ticket may not have told the others yet. Try again in a minute, or ask for a new ticket',
  expired: 'Ask for a new ticket: asgard invite',
  'used-up': 'Ask for a new ticket: asgard invite',
  cancelled: 'Ask for a new ticket: asgard invite',
  'inviter-removed': 'Ask another admin for a ticket: asgard invite',
  revoked: 'Only an owner can let this device back in: asgard device approve',
  denied: 'Ask the admin why, then for a new ticket',
  'approval-timeout': 'Try again while somebody is at the other device',
  'not-an-admin': 'Ask an owner or admin for a ticket',
  'bad-proof': 'Copy the whole ticket again',
  busy: 'Try again in a moment',
  'already-member': 'See the device: asgard status',
  'in-review': 'Ask an admin: asgard device approve',
  'bad-name': 'Give this device another name: asgard join --name NAME',
}

/** Joins over an opened, not yet started network, telling each step. The last one is `joined` or `failed`. */
export async function* join(
  member: NetworkMember,
  ticket: InviteTicket,
  name: string,
  describe: () => Promise<Network>,
  signal: AbortSignal,
): AsyncIterable<JoinProgress> {
  const { mesh } = member
  const startedMs = mesh.clock.monotonic()
  yield {
    step: 'ticket',
    network: ticket.networkId,
    role: ticket.role,
    expiresAt: ticket.expiresAt,
  }
  const sightings = watchLan(mesh.host)
  await member.startJoining()
  const steps = new StepQueue()
  const settled = new AbortController()
  let hasReached = false
  const attempt = (addresses: readonly string[]): Promise<JoinResult> => {
    if (addresses.length > 0) steps.push({ step: 'dialling', addresses: [...addresses] })
    return joinNetwork(
      ticket,
      addresses,
      name,
      `${process.platform}/${process.arch}`,
      {
        key: mesh.key,
        trust: mesh.trust,
        clock: mesh.clock,
        dial: (address, dialSignal) => mesh.host.dial(multiaddr(address), dialSignal),
      },
      {
        onReached: (connection: Connection) => {
          hasReached = true
          steps.push({
            step: 'reached',
            device: connection.remotePeer.toString(),
            address: connection.remoteAddr.toString(),
            elapsedMs: mesh.clock.monotonic() - startedMs,
          })
        },
        onPending: (words, waitMs) => steps.push({ step: 'pending', words: [...words], waitMs }),
      },
      AbortSignal.any([signal, settled.signal]),
    )
  }
  const run = async (): Promise<JoinResult> => {
    const viaTicket = attempt(ticket.addresses)
    const isAnswered = viaTicket.then((result) => result.kind !== 'unreachable')
    const { promise: waited, resolve } = Promise.withResolvers<boolean>()
    mesh.clock.after(LAN_WAIT_MS, () => resolve(hasReached))
    // Somebody on the ticket answers, or the LAN is asked as well: an address of it may be long out of date.
    if (await Promise.race([waited, isAnswered.then((answered) => answered || waited)]))
      return viaTicket
    const viaLan = attempt(sightings.addresses())
    const first = await Promise.race([viaTicket, viaLan])
    if (first.kind !== 'unreachable') return first
    const results = await Promise.all([viaTicket, viaLan])
    return results.find(({ kind }) => kind !== 'unreachable') ?? results[0]
  }
  const outcome = run().finally(() => {
    settled.abort() // the other attempt, if there is one
    steps.end()
  })
  outcome.catch(() => {}) // awaited below, once the steps are told
  yield* steps
  sightings.stop()
  const result = await outcome
  if (result.kind !== 'joined') {
    yield failure(result, mesh.clock.now())
    return
  }
  for (const key of result.groupKeys) await mesh.groupKeys.add(key)
  mesh.time.witness(result.connection.remotePeer.toString(), mesh.clock.now() - result.skewMs)
  const { connection } = result
  // Until the other's record arrives this is the only way back to the network.
  mesh.book.add(
    connection.remotePeer.toString(),
    connection.remoteAddr.toString().replace(/\/p2p\/[^/]+$/, ''),
    'ticket',
  )
  await mesh.book.flush()
  mesh.dialler.rememberTicket(result.connection)
  await member.joined()
  mesh.membership.opened(connection)
  await mesh.membership.greet(connection)
  await firstSign(mesh, result.connection.remotePeer.toString())
  yield {
    step: 'joined',
    network: await describe(),
    device: mesh.key.id,
    warnings: skewWarnings(result.skewMs),
  }
}

/** The device that let us in should not look absent in the first answer; it takes a round trip. */
async function firstSign(mesh: NetworkMember['mesh'], peer: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = mesh.health.listen({
    changed: ({ device, after }) => {
      if (device === peer && after.state === 'alive') resolve()
    },
  })
  const cancel = mesh.clock.after(FIRST_SIGN_MAX_MS, resolve)
  if (mesh.health.health(peer)?.state !== 'alive') await promise
  cancel()
  stop()
}

function skewWarnings(skewMs: number): string[] {
  if (Math.abs(skewMs) < SKEW_WARNED_MS) return []
  const way = skewMs > 0 ? 'ahead of' : 'behind'
  return [
    `The clock of this device is ${Math.round(Math.abs(skewMs) / 1_000)} s ${way} the network's. Set it right: timedatectl set-ntp true`,
  ]
}

function failure(result: Exclude<JoinResult, { kind: 'joined' }>, nowMs: number): JoinProgress {
  switch (result.kind) {
    case 'refused': {
      const clock = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
      const detail =
        result.reason === 'expired'
          ? `the ticket expired at ${clock(result.expiredAtMs)} UTC by the clock of …${result.by.slice(-7)}, where it is ${clock(result.timeMs)}; here it is ${clock(nowMs)}`
          : result.detail
      return {
        step: 'failed',
        code: `JOIN_${result.reason.replaceAll('-', '_').toUpperCase()}`,
        detail,
        hint: HINTS[result.reason],
      }
    }
    case 'untrusted':
      return {
        step: 'failed',
        code: 'JOIN_UNTRUSTED',
        detail: `…${result.by.slice(-7)} cannot be trusted: ${result.detail}`,
        hint: 'Ask for a new ticket from a device you trust',
      }
    case 'unreachable': {
      const tried = result.attempts.map(({ address, cause }) => `${address}: ${cause}`).join('; ')
      return {
        step: 'failed',
        code: 'JOIN_UNREACHABLE',
        detail: `no device on the ticket answers (${tried})`,
        hint: 'Is the inviting device on, and on the same network? There: asgard doctor',
      }
    }
  }
}

interface LanWatch {
  addresses(): readonly string[]
  stop(): void
}

/** Collects the Asgard nodes that mDNS sees. */
function watchLan(host: NetworkMember['mesh']['host']): LanWatch {
  const found = new Set<string>()
  const stop = host.onSighted((device, addresses) => {
    for (const address of addresses) {
      if (found.size < LAN_ADDRESSES_MAX) found.add(`${address}/p2p/${device}`)
    }
  })
  return {
    stop,
    addresses: () => [...found],
  }
}

/** Steps as they happen, for one reader. */
class StepQueue implements AsyncIterable<JoinProgress> {
  readonly #steps: JoinProgress[] = []
  #isEnded = false
  #wake: (() => void) | undefined

  push(step: JoinProgress): void {
    this.#steps.push(step)
    this.#wake?.()
  }

  end(): void {
    this.#isEnded = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<JoinProgress> {
    for (;;) {
      const step = this.#steps.shift()
      if (step !== undefined) yield step
      else if (this.#isEnded) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
