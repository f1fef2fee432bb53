import type { z } from 'zod'
import { ApiError } from '../../node/api/api-error.ts'
import type { NetworkBackend } from '../../node/api/backend.ts'
import type * as device from '../../node/api/contract/device.ts'
import type * as mesh from '../../node/api/contract/mesh.ts'
import type * as network from '../../node/api/contract/network.ts'
import type { EventLog } from '../../node/api/event-log.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { START_MS, stubDevice, stubHousehold, stubJoin, stubLink } from './stub-mesh.ts'

/** As long as real ones are, and of the alphabet that keeps their QR code small. */
export const STUB_TICKET = `asgard1b${'abcdefghijklmnopqrstuvwxyz234567'.repeat(6).slice(0, 187)}`

export class StubNetwork implements NetworkBackend {
  readonly id: string
  name: string
  isCurrent = true
  items: device.Device[] = stubHousehold()
  joins: network.PendingJoin[] = [stubJoin()]
  partition = ''
  readonly #events: EventLog
  readonly #clock: Clock
  readonly #invites: network.Invite[] = []
  readonly #revocations: network.Revocation[] = []

  constructor(id: string, name: string, events: EventLog, clock: Clock) {
    this.id = id
    this.name = name
    this.#events = events
    this.#clock = clock
  }

  summary(): string {
    const alive = this.items.filter((item) => ['self', 'alive'].includes(item.health)).length
    return `${alive} of ${this.items.length} devices are online.`
  }

  async show(): Promise<network.Network> {
    return {
      id: this.id,
      name: this.name,
      role: 'owner',
      status: 'active',
      isCurrent: this.isCurrent,
      devices: this.items.length,
      alive: this.items.filter((item) => item.health === 'alive').length,
      createdAt: START_MS - 86_400_000,
      listen: ['/ip4/192.168.1.20/tcp/41641'],
    }
  }

  async rename(name: string): Promise<network.Network> {
    this.name = name
    return this.show()
  }

  async leave(): Promise<network.Network> {
    this.isCurrent = false
    return { ...(await this.show()), status: 'left' }
  }

  async devices(): Promise<device.Device[]> {
    return this.items
  }

  async device(selector: string): Promise<device.Device> {
    const found = this.items.find((item) => item.id === selector || item.name === selector)
    if (found === undefined)
      throw new ApiError('DEVICE_UNKNOWN', 'there is no such device', 'asgard device ls')
    return found
  }

  async patchDevice(selector: string, patch: device.PatchDevice): Promise<device.Device> {
    return this.change((await this.device(selector)).id, 'device:changed', {
      ...(patch.name === undefined ? {} : { name: patch.name }),
      ...(patch.tags === undefined ? {} : { tags: patch.tags }),
      ...(patch.note === undefined ? {} : { note: patch.note }),
    })
  }

  async setRole(
    selector: string,
    request: z.output<typeof device.putRole>,
  ): Promise<device.Device> {
    return this.change((await this.device(selector)).id, 'device:role', { role: request.role })
  }

  /** What tests do to the mesh from outside. */
  change(id: string, type: mesh.EventType, part: Partial<device.Device>): device.Device {
    this.items = this.items.map((item) => (item.id === id ? { ...item, ...part } : item))
    const changed = this.items.find((item) => item.id === id)
    if (changed === undefined) throw new ApiError('DEVICE_UNKNOWN', 'there is no such device')
    this.#tell(type, id, `${changed.name}: ${JSON.stringify(part)}`)
    return changed
  }

