import type { DeviceId } from '../identity/device-id.ts'
import { contestsForUses, isSecondHistory, type Contest } from './contests.ts'
import { RANK } from './role.ts'
import { sourceComponents } from './source-components.ts'
import {
  inviteStandingOf,
  NO_STRIKES,
  usersOf,
  type Perspective,
  type Strike,
  type Strikes,
} from './standing.ts'
import type { TrustGraph, View } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'
import { lackOfRight, roleNeeded } from './trust-rules.ts'

/** Within a larger knot of mutual threats no finer order is looked for: all of its removals stand. */
const KNOT_MAX = 64

/**
 * Which records of a view have no effect. After "StrongRemove" of p2panda-auth:
 *
 * 1. What an author does concurrently with its removal has no effect, if the removal stands.
 * 2. What rests only on records without effect has none either: admissions, and the acts of those admitted.
 * 3. A removal that falls by 1 or 2 through another removal that stands, falls. Where removals threaten each
 *    other in a cycle, all of them stand: mutual removals remove both.
 * 4. A second history of a device is no threat to that device's removal, if the remover had seen the first one.
 *
 * The result depends on the set of records only: removals are decided from the unthreatened ones onward.
 */
export function strikesIn(
  graph: TrustGraph,
  index: TrustIndex,
  view: View,
  contests: readonly Contest[],
): Strikes {
  const scene = new Scene(graph, index, view, contests)
  if (scene.contests.length === 0) return NO_STRIKES
  const undecided = new Set(scene.contests.map((contest) => contest.striker))
  const standing = new Set<number>()
  for (;;) {
    const strikes = scene.strikesBy(standing)
    for (const striker of undecided) if (strikes.has(striker)) undecided.delete(striker)
    if (undecided.size === 0) return strikes
    for (const knot of sourceComponents([...undecided], (a, b) => scene.mayThreaten(a, b))) {
      for (const striker of scene.unthreatened(knot, standing)) {
        standing.add(striker)
        undecided.delete(striker)
      }
    }
  }
}

/** One view with its contests; answers what would follow if given strikers stood. */
class Scene {
  readonly contests: readonly Contest[]
  readonly #graph: TrustGraph
  readonly #index: TrustIndex
  readonly #view: View
  readonly #byStruck = new Map<number, Contest[]>()
  readonly #byStriker = new Map<number, Contest[]>()

