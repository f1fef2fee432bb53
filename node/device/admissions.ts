import { randomBytes } from 'node:crypto'
import type { DeviceId } from '../../src/identity/device-id.ts'
import { inviteIdOf } from '../../src/network/invite-key.ts'
import {
  type InviteTicket,
  TICKET_SECRET_BYTES,
  ticketQrText,
  ticketText,
} from '../../src/network/ticket.ts'
import { can } from '../../src/trust/permission.ts'
import { ADMISSION_MS } from '../../src/trust/trust-limits.ts'
import { ApiError } from '../api/api-error.ts'
import type * as device from '../api/contract/device.ts'
import type * as network from '../api/contract/network.ts'
import type { Mesh } from '../mesh/mesh.ts'
import type { Acts } from './acts.ts'
import { selectDevice } from './device-selector.ts'
import type { NetworkPlace } from './network-place.ts'
import type { NetworkView } from './network-view.ts'
import { ticketAddresses } from './ticket-addresses.ts'

/** An approved device is usually in within a second. */
const APPROVAL_TIMEOUT_MS = 10_000

/** Letting devices in: invites, those that wait, those whose admission has ended. */
export class Admissions {
  readonly #mesh: Mesh
  readonly #view: NetworkView
  readonly #acts: Acts
  readonly #publish: NetworkPlace['publish']

  constructor(mesh: Mesh, view: NetworkView, acts: Acts, publish: NetworkPlace['publish']) {
    this.#mesh = mesh
    this.#view = view
    this.#acts = acts
    this.#publish = publish
  }

  async invites(): Promise<network.Invite[]> {
    return [...this.#mesh.trust.state.invites.values()]
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .map((invite) => this.#view.invite(invite))
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
    await this.#acts.append({
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
    this.#publish('invite:created', null, `An invite for one ${role} was made`)
    return {
      ...this.#view.invite(this.#invite(id)),
      ticket: ticketText(ticket),
      ticketQr: ticketQrText(ticket),
    }
  }

  async cancelInvite(id: string): Promise<network.Invite> {
    const matches = [...this.#mesh.trust.state.invites.keys()].filter((each) => each.startsWith(id))
    const [match] = matches
    if (match === undefined || matches.length > 1)
      throw new ApiError('INVITE_UNKNOWN', `no invite "${id}"`)
    await this.#acts.append({ kind: 'cancel', invite: match })
    this.#publish('invite:cancelled', null, 'An invite was cancelled')
    return this.#view.invite(this.#invite(match))
  }

  async pendingJoins(): Promise<network.PendingJoin[]> {
    return this.#view.pendingJoins()
  }

  async approve(selector: string): Promise<device.Device> {
    const { trust, time } = this.#mesh
    const expired = this.#expiredMember(selector)
    if (expired !== undefined) {
      const { role } = expired
      if (role === null)
        throw new ApiError('JOIN_UNKNOWN', `${selector} does not wait for approval`)
      await this.#acts.append({
        kind: 'role',
        device: expired.id,
        role,
        until: time.now() + ADMISSION_MS,
      })
      return this.#device(expired.id)
    }
    const join = this.#pending(selector)
    const admitted = this.#whenMember(join.device)
    if (join.reason === 'approval') {
      if (!this.#mesh.joins.answer(join.id, true))
        throw new ApiError('JOIN_UNKNOWN', `${join.name} no longer waits`)
    } else {
      const until = time.now() + ADMISSION_MS
      await this.#acts.append({
        kind: 'admit',
        device: join.device,
        role: join.role,
        until,
        name: join.name,
      })
    }
    await admitted
    this.#publish('join:approved', join.device, `${join.name} was approved`)
    const member = trust.state.members.get(join.device)
    if (member === undefined)
      throw new ApiError('TIMEOUT', `${join.name} was approved but hung up before it was in`)
    return this.#device(join.device)
  }

  async deny(selector: string): Promise<void> {
    const join = this.#pending(selector)
    if (join.reason === 'approval') this.#mesh.joins.answer(join.id, false)
    else await this.#acts.append({ kind: 'revoke', device: join.device, reason: 'denied' })
    this.#publish('join:denied', join.device, `${join.name} was denied`)
  }

  #pending(selector: string): network.PendingJoin {
    const pending = this.#view.pendingJoins()
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
    const expired = this.#view
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

  #device(id: DeviceId): device.Device {
    return selectDevice(this.#view.devices(), id)
  }
}
