import { closesInvite, invitersSeen, isSecondHistory, type Contests } from './contests.ts'
import { Doubts } from './doubts.ts'
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
import { Strikers } from './strikers.ts'
import type { Support } from './support.ts'
import type { TrustGraph, View } from './trust-graph.ts'
import type { TrustIndex } from './trust-index.ts'
import { lackOfRight, roleNeeded } from './trust-rules.ts'
import { admitted, UseOrder } from './use-order.ts'

export interface Courtroom {
  readonly graph: TrustGraph
  readonly index: TrustIndex
  readonly contests: Contests
  readonly support: Support
}

/**
 * Which records of a view have no effect. After "StrongRemove" of p2panda-auth:
 *
 * 1. What an author does concurrently with its removal has no effect, if the removal stands.
 * 2. What rests only on records without effect has none either: admissions, and the acts of those admitted.
 * 3. A removal that falls by 1 or 2 through another removal that stands, falls. Where removals threaten each
 *    other in a cycle, all of them stand: mutual removals remove both.
 * 4. What has its right only because a removal in its past fell is decided after what that fall hangs on.
 * 5. A second history of a device is no threat to that device's removal, if the remover had seen the first one.
 *
 * The result depends on the set of records only: removals are decided from the unthreatened ones onward.
 */
export function strikesIn(room: Courtroom, view: View): Strikes {
  const trial = new Trial(room, view)
  const undecided = trial.strikers()
  if (undecided.size === 0) return NO_STRIKES
  const standing = new Strikers(room.graph)
  for (;;) {
    const strikes = trial.strikesBy(standing)
    const hopes = trial.hopes(undecided)
    const fallen = [...undecided].filter((striker) => strikes.has(striker) && !hopes(striker))
    for (const striker of fallen) undecided.delete(striker)
    if (undecided.size === 0) return strikes
    for (const striker of sourceComponents([...undecided], trial.threats(undecided)).flat()) {
      if (!strikes.has(striker)) standing.add(striker)
      undecided.delete(striker)
    }
  }
}

/** One view; answers what would follow if given strikers stood. */
class Trial {
  readonly #room: Courtroom
  readonly #graph: TrustGraph
  readonly #view: View
  readonly #useOrder: UseOrder

  constructor(room: Courtroom, view: View) {
    this.#room = room
    this.#graph = room.graph
    this.#view = view
    this.#useOrder = new UseOrder(room.graph, room.index, view)
  }

