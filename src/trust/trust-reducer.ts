import type { DeviceId } from '../identity/device-id.ts'
import {
  inviteStandingOf,
  isEffective,
  newest,
  standingOf,
  type Perspective,
  type Strikes,
} from './standing.ts'
import { EPOCHS_KEPT, FORKS_LISTED_MAX } from './trust-limits.ts'
import type { TrustLedger } from './trust-ledger.ts'
import type { InviteId } from './trust-operation.ts'
import type { TrustRecord } from './trust-record.ts'
import {
  emptyState,
  type Departure,
  type Epoch,
  type Fork,
  type Invite,
  type Member,
  type Review,
  type Revocation,
  type TrustState,
} from './trust-state.ts'

/** Turns a ledger into the state that everything else reads. Pure but for remembering what it computed last. */
export class TrustReducer {
  #state: TrustState
  #strikes: Strikes | undefined
  #size = 0

  constructor(ledger: TrustLedger) {
    this.#state = emptyState(ledger.networkId)
  }

  /** Looks only at what the new records touch, unless they changed which older ones have effect. */
  reduce(ledger: TrustLedger): TrustState {
    const at = ledger.perspective()
    const added = ledger.recordsFrom(this.#size)
    if (added.length === 0) return this.#state
    const isWhole = this.#size === 0 || this.#strikes !== at.strikes
    const devices = isWhole ? new Set(ledger.index.grants.keys()) : devicesTouched(at, added)
    const invites = isWhole
      ? new Set(ledger.index.invites.keys())
      : invitesTouched(at, added, devices)
    const draft = isWhole ? new Draft(emptyState(ledger.networkId)) : new Draft(this.#state)
    for (const device of devices) draft.setDevice(at, device)
    for (const invite of invites) draft.setInvite(at, invite)
    this.#state = draft.finish(at, ledger.genesis)
    this.#strikes = at.strikes
    this.#size = ledger.graph.size
    return this.#state
  }
}

function devicesTouched(at: Perspective, records: readonly TrustRecord[]): Set<DeviceId> {
  const devices = new Set<DeviceId>()
  for (const { author, operation } of records) {
    if (operation.kind === 'genesis') devices.add(operation.owner)
    if (operation.kind === 'leave') devices.add(author)
    if (operation.kind === 'renew') for (const device of operation.devices) devices.add(device)
    if ('device' in operation) devices.add(operation.device)
  }
  for (const device of devices) if (at.index.grants.get(device).length === 0) devices.delete(device)
  return devices
}

/** An invite depends on its own records and on the standing of its author. */
function invitesTouched(
  at: Perspective,
  records: readonly TrustRecord[],
  devices: ReadonlySet<DeviceId>,
): Set<InviteId> {
  const invites = new Set<InviteId>()
  for (const { operation } of records) {
    if (operation.kind === 'invite') invites.add(operation.id)
    if (
      operation.kind === 'cancel' ||
      (operation.kind === 'admit' && operation.invite !== undefined)
    ) {
      invites.add(operation.invite as InviteId)
    }
  }
  for (const device of devices)
    for (const invite of at.index.invitesBy.get(device) ?? []) invites.add(invite)
  return invites
}

class Draft {
  readonly #networkId: string
  readonly #members: Map<DeviceId, Member>
  readonly #reviews: Map<DeviceId, Review>
  readonly #revocations: Map<DeviceId, Revocation>
  readonly #left: Map<DeviceId, Departure>
  readonly #invites: Map<InviteId, Invite>

  constructor(state: TrustState) {
    this.#networkId = state.networkId
    this.#members = new Map(state.members)
    this.#reviews = new Map(state.reviews)
    this.#revocations = new Map(state.revocations)
    this.#left = new Map(state.left)
    this.#invites = new Map(state.invites)
  }

  setDevice(at: Perspective, device: DeviceId): void {
    this.#members.delete(device)
    this.#reviews.delete(device)
    this.#revocations.delete(device)
    this.#left.delete(device)
    const standing = standingOf(at, device)
    if (standing.status === 'unknown') return
    const { id, author, timeMs, operation } = at.graph.record(standing.record)
    if (standing.status === 'member') {
      const { role, until } = standing
      const isGenesis = operation.kind === 'genesis'
      const name =
        operation.kind === 'admit' ? operation.name : isGenesis ? operation.ownerName : ''
      const admittedBy = isGenesis ? device : author
      const invite = operation.kind === 'admit' ? (operation.invite ?? null) : null
      this.#members.set(device, {
        device,
        role,
        since: timeMs,
        until,
        admittedBy,
        invite,
        name,
        recordId: id,
      })
    } else if (standing.status === 'review') {
      if (operation.kind !== 'admit' || operation.invite === undefined) return
      const strike = at.strikes.get(standing.record)
      const reason = strike === 'used' || strike === 'cancelled' ? strike : 'closed'
      const { role, name, invite } = operation
      this.#reviews.set(device, {
        device,
        role,
        at: timeMs,
        admittedBy: author,
        name,
        invite,
        recordId: id,
        reason,
      })
    } else {
      const name = nameOf(at, device)
      if (standing.status === 'left')
        this.#left.set(device, { device, recordId: id, at: timeMs, name })
      else {
        const reason = operation.kind === 'revoke' ? operation.reason : ''
        this.#revocations.set(device, {
          device,
          recordId: id,
          by: author,
          at: timeMs,
          reason,
          name,
        })
      }
    }
  }

  setInvite(at: Perspective, id: InviteId): void {
    this.#invites.delete(id)
    const standing = inviteStandingOf(at, id)
    if (standing.status === 'unknown') return
    const { id: recordId, author, timeMs } = at.graph.record(standing.record)
    const { role, expiresAt, uses, approve, guestUntil } = standing.operation
    const used = admittedBy(at, id)
    const status = standing.status === 'open' && used >= uses ? 'used' : standing.status
    this.#invites.set(id, {
      id,
      role,
      by: author,
      createdAt: timeMs,
      expiresAt,
      uses,
      used,
      approve,
      guestUntil: guestUntil ?? null,
      recordId,
      status,
    })
  }

  finish(at: Perspective, genesis: TrustRecord | undefined): TrustState {
    return {
      networkId: this.#networkId,
      name: networkName(at, genesis),
      createdAt: genesis?.timeMs ?? 0,
      members: this.#members,
      reviews: this.#reviews,
      revocations: this.#revocations,
      left: this.#left,
      invites: this.#invites,
      epochs: epochs(at),
      forks: forks(at),
    }
  }
}