  async revoke(selector: string, reason: string): Promise<network.Revocation> {
    const revoked = await this.device(selector)
    this.items = this.items.filter((item) => item !== revoked)
    const others = this.items.filter((item) => !item.isSelf)
    const revocation: network.Revocation = {
      id: `revocation-${this.#revocations.length + 1}`,
      device: revoked.id,
      name: revoked.name,
      by: 'ana',
      at: this.#clock.now(),
      reason,
      receipts: others
        .slice(0, 2)
        .map(({ id, name }) => ({ device: id, name, appliedAt: this.#clock.now() })),
      waiting: others.slice(2).map(({ id, name, health }) => ({ device: id, name, health })),
    }
    this.#revocations.push(revocation)
    this.#tell('device:revoked', revoked.id, `${revoked.name} was revoked`)
    return revocation
  }

  async forget(selector: string): Promise<void> {
    const forgotten = await this.device(selector)
    this.items = this.items.filter((item) => item !== forgotten)
  }

  async revocations(): Promise<network.Revocation[]> {
    return this.#revocations
  }

  async invites(): Promise<network.Invite[]> {
    return this.#invites
  }

  async createInvite(
    request: z.output<typeof network.createInvite>,
  ): Promise<network.CreatedInvite> {
    const now = this.#clock.now()
    const invite: network.Invite = {
      id: `invite-${this.#invites.length + 1}`,
      role: request.role,
      by: 'ana',
      createdAt: now,
      expiresAt: now + request.expiresInS * 1_000,
      uses: request.uses,
      used: 0,
      approve: request.approve,
      status: 'open',
    }
    this.#invites.push(invite)
    this.#tell('invite:created', null, 'an invite was made')
    return { ...invite, ticket: STUB_TICKET, ticketQr: STUB_TICKET.toUpperCase() }
  }

  async cancelInvite(id: string): Promise<network.Invite> {
    const at = this.#invites.findIndex((item) => item.id === id)
    const found = this.#invites[at]
    if (found === undefined)
      throw new ApiError('INVITE_UNKNOWN', 'there is no such invite', 'asgard invite ls')
    const cancelled: network.Invite = { ...found, status: 'cancelled' }
    this.#invites[at] = cancelled
    return cancelled
  }

  async pendingJoins(): Promise<network.PendingJoin[]> {
    return this.joins
  }

  async approve(selector: string): Promise<device.Device> {
    const join = this.#take(selector)
    const admitted = stubDevice({ id: join.device, name: join.name, role: join.role })
    this.items = [...this.items, admitted]
    this.#tell('device:admitted', join.device, `${join.name} was admitted`)
    return admitted
  }

  async deny(selector: string): Promise<void> {
    const join = this.#take(selector)
    this.#tell('join:denied', join.device, `${join.name} was denied`)
  }

  async connections(selector?: string): Promise<device.Connection[]> {
    const wanted = selector === undefined ? this.items : [await this.device(selector)]
    return wanted.flatMap(({ id, name, path }) =>
      path === null
        ? []
        : [
            {
              id: `connection-${name}`,
              device: id,
              name,
              direction: 'out' as const,
              path,
              encryption: 'noise',
              multiplexer: 'yamux',
              openedAt: path.sinceMs,
              streams: ['/asgard/trust/1.0.0'],
              bytesIn: 12_100_000,
              bytesOut: 3_100_000,
            },
          ],
    )
  }

  async topology(): Promise<mesh.Topology> {
    const self = this.items.find((item) => item.isSelf)?.id ?? ''
    const at = this.#clock.now()
    const own = this.items.flatMap(({ id, path }) =>
      path === null ? [] : [stubLink(self, id, path.kind, path.rttMs, at)],
    )
    // The others see each other, too; of the relayed one we know only what we see ourselves.
    const others = own.filter((link) => link.kind !== 'relayed')
    const between = others.flatMap(({ to: from }) =>
      others.filter(({ to }) => to !== from).map(({ to }) => stubLink(from, to, 'direct', 24, at)),
    )
    const back = others.map(({ from, to, kind, rttMs }) => stubLink(to, from, kind, rttMs, at))
    const links = [...own, ...back, ...between]
    return {
      observer: self,
      at,
      links,
      groups: [this.items.map((item) => item.id)],
      partition: this.partition,
      views: this.items.map(({ id, health }) => ({ observer: self, device: id, health })),
    }
  }

  async path(selector: string): Promise<device.PathReport> {
    const { id, name, health, path } = await this.device(selector)
    return {
      device: id,
      name,
      health,
      path,
      attempts: [
        {
          address: '/ip4/192.168.1.9/tcp/41641',
          source: 'mdns',
          at: START_MS - 60_000,
          durationMs: 2_000,
          outcome: 'timeout',
          detail: 'no answer within 2 s',
        },
      ],
      nextAttemptAt: path === null ? START_MS + 60_000 : null,
      seenBy: [],
      advice:
        path?.kind === 'relayed' ? 'Its router changes ports per destination.' : 'Nothing to do.',
    }
  }

  async *ping(request: z.output<typeof device.pingRequest>): AsyncGenerator<device.PingLine> {
    const { path } = await this.device(request.device)
    for (let seq = 1; seq <= request.count; seq++) {
      if (path === null) yield { kind: 'lost', seq, reason: 'no path' }
      else yield { kind: 'reply', seq, rttMs: 2.1, path }
    }
    const received = path === null ? 0 : request.count
    yield { kind: 'summary', sent: request.count, received, minMs: 2.1, avgMs: 2.1, maxMs: 2.1 }
  }

  /** A device knocks. */
  ask(part: Partial<network.PendingJoin> = {}): void {
    const join = stubJoin(part)
    this.joins = [...this.joins, join]
    this.#tell('join:requested', join.device, `${join.name} asks to join`)
  }

  #take(selector: string): network.PendingJoin {
    const found = this.joins.find((item) => item.id === selector || item.name === selector)
    if (found === undefined)
      throw new ApiError('JOIN_UNKNOWN', 'nobody of that name waits', 'asgard device ls')
    this.joins = this.joins.filter((item) => item !== found)
    return found
  }

  #tell(type: mesh.EventType, deviceId: string | null, text: string): void {
    this.#events.publish({ type, network: this.id, device: deviceId, text, data: {} })
  }
}
