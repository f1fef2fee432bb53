import { pathAdvice } from '../../src/discovery/path-report.ts'
import { can } from '../../src/trust/permission.ts'
import { relayOf } from '../../src/reach/path-kind.ts'
import { ApiError } from '../api/api-error.ts'
import type { NetworkBackend } from '../api/backend.ts'
import type * as device from '../api/contract/device.ts'
import type * as mesh from '../api/contract/mesh.ts'
import type * as network from '../api/contract/network.ts'
import { Acts } from './acts.ts'
import { Admissions } from './admissions.ts'
import { selectDevice } from './device-selector.ts'
import type { NetworkPlace } from './network-place.ts'
import type { Mesh } from '../mesh/mesh.ts'
import { NetworkView } from './network-view.ts'
import { ping } from './ping.ts'

/** Channels to whoever is connected open much sooner; whoever is not cannot be told anyway. */
const LEAVE_HEARD_MAX_MS = 5_000

/** One network as the API sees it: every question and every act of a person on this device. */
export class MeshBackend implements NetworkBackend {
  readonly id: string
  readonly view: NetworkView
  readonly #mesh: Mesh
  readonly #place: NetworkPlace
  readonly #acts: Acts
  readonly #admissions: Admissions

  constructor(mesh: Mesh, place: NetworkPlace) {
    this.id = mesh.id
    this.#mesh = mesh
    this.#place = place
    this.view = new NetworkView(mesh, (id) => place.forgotten.has(id))
    this.#acts = new Acts(mesh)
    this.#admissions = new Admissions(mesh, this.view, this.#acts, place.publish)
  }

  async show(): Promise<network.Network> {
    return this.view.network(this.#place.status(), this.#place.isCurrent())
  }

  async rename(name: string): Promise<network.Network> {
    if (name !== this.#mesh.trust.state.name) await this.#acts.append({ kind: 'rename', name })
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
        await this.#acts.append({ kind: 'leave' })
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
      await this.#acts.translated(() =>
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
      await this.#acts.append({
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
      await this.#acts.append({ kind: 'revoke', device: found.id, reason })
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

  invites(): Promise<network.Invite[]> {
    return this.#admissions.invites()
  }

  createInvite(
    request: Parameters<NetworkBackend['createInvite']>[0],
  ): Promise<network.CreatedInvite> {
    return this.#admissions.createInvite(request)
  }

  cancelInvite(id: string): Promise<network.Invite> {
    return this.#admissions.cancelInvite(id)
  }

  pendingJoins(): Promise<network.PendingJoin[]> {
    return this.#admissions.pendingJoins()
  }

  approve(selector: string): Promise<device.Device> {
    return this.#admissions.approve(selector)
  }

  deny(selector: string): Promise<void> {
    return this.#admissions.deny(selector)
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
}
