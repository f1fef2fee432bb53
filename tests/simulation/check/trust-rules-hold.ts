import { RANK } from '../../../src/trust/role.ts'
import type { RecordId, TrustRecord } from '../../../src/trust/trust-record.ts'
import type { TrustState } from '../../../src/trust/trust-state.ts'
import type { Chronicle } from '../story/chronicle.ts'
import type { Violation } from './violation.ts'

export interface TrustView {
  readonly state: TrustState
  readonly precedes: (earlier: RecordId, later: RecordId) => boolean
}

/** What must hold of any one device's view of the network at any moment. */
export function* brokenTrustRules(
  { state, precedes }: TrustView,
  chronicle: Chronicle,
  name: (id: string) => string,
): Iterable<Violation> {
  const broken = (rule: string, detail: string): Violation => ({ rule, detail })
  if (state.forks.length > 0)
    yield broken(
      'no-fork',
      `${state.forks.map(({ author }) => name(author)).join(', ')} wrote two histories`,
    )
  for (const id of chronicle.forged)
    if (chronicle.records.has(id))
      yield broken(
        'forged',
        `the ${chronicle.records.get(id)?.operation.kind} of somebody without the rank was accepted`,
      )
  for (const device of state.members.keys()) {
    const isElsewhere =
      state.revocations.has(device) || state.left.has(device) || state.reviews.has(device)
    if (isElsewhere)
      yield broken('one-standing', `${name(device)} is a member and something else too`)
    if (chronicle.ghosts.has(device) || !chronicle.admitted.has(device))
      yield broken(
        'members-only',
        `${name(device)} is a member, but nobody with the right to it admitted it`,
      )
  }
  for (const invite of state.invites.values()) {
    const users = [...state.members.values()].filter((member) => member.invite === invite.id)
    if (users.length > invite.uses)
      yield broken(
        'invite-uses',
        `${users.map(({ device }) => name(device)).join(', ')} used an invite for ${invite.uses}`,
      )
  }
  for (const member of state.members.values()) {
    const admission = chronicle.records.get(member.recordId)
    if (admission !== undefined) yield* brokenCeilings(admission, chronicle, name)
  }
  for (const revocation of state.revocations.values()) {
    for (const record of chronicle.records.values()) {
      if (record.author !== revocation.device || !hasEffect(record, state)) continue
      if (precedes(record.id, revocation.recordId)) continue
      yield broken(
        'revoked-acts',
        `the ${record.operation.kind} of ${name(record.author)} counts, though its author was revoked without having been seen to do it`,
      )
    }
  }
}

/** Nobody gives what is above its reach. Who did not have the rank when it gave has been found out by then. */
function* brokenCeilings(
  record: TrustRecord,
  chronicle: Chronicle,
  name: (id: string) => string,
): Iterable<Violation> {
  const { operation } = record
  if (operation.kind !== 'admit' || operation.invite === undefined) return
  for (const { operation: invite } of chronicle.records.values()) {
    if (invite.kind !== 'invite' || invite.id !== operation.invite) continue
    if (RANK[operation.role] > RANK[invite.role])
      yield {
        rule: 'role-ceiling',
        detail: `${name(operation.device)} became ${operation.role} by an invite for a ${invite.role}`,
      }
  }
}

/** Whether a trace of the record is left in the state. Removals are left out: mutual ones stand, both. */
function hasEffect(record: TrustRecord, state: TrustState): boolean {
  const { id, operation } = record
  switch (operation.kind) {
    case 'admit':
      return state.members.get(operation.device)?.recordId === id
    case 'invite':
      return state.invites.get(operation.id)?.recordId === id
    case 'rename':
      return state.name === operation.name
    case 'rekey':
      return state.epochs.some((epoch) => epoch.recordId === id)
    default:
      return false
  }
}

/** Equal texts mean equal views. Everything that a set of records decides is in it, and nothing of time. */
export function canonical(state: TrustState): string {
  const sorted = <Value>(map: ReadonlyMap<string, Value>) =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([
    state.networkId,
    state.name,
    state.createdAt,
    sorted(state.members),
    sorted(state.reviews),
    sorted(state.revocations),
    sorted(state.left),
    sorted(state.invites),
    state.epochs.map(({ recordId, commitment }) => [
      recordId,
      Buffer.from(commitment).toString('hex'),
    ]),
    state.forks,
  ])
}
