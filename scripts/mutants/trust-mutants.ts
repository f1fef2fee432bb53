import type { Mutant } from './mutant.ts'

const tests = ['tests/unit/trust', 'tests/unit/network', 'tests/property/trust']
const of = (file: string, name: string, find: string, replace: string): Mutant => ({
  name,
  file: file === 'join-rules.ts' ? `src/network/${file}` : `src/trust/${file}`,
  find,
  replace,
  tests,
})

export const trustMutants: readonly Mutant[] = [
  of(
    'trust-log.ts',
    'a trust record needs no signature',
    'if (!opened.isSignatureValid())',
    'if (false)',
  ),
  of(
    'trust-record.ts',
    'a trust record may carry stowaways',
    '!isSame(SignedTrustRecord.encode(signed), bytes)',
    'false',
  ),
  {
    name: 'a trust record may be read in two ways',
    file: 'src/trust/trust-record.ts',
    find: 'if (!isCanonical(body, RECORD_FORM))',
    replace: 'if (false)',
    tests: ['tests/property/canonical-form.test.ts'],
  },
  of(
    'trust-ledger.ts',
    'sequence numbers are not checked',
    'previous.seq + 1 === record.seq',
    'true',
  ),
  of(
    'trust-ledger.ts',
    "one may continue another author's chain",
    'previous?.author === record.author',
    'previous !== undefined',
  ),
  of(
    'trust-ledger.ts',
    'an admin can fill the room of owners',
    "return isOwner ? 'owners' : 'others'",
    "return 'others'",
  ),
  of(
    'trust-ledger.ts',
    'a network may begin twice',
    "return this.#genesis === undefined ? undefined : { code: 'SECOND_GENESIS'",
    "return true ? undefined : { code: 'SECOND_GENESIS'",
  ),
  of(
    'trust-ledger.ts',
    'anyone may sign the genesis',
    'record.author !== this.#networkKeyId ||',
    'false ||',
  ),
  of(
    'trust-rules.ts',
    'rank is not checked',
    'if (RANK[standing.role] < RANK[needed])',
    'if (false)',
  ),
  of(
    'trust-rules.ts',
    'an expired admin still acts',
    'if (standing.until !== null && timeMs >= standing.until)',
    'if (false)',
  ),
  of('trust-rules.ts', 'an expired invite admits', 'if (timeMs >= expiresAt)', 'if (false)'),
  of(
    'trust-rules.ts',
    "an invite's role ceiling is ignored",
    'if (RANK[operation.role] > RANK[role])',
    'if (false)',
  ),
  of(
    'trust-rules.ts',
    "an invite's uses are ignored",
    'return users.size >= uses ?',
    'return false ?',
  ),
  of(
    'trust-rules.ts',
    'a cancelled invite admits',
    "if (invite.status === 'cancelled')",
    'if (false)',
  ),
  of('trust-rules.ts', 'the last owner may go', 'if (other === device) continue', ''),
  of(
    'standing.ts',
    'a revocation has no effect',
    'newestRemovals.every((removal) => graph.isAncestor(removal, admission))',
    'true',
  ),
  of(
    'strong-removal.ts',
    'what a removed device did meanwhile stands',
    "if (operation.kind !== 'role') return true",
    "if (operation.kind !== 'role') return false",
  ),
  of(
    'strong-removal.ts',
    'what rests on a fallen removal is decided before that has fallen',
    'strikes.has(striker) && !hopes(striker)',
    'strikes.has(striker)',
  ),
  of(
    'strong-removal.ts',
    'what rests on a fallen removal stands when it has not fallen after all',
    'for (const record of this.#room.support.reprieved) doubts.add(record)',
    '',
  ),
]

export const joinMutants: readonly Mutant[] = [
  of(
    'join-rules.ts',
    'the admitter takes expired tickets',
    'if (invite.expiresAt <= facts.nowMs)',
    'if (false)',
  ),
  of(
    'join-rules.ts',
    'the admitter takes back a revoked device',
    'if (state.revocations.has(facts.joiner))',
    'if (false)',
  ),
  of('join-rules.ts', 'the admitter takes used tickets', "case 'used':", "case 'used': break"),
  of(
    'join-rules.ts',
    'a member who is no admin admits',
    "if (!can(state, facts.admitter, 'device:admit', facts.nowMs))",
    'if (false)',
  ),
  {
    name: 'a joiner needs no ticket',
    file: 'protocols/join/exchange.ts',
    find: '!admitter.verify(request.invite, proofBytes(transcript), answer.signature)',
    replace: 'false',
    tests: ['tests/contract/join-exchange.test.ts'],
  },
  {
    name: 'a joiner may choose its nonce late',
    file: 'protocols/join/exchange.ts',
    find: 'if (!isCommitted ||',
    replace: 'if (false ||',
    tests: ['tests/contract/join-exchange.test.ts'],
  },
]
