import { randomBytes } from 'node:crypto'
import type { DeviceId } from '../../src/identity/device-id.ts'
import { pathAdvice } from '../../src/discovery/path-report.ts'
import { inviteIdOf } from '../../src/network/invite-key.ts'
import { can } from '../../src/trust/permission.ts'
import {
  type InviteTicket,
  TICKET_SECRET_BYTES,
  ticketQrText,
  ticketText,
} from '../../src/network/ticket.ts'
import { ADMISSION_MS } from '../../src/trust/trust-limits.ts'
import { TrustError, type TrustErrorCode } from '../../src/trust/trust-error.ts'
import type { TrustOperation } from '../../src/trust/trust-operation.ts'
import { relayOf } from '../../src/reach/path-kind.ts'
import { RegistryError } from '../../src/registry/registry-error.ts'
import { ReplicaError } from '../../src/replica/replica-error.ts'
import { ApiError, type ApiErrorCode } from '../api/api-error.ts'
import type { NetworkBackend } from '../api/backend.ts'
import type * as device from '../api/contract/device.ts'
import type * as mesh from '../api/contract/mesh.ts'
import type * as network from '../api/contract/network.ts'
import { selectDevice } from './device-selector.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { NetworkView } from './network-view.ts'
import { ping } from './ping.ts'
import { ticketAddresses } from './ticket-addresses.ts'

/** What the device as a whole knows of one of its networks. */
export interface NetworkPlace {
  readonly status: () => network.Network['status']
  readonly isCurrent: () => boolean
  /** The network has been left: it stops, and goes altogether if `erase`. */
  readonly left: (erase: boolean) => Promise<void>
  readonly forgotten: ReadonlySet<DeviceId>
  readonly forget: (id: DeviceId) => Promise<void>
  readonly publish: (type: mesh.EventType, device: DeviceId | null, text: string) => void
}

/** An approved device is usually in within a second. */
const APPROVAL_TIMEOUT_MS = 10_000

/** Channels to whoever is connected open much sooner; whoever is not cannot be told anyway. */
const LEAVE_HEARD_MAX_MS = 2_000

const API_CODES: Partial<Record<TrustErrorCode, readonly [ApiErrorCode, string?]>> = {
  NOT_PERMITTED: ['NOT_PERMITTED', 'Ask an owner or admin: asgard device ls'],
  NOT_MEMBER: ['NOT_PERMITTED', 'This device is not a member any more: asgard network ls'],
  EXPIRED: ['NOT_PERMITTED', 'Ask an admin to run: asgard device approve'],
  LAST_OWNER: ['LAST_OWNER', 'Make another device owner first: asgard device role NAME owner'],
  UNKNOWN_DEVICE: ['DEVICE_UNKNOWN', 'See the devices: asgard device ls'],
  ALREADY_MEMBER: ['CONFLICT'],
  REVOKED: ['CONFLICT', 'Only an owner can let a removed device back in'],
  INVITE_UNKNOWN: ['INVITE_UNKNOWN'],
}

/** One network as the API sees it: every question and every act of a person on this device. */
export class MeshBackend implements NetworkBackend {
  readonly id: string
  readonly view: NetworkView
  readonly #mesh: Mesh
  readonly #place: NetworkPlace

  constructor(mesh: Mesh, place: NetworkPlace) {
    this.id = mesh.id
    this.#mesh = mesh
    this.#place = place
    this.view = new NetworkView(mesh, (id) => place.forgotten.has(id))
  }