  constructor(graph: TrustGraph, index: TrustIndex, view: View, contests: readonly Contest[]) {
    this.#graph = graph
    this.#index = index
    this.#view = view
    const inView = contests.filter(
      ({ striker, struck }) => graph.isIn(striker, view) && graph.isIn(struck, view),
    )
    this.contests = [...inView, ...this.#contestsForUses()]
    for (const contest of this.contests) {
      push(this.#byStruck, contest.struck, contest)
      push(this.#byStriker, contest.striker, contest)
    }
  }

  /** Records without effect, if exactly the strikers in `standing` stand. */
  strikesBy(standing: ReadonlySet<number>): Map<number, Strike> {
    const strikes = new Map<number, Strike>()
    const doubts = new Doubts(this.#index)
    for (let record = this.#firstStruck(); record < this.#graph.size; record++) {
      if (standing.has(record) || !this.#graph.isIn(record, this.#view)) continue
      const strikers = (this.#byStruck.get(record) ?? []).filter(({ striker }) =>
        standing.has(striker),
      )
      if (strikers.length === 0 && !doubts.concern(this.#graph, record)) continue
      const strike = this.#strikeOn(record, strikers, strikes)
      if (strike === undefined) continue
      strikes.set(record, strike)
      doubts.add(this.#graph, record)
    }
    return strikes
  }

  /** Whether `a` strikes `b` or anything that `b` had seen, and so may matter to it. */
  mayThreaten(a: number, b: number): boolean {
    const contests = this.#byStriker.get(a) ?? []
    const isNear = contests.some(({ struck }) => struck === b || this.#graph.isAncestor(struck, b))
    return isNear && !isSecondHistory(this.#graph, this.#index, a, b)
  }

  /** Of strikers that may threaten each other: those that no other one in fact deprives of its effect. */
  unthreatened(knot: readonly number[], standing: ReadonlySet<number>): readonly number[] {
    if (knot.length === 1 || knot.length > KNOT_MAX) return knot
    const ifStands = new Map(
      knot.map((striker) => [striker, this.strikesBy(new Set([...standing, striker]))]),
    )
    const threatens = (a: number, b: number) =>
      ifStands.get(a)?.has(b) === true && !isSecondHistory(this.#graph, this.#index, a, b)
    return sourceComponents(knot, threatens).flat()
  }

  #strikeOn(record: number, strikers: readonly Contest[], strikes: Strikes): Strike | undefined {
    const act = this.#graph.record(record)
    const at: Perspective = {
      graph: this.#graph,
      index: this.#index,
      view: this.#graph.past(record),
      strikes,
    }
    if (
      strikers.some(
        (contest) => contest.cause === 'author' && this.#isDeprived(at, record, contest.striker),
      )
    ) {
      return 'filtered'
    }
    const lack = lackOfRight(at, act)
    if (lack !== undefined && act.operation.kind === 'admit') {
      if (lack.code === 'INVITE_USED_UP') return 'used'
      if (lack.code === 'INVITE_CANCELLED') return 'cancelled'
      if (lack.code === 'INVITE_CLOSED' || lack.code === 'INVITE_UNKNOWN') return 'closed'
    }
    if (lack !== undefined) return 'filtered'
    return this.#strikeOnInvite(at, record, strikers)
  }

  /** A revocation takes everything; a change of role takes what needed a higher one. */
  #isDeprived(at: Perspective, record: number, striker: number): boolean {
    const { operation } = this.#graph.record(striker)
    return (
      operation.kind !== 'role' ||
      RANK[roleNeeded(at, this.#graph.record(record))] > RANK[operation.role]
    )
  }

  #strikeOnInvite(
    at: Perspective,
    record: number,
    strikers: readonly Contest[],
  ): Strike | undefined {
    const { operation } = this.#graph.record(record)
    if (operation.kind !== 'admit' || operation.invite === undefined) return undefined
    const invite = inviteStandingOf(at, operation.invite)
    if (invite.status === 'unknown') return undefined
    const inviter = this.#graph.record(invite.record).author
    if (
      strikers.some(({ cause, striker }) => cause === 'closed' && this.#removes(striker, inviter))
    )
      return 'closed'
    if (strikers.some(({ cause }) => cause === 'cancelled')) return 'cancelled'
    const users = usersOf(at, operation.invite)
    for (const { cause, striker } of strikers)
      if (cause === 'used') users.add(this.#admitted(striker))
    users.delete(operation.device)
    return users.size >= invite.operation.uses ? 'used' : undefined
  }

  #removes(striker: number, device: DeviceId): boolean {
    const { author, operation } = this.#graph.record(striker)
    return operation.kind === 'leave'
      ? author === device
      : 'device' in operation && operation.device === device
  }

  #admitted(admission: number): DeviceId {
    const { operation } = this.#graph.record(admission)
    return operation.kind === 'admit' ? operation.device : ''
  }

  #firstStruck(): number {
    return this.contests.reduce((lowest, { struck }) => Math.min(lowest, struck), this.#graph.size)
  }

  #contestsForUses(): Contest[] {
    return [...this.#index.oftenCited].flatMap((invite) => {
      const inView = (record: number) => this.#graph.isIn(record, this.#view)
      const admissions = this.#index.citing.get(invite).filter(inView)
      const uses = this.#index.invites
        .get(invite)
        .filter(inView)
        .map((record) => this.#usesOf(record))
      const devices = new Set(admissions.map((admission) => this.#admitted(admission)))
      return devices.size > Math.min(...uses) ? contestsForUses(this.#graph, admissions) : []
    })
  }

  #usesOf(record: number): number {
    const { operation } = this.#graph.record(record)
    return operation.kind === 'invite' ? operation.uses : 0
  }
}

/** What the records without effect were about: only records that depend on one of these are judged again. */
class Doubts {
  readonly #index: TrustIndex
  readonly #devices = new Set<DeviceId>()
  readonly #invites = new Set<string>()
  #ownersToo = false

  constructor(index: TrustIndex) {
    this.#index = index
  }

  add(graph: TrustGraph, record: number): void {
    const { author, operation } = graph.record(record)
    if ('device' in operation) this.#addDevice(operation.device)
    if (operation.kind === 'leave') this.#addDevice(author)
    if (operation.kind === 'renew') for (const device of operation.devices) this.#addDevice(device)
    if (operation.kind === 'invite') this.#invites.add(operation.id)
    if (operation.kind === 'cancel') this.#invites.add(operation.invite)
    if (operation.kind === 'admit' && operation.invite !== undefined)
      this.#invites.add(operation.invite)
  }

  concern(graph: TrustGraph, record: number): boolean {
    const { author, operation } = graph.record(record)
    if (this.#devices.has(author)) return true
    if (operation.kind === 'leave') return this.#ownersToo
    if (operation.kind === 'role' && this.#ownersToo) return true
    if (
      operation.kind === 'admit' &&
      operation.invite !== undefined &&
      this.#invites.has(operation.invite)
    )
      return true
    return 'device' in operation && this.#devices.has(operation.device)
  }

  #addDevice(device: DeviceId): void {
    this.#devices.add(device)
    if (this.#index.owners.has(device)) this.#ownersToo = true
    for (const invite of this.#index.invitesBy.get(device) ?? []) this.#invites.add(invite)
  }
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