  strikers(): Strikers {
    const strikers = new Strikers(this.#graph)
    for (const striker of this.#room.contests.strikersIn(this.#view)) strikers.add(striker)
    for (const admissions of this.#useOrder.competing.values()) {
      for (const admission of admissions) strikers.add(admission)
    }
    return strikers
  }

  /** Records without effect, if exactly the strikers in `standing` stand. */
  strikesBy(standing: Strikers): Map<number, Strike> {
    const strikes = new Map<number, Strike>()
    const doubts = new Doubts(this.#graph, this.#room.index)
    for (const striker of standing)
      for (const victim of this.#room.contests.victimsOf(striker)) doubts.add(victim)
    for (const rivals of this.#useOrder.competing.values())
      for (const rival of rivals) doubts.add(rival)
    for (const record of this.#room.support.reprieved) doubts.add(record)
    for (let record = doubts.next(); record !== undefined; record = doubts.next()) {
      if (standing.has(record) || !this.#graph.isIn(record, this.#view)) continue
      const strike = this.#strikeOn(record, standing, strikes)
      if (strike === undefined) continue
      strikes.set(record, strike)
      doubts.spread(record)
    }
    return strikes
  }

  /** For each striker, those of `strikers` that strike what its right rests on. */
  threats(strikers: Strikers): (striker: number) => Iterable<number> {
    const against = new Map<number, readonly number[]>() // many rest on the same few records
    return (striker) => {
      const threats = new Set<number>()
      for (const support of this.#room.support.of(striker)) {
        const found = against.get(support) ?? [...this.#strikersOf(support, strikers)]
        against.set(support, found)
        for (const threat of found) threats.add(threat)
      }
      threats.delete(striker)
      return [...threats].filter(
        (threat) => !isSecondHistory(this.#graph, this.#room.index, threat, striker),
      )
    }
  }

  /** Whether what a striker rests on may yet be given back to it: a removal that it outlived is one of `strikers`, or in doubt through one. */
  hopes(strikers: Strikers): (striker: number) => boolean {
    const { support } = this.#room
    return (striker) => {
      if (support.reprieved.size === 0) return false
      for (const record of support.of(striker)) {
        if (!support.reprieved.has(record)) continue
        for (const _ of this.#before(record, strikers)) return true
      }
      return false
    }
  }

  *#before(record: number, strikers: Strikers): Iterable<number> {
    for (const striker of strikers) if (this.#graph.isAncestor(striker, record)) yield striker
  }

  *#strikersOf(record: number, strikers: Strikers): Iterable<number> {
    if (this.#room.support.reprieved.has(record)) yield* this.#before(record, strikers)
    const { author, operation } = this.#graph.record(record)
    const past = this.#pastOf(record, NO_STRIKES)
    for (const removal of strikers.removing(author)) {
      if (this.#graph.isConcurrent(removal, record) && this.#isDeprived(past, record, removal))
        yield removal
    }
    if (operation.kind !== 'admit' || operation.invite === undefined) return
    yield* this.#closing(record, strikers)
    yield* this.#cancelling(record, operation.invite, strikers)
    for (const rival of strikers.using(operation.invite)) {
      if (this.#useOrder.isBefore(rival, record)) yield rival
    }
  }

  #strikeOn(record: number, standing: Strikers, strikes: Strikes): Strike | undefined {
    const act = this.#graph.record(record)
    const past = this.#pastOf(record, strikes)
    for (const removal of standing.removing(act.author)) {
      if (this.#graph.isConcurrent(removal, record) && this.#isDeprived(past, record, removal))
        return 'filtered'
    }
    const lack = act.operation.kind === 'genesis' ? undefined : lackOfRight(past, act)
    if (lack === undefined) return this.#strikeOnInvite(past, record, standing)
    if (lack.code === 'INVITE_USED_UP') return 'used'
    if (lack.code === 'INVITE_CANCELLED') return 'cancelled'
    if (lack.code === 'INVITE_CLOSED' || lack.code === 'INVITE_UNKNOWN') return 'closed'
    return 'filtered'
  }

  #strikeOnInvite(past: Perspective, record: number, standing: Strikers): Strike | undefined {
    const { operation } = this.#graph.record(record)
    if (operation.kind !== 'admit' || operation.invite === undefined) return undefined
    for (const _ of this.#closing(record, standing)) return 'closed'
    for (const _ of this.#cancelling(record, operation.invite, standing)) return 'cancelled'
    if (!this.#useOrder.competing.has(operation.invite)) return undefined
    const invite = inviteStandingOf(past, operation.invite)
    if (invite.status === 'unknown') return undefined
    const users = usersOf(past, operation.invite)
    for (const rival of standing.using(operation.invite)) {
      if (this.#useOrder.isBefore(rival, record)) users.add(admitted(this.#graph, rival))
    }
    users.delete(operation.device)
    return users.size >= invite.operation.uses ? 'used' : undefined
  }

  *#closing(admission: number, strikers: Strikers): Iterable<number> {
    for (const inviter of invitersSeen(this.#graph, this.#room.index, admission)) {
      for (const removal of strikers.removing(inviter)) {
        if (!this.#graph.isConcurrent(removal, admission)) continue
        if (closesInvite(this.#graph, this.#room.index, removal, admission)) yield removal
      }
    }
  }

  *#cancelling(admission: number, invite: string, strikers: Strikers): Iterable<number> {
    for (const cancel of strikers.cancelling(invite)) {
      if (this.#graph.isConcurrent(cancel, admission)) yield cancel
    }
  }

  /** A revocation takes everything; a change of role takes what needed a higher one. */
  #isDeprived(past: Perspective, record: number, removal: number): boolean {
    const { operation } = this.#graph.record(removal)
    if (operation.kind !== 'role') return true
    return RANK[roleNeeded(past, this.#graph.record(record))] > RANK[operation.role]
  }

  #pastOf(record: number, strikes: Strikes): Perspective {
    return { graph: this.#graph, index: this.#room.index, view: this.#graph.past(record), strikes }
  }
}