/** Devices admitted by the invite, those that wait for review included. */
function admittedBy(at: Perspective, invite: InviteId): number {
  const devices = new Set<DeviceId>()
  for (const admission of at.index.citing.get(invite)) {
    const { operation } = at.graph.record(admission)
    if (operation.kind === 'admit' && at.strikes.get(admission) !== 'filtered')
      devices.add(operation.device)
  }
  return devices.size
}

/** The name of a device that is no member any more: as of its newest admission. */
function nameOf(at: Perspective, device: DeviceId): string {
  const admissions = at.index.grants
    .get(device)
    .filter((grant) => at.graph.record(grant).operation.kind !== 'role')
  const [name = ''] = newest(at.graph, admissions)
    .map((admission) => at.graph.record(admission))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ operation }) =>
      operation.kind === 'admit'
        ? operation.name
        : operation.kind === 'genesis'
          ? operation.ownerName
          : '',
    )
  return name
}

/** The rename that no other has seen; of concurrent ones the deepest, then the one with the lowest id. */
function networkName(at: Perspective, genesis: TrustRecord | undefined): string {
  const operation = inOrder(at, at.index.renames).at(-1)?.operation ?? genesis?.operation
  return operation?.kind === 'rename' || operation?.kind === 'genesis' ? operation.name : ''
}

function epochs(at: Perspective): readonly Epoch[] {
  return inOrder(at, at.index.rekeys)
    .slice(-EPOCHS_KEPT)
    .flatMap(({ id, author, timeMs, operation }) =>
      operation.kind === 'rekey'
        ? [{ recordId: id, commitment: operation.commitment, by: author, at: timeMs }]
        : [],
    )
}

/** By depth, then by id downwards: what has seen more comes later, and clocks have no say. */
function inOrder(at: Perspective, records: readonly number[]): TrustRecord[] {
  return records
    .filter((record) => isEffective(at, record))
    .sort(
      (a, b) =>
        at.graph.depth(a) - at.graph.depth(b) ||
        (at.graph.record(a).id < at.graph.record(b).id ? 1 : -1),
    )
    .map((record) => at.graph.record(record))
}

function forks(at: Perspective): readonly Fork[] {
  return [...at.index.forks.values()]
    .flat()
    .map((claims) => {
      const records = claims.map((claim) => at.graph.record(claim))
      const [{ author, seq }] = records as [TrustRecord]
      return { author, seq, records: records.map(({ id }) => id).sort() }
    })
    .sort((a, b) => (a.author < b.author ? -1 : a.author > b.author ? 1 : a.seq - b.seq))
    .slice(0, FORKS_LISTED_MAX)
}