  async show(): Promise<network.Network> {
    return this.view.network(this.#place.status(), this.#place.isCurrent())
  }

  async rename(name: string): Promise<network.Network> {
    if (name !== this.#mesh.trust.state.name) await this.#append({ kind: 'rename', name })
    return this.show()
  }

  async leave(options: { erase: boolean; force: boolean }): Promise<network.Network> {
    const { trust, key } = this.#mesh
    const isAlone = trust.state.members.size <= 1
    const isMember = trust.state.members.has(key.id)
    if (isMember && !isAlone) {
      // Right after a join or a start the others do not listen yet, and there is no second chance to tell them.
      await this.#mesh.whenHeard(LEAVE_HEARD_MAX_MS)
      try {
        await this.#append({ kind: 'leave' })
      } catch (err) {
        if (!(err instanceof ApiError && err.code === 'LAST_OWNER' && options.force)) throw err
      }
    }
    const before = this.view.network('left', false)
    await this.#place.left(options.erase)
    return before
  }

  async devices(): Promise<device.Device[]> {
    return this.view.devices()
  }

  async device(selector: string): Promise<device.Device> {
    return selectDevice(this.view.devices(), selector)
  }

  async patchDevice(selector: string, patch: device.PatchDevice): Promise<device.Device> {
    const found = selectDevice(this.view.devices(), selector)
    const { trust, key, time, registry } = this.#mesh
    const nowMs = time.now()
    const isAdmin = can(trust.state, key.id, 'device:annotate', nowMs)
    const { name, tags, note } = patch
    const isOwnName = found.isSelf && name !== undefined && !isAdmin
    if (isOwnName && tags === undefined && note === undefined) {
      await registry.setProfile({ ownName: name })
    } else {
      if (!isAdmin) {
        throw new ApiError(
          'NOT_PERMITTED',
          'only admins name, tag and note other devices',
          'Ask an admin: asgard device ls',
        )
      }
      await this.#translated(() =>
        registry.annotate(found.id, {
          ...(name !== undefined && { name }),
          ...(tags !== undefined && { tags: [...new Set(tags)].sort() }),
          ...(note !== undefined && { note }),
        }),
      )
    }
    return this.device(found.id)
  }

  async setRole(
    selector: string,
    request: { role: device.Device['role'] & string; until?: number | undefined },
  ): Promise<device.Device> {
    const found = selectDevice(this.view.devices(), selector)
    if (found.role !== request.role || request.until !== undefined) {
      await this.#append({
        kind: 'role',
        device: found.id,
        role: request.role,
        ...(request.until !== undefined && { until: request.until }),
      })
    }
    return this.device(found.id)
  }

  async revoke(selector: string, reason: string): Promise<network.Revocation> {
    const found = selectDevice(this.view.devices(), selector)
    if (found.isSelf) {
      throw new ApiError(
        'CONFLICT',
        'a device cannot remove itself',
        'To leave the network: asgard leave',
      )
    }
    const known = this.#mesh.trust.state.revocations.get(found.id)
    if (known === undefined) {
      await this.#append({ kind: 'revoke', device: found.id, reason })
      await this.#mesh.housekeeping.rekey()
    }
    const revocation = this.#mesh.trust.state.revocations.get(found.id)
    if (revocation === undefined)
      throw new ApiError('CONFLICT', 'another act undid the removal at the same time')
    return this.view.revocation(revocation)
  }

  async forget(selector: string): Promise<void> {
    const found = selectDevice(this.view.devices(), selector)
    if (found.role !== null || found.isSelf) {
      throw new ApiError(
        'CONFLICT',
        `${found.name} is a member; only the records of devices that are gone can be forgotten`,
        `Remove it first: asgard device revoke ${found.name}`,
      )
    }
    await this.#mesh.replica.forget(found.id)
    this.#mesh.book.forget(found.id)
    await this.#place.forget(found.id)
  }

  async revocations(): Promise<network.Revocation[]> {
    return [...this.#mesh.trust.state.revocations.values()]
      .toSorted((a, b) => b.at - a.at)
      .map((revocation) => this.view.revocation(revocation))
  }

  async invites(): Promise<network.Invite[]> {
    return [...this.#mesh.trust.state.invites.values()]
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .map((invite) => this.view.invite(invite))
  }

  async createInvite(request: {
    role: device.Device['role'] & string
    expiresInS: number
    uses: number
    approve: boolean
    guestUntil?: number | undefined
  }): Promise<network.CreatedInvite> {
    const { trust, time, key, registry } = this.#mesh
    if (request.role === 'guest' && request.guestUntil === undefined) {
      throw new ApiError(
        'BAD_REQUEST',
        'a guest needs an end date',
        'For example: asgard invite --role guest --until 7d',
      )
    }
    const secret = randomBytes(TICKET_SECRET_BYTES)
    const id = inviteIdOf(trust.networkId, secret)
    // Whole seconds: that is what fits the ticket.
    const expiresAt = (Math.floor(time.now() / 1_000) + request.expiresInS) * 1_000
    const { role, uses, approve, guestUntil } = request
    await this.#append({
      kind: 'invite',
      id,
      role,
      expiresAt,
      uses,
      approve,
      ...(guestUntil !== undefined && { guestUntil }),
    })
    const admins = [...trust.state.members.values()]
      .filter(
        (member) =>
          member.device !== key.id && can(trust.state, member.device, 'device:admit', time.now()),
      )
      .filter((member) => this.#mesh.links.isUp(member.device))
    const addresses = ticketAddresses(
      this.#mesh.addresses(),
      admins.map((member) => registry.get(member.device)?.addresses ?? []),
    )
    const ticket: InviteTicket = {
      networkId: trust.networkId,
      inviter: key.id,
      addresses,
      expiresAt,
      role,
      approve,
      secret,
    }
    this.#place.publish('invite:created', null, `An invite for one ${role} was made`)
    return {
      ...this.view.invite(this.#invite(id)),
      ticket: ticketText(ticket),
      ticketQr: ticketQrText(ticket),
    }
  }

  async cancelInvite(id: string): Promise<network.Invite> {
    const matches = [...this.#mesh.trust.state.invites.keys()].filter((each) => each.startsWith(id))
    const [match] = matches
    if (match === undefined || matches.length > 1)
      throw new ApiError('INVITE_UNKNOWN', `no invite "${id}"`)
    await this.#append({ kind: 'cancel', invite: match })
    this.#place.publish('invite:cancelled', null, 'An invite was cancelled')
    return this.view.invite(this.#invite(match))
  }

  async pendingJoins(): Promise<network.PendingJoin[]> {
    return this.view.pendingJoins()
  }

  async approve(selector: string): Promise<device.Device> {
    const { trust, time } = this.#mesh
    const expired = this.#expiredMember(selector)
    if (expired !== undefined) {
      const { role } = expired
      if (role === null)
        throw new ApiError('JOIN_UNKNOWN', `${selector} does not wait for approval`)
      await this.#append({
        kind: 'role',
        device: expired.id,
        role,
        until: time.now() + ADMISSION_MS,
      })
      return this.device(expired.id)
    }
    const join = this.#pending(selector)
    const admitted = this.#whenMember(join.device)
    if (join.reason === 'approval') {
      if (!this.#mesh.joins.answer(join.id, true))
        throw new ApiError('JOIN_UNKNOWN', `${join.name} no longer waits`)
    } else {
      const until = time.now() + ADMISSION_MS
      await this.#append({
        kind: 'admit',
        device: join.device,
        role: join.role,
        until,
        name: join.name,
      })
    }
    await admitted
    this.#place.publish('join:approved', join.device, `${join.name} was approved`)
    const member = trust.state.members.get(join.device)
    if (member === undefined)
      throw new ApiError('TIMEOUT', `${join.name} was approved but hung up before it was in`)
    return this.device(join.device)
  }

  async deny(selector: string): Promise<void> {
    const join = this.#pending(selector)
    if (join.reason === 'approval') this.#mesh.joins.answer(join.id, false)
    else await this.#append({ kind: 'revoke', device: join.device, reason: 'denied' })
    this.#place.publish('join:denied', join.device, `${join.name} was denied`)
  }

  async connections(selector?: string): Promise<device.Connection[]> {
    return this.view.connections(
      selector === undefined ? undefined : selectDevice(this.view.devices(), selector).id,
    )
  }

  async topology(): Promise<mesh.Topology> {
    return this.view.topology()
  }

  async path(selector: string): Promise<device.PathReport> {
    const found = selectDevice(this.view.devices(), selector)
    const { id, name } = found
    const { book, dials, health, topology, links, interfaces } = this.#mesh
    const report = health.health(id)
    const best = links.best(id)
    const seenBy = topology.whoSees(id).filter((observer) => observer !== this.#mesh.key.id)
    const attempts = book.attempts(id)
    const { advice } = pathAdvice({
      name,
      isSelf: found.isSelf,
      state: report?.state ?? (found.role === null ? 'left' : 'unknown'),
      cause: report?.cause ?? 'never-seen',
      isConnected: links.isUp(id),
      isRelayed: best !== undefined && relayOf(best.remoteAddr) !== undefined,
      isTarget: dials.isTarget(id),
      addresses: book.addresses(id).length,
      attempts,
      seenBy: seenBy.map((observer) => this.view.name(observer)),
      hasNetwork: interfaces.addresses().length > 0,
      hasPeers: links.peers().length > 0,
    })
    return {
      device: id,
      name,
      health: found.health,
      path: found.path,
      attempts: attempts.map((attempt) => ({ ...attempt })),
      nextAttemptAt: links.isUp(id) ? null : dials.nextAttemptAt(id),
      seenBy: [...seenBy],
      advice,
    }
  }

  ping(
    request: { device: string; count: number; intervalMs: number; timeoutMs: number },
    signal: AbortSignal,
  ): AsyncIterable<device.PingLine> {
    const { id } = selectDevice(this.view.devices(), request.device)
    return ping(this.#mesh, this.view, id, request, signal)
  }

  #pending(selector: string): network.PendingJoin {
    const pending = this.view.pendingJoins()
    const byId = pending.find((join) => join.id === selector)
    if (byId !== undefined) return byId
    try {
      const found = selectDevice(
        pending.map((join) => ({ id: join.device, name: join.name, join })),
        selector,
      )
      return found.join
    } catch (err) {
      if (!(err instanceof ApiError) || err.code !== 'DEVICE_UNKNOWN') throw err
      throw new ApiError(
        'JOIN_UNKNOWN',
        `nobody called "${selector}" waits for approval`,
        'See who waits: asgard status',
      )
    }
  }

  #expiredMember(selector: string): device.Device | undefined {
    const expired = this.view
      .devices()
      .filter((each) => each.flags.some((flag) => flag.code === 'expired'))
    return expired.find((each) => each.id === selector || each.name === selector)
  }

  /** Resolves when the device is a member, or after a while in any case. */
  #whenMember(id: DeviceId): Promise<void> {
    const { trust, clock } = this.#mesh
    return new Promise((resolve) => {
      const done = () => {
        stopListening()
        cancel()
        resolve()
      }
      const stopListening = trust.onChange(() => {
        if (trust.state.members.has(id)) done()
      })
      const cancel = clock.after(APPROVAL_TIMEOUT_MS, done)
    })
  }

  #invite(id: string) {
    const invite = this.#mesh.trust.state.invites.get(id)
    if (invite === undefined) throw new ApiError('INVITE_UNKNOWN', `no invite "${id}"`)
    return invite
  }

  async #append(operation: TrustOperation): Promise<void> {
    const { trust, key, time } = this.#mesh
    await this.#translated(() => trust.append(operation, key, time.now()))
  }

  async #translated(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (err) {
      if (err instanceof TrustError) {
        const [code, hint] = API_CODES[err.code] ?? ['BAD_REQUEST']
        throw new ApiError(code, err.message, hint, { cause: err })
      }
      if (err instanceof RegistryError && err.code === 'OUTRANKED') {
        throw new ApiError('NOT_PERMITTED', err.message, undefined, { cause: err })
      }
      if (err instanceof ReplicaError && err.code === 'NOT_PERMITTED') {
        throw new ApiError('NOT_PERMITTED', err.message, undefined, { cause: err })
      }
      throw err
    }
  }
}
