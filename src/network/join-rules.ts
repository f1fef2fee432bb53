import type { DeviceId } from '../identity/device-id.ts'
import type { JoinRefusal } from '../../protocols/join/messages.ts'
import { can } from '../trust/permission.ts'
import { NAME_MAX_CHARS } from '../trust/trust-limits.ts'
import { isName } from '../trust/trust-operation-codec.ts'
import type { Invite, TrustState } from '../trust/trust-state.ts'

export interface JoinFacts {
  readonly network: string
  readonly invite: string
  readonly joiner: DeviceId
  /** What the joiner is to be called. */
  readonly name: string
  readonly admitter: DeviceId
  readonly nowMs: number
}

export type JoinRuling =
  | {
      readonly kind: 'refused'
      readonly reason: JoinRefusal
      readonly detail: string
      readonly expiredAtMs?: number
    }
  /** `repeat`: this device was admitted by this very invite before, and never heard the answer. */
  | { readonly kind: 'admissible'; readonly invite: Invite; readonly isRepeat: boolean }

/** What an admin answers to a device that comes with a ticket. Pure: every fact is in the arguments. */
export function ruleOnJoin(state: TrustState, facts: JoinFacts): JoinRuling {
  const refused = (reason: JoinRefusal, detail: string, expiredAtMs?: number): JoinRuling => ({
    kind: 'refused',
    reason,
    detail,
    ...(expiredAtMs !== undefined && { expiredAtMs }),
  })
  if (facts.network !== state.networkId)
    return refused('wrong-network', 'this device is not in that network')
  const invite = state.invites.get(facts.invite)
  if (invite === undefined) return refused('unknown-invite', 'no such invite is known here')
  // From here on the joiner has named an invite that only its ticket's holder can know.
  if (!can(state, facts.admitter, 'device:admit', facts.nowMs)) {
    return refused('not-an-admin', 'this device may not admit others; use an address of an admin')
  }
  if (state.revocations.has(facts.joiner)) {
    return refused(
      'revoked',
      'this device was removed from the network; an owner has to admit it again',
    )
  }
  const member = state.members.get(facts.joiner)
  if (member !== undefined) {
    if (member.invite === facts.invite) return { kind: 'admissible', invite, isRepeat: true }
    const hasEnded = member.until !== null && member.until <= facts.nowMs
    return refused(
      'already-member',
      hasEnded
        ? 'its membership has ended and needs no ticket but approval: asgard device approve'
        : 'this device is a member already',
    )
  }
  if (state.reviews.has(facts.joiner)) {
    return refused('in-review', 'this device waits until an admin approves it')
  }
  switch (invite.status) {
    case 'cancelled':
      return refused('cancelled', 'the invite was cancelled')
    case 'closed':
      return refused('inviter-removed', 'the device that made this invite may not invite any more')
    case 'used':
      return refused('used-up', `the invite was good for ${invite.uses} and has been used`)
    case 'open':
      break
  }
  if (invite.expiresAt <= facts.nowMs) {
    return refused('expired', 'the ticket has expired', invite.expiresAt)
  }
  if (!isName(facts.name))
    return refused('bad-name', `a device’s name has 1 to ${NAME_MAX_CHARS} characters`)
  return { kind: 'admissible', invite, isRepeat: false }
}
