import type { Mutant } from './mutant.ts'

const tests = ['tests/unit/replica', 'tests/property/replica']
const of = (file: string, name: string, find: string, replace: string): Mutant => ({
  name,
  file: `src/replica/${file}`,
  find,
  replace,
  tests,
})

export const replicaMutants: readonly Mutant[] = [
  of(
    'acceptance.ts',
    'an envelope needs no signature',
    'if (!isSigned(envelope)) return',
    'if (false) return',
  ),
  of('acceptance.ts', 'sequence numbers are not checked', 'if (seq > lastSeq + 1)', 'if (false)'),
  of(
    'acceptance.ts',
    'the previous hash is ignored',
    'isNewIncarnation || envelope.prev === head.hash',
    'true',
  ),
  of(
    'acceptance.ts',
    'an incarnation that was given up goes on',
    "if (incarnation < head.incarnation) return 'stale'",
    '',
  ),
  of(
    'acceptance.ts',
    'a non-member may write',
    'if (!standing.isMember) throw',
    'if (false) throw',
  ),
  of(
    'acceptance.ts',
    'a member may annotate others',
    'if (!mayWrite(standing, id.document))',
    'if (false)',
  ),
  of('acceptance.ts', 'a forked author goes on', 'seq >= head.forkSeq', 'false'),
  of(
    'acceptance.ts',
    'envelopes of another network are taken',
    'if (!Buffer.from(fields.network).equals(facts.network))',
    'if (false)',
  ),
  of(
    'acceptance.ts',
    'the tail has no end',
    'if (envelope.fields.seq - head.snapshotSeq > TAIL_UPDATES_MAX)',
    'if (false)',
  ),
  of(
    'intake.ts',
    'a fork is not noticed',
    'if (ours.hash !== envelope.hash && isSigned(envelope))',
    'if (false)',
  ),
  of(
    'fork-proof.ts',
    'a fork proof needs no signatures',
    'if (!isSigned(a) || !isSigned(b))',
    'if (false)',
  ),
  of(
    'document-draft.ts',
    'a snapshot that is not what its hash says is applied',
    'if (fields.stateHash !== undefined &&',
    'if (false &&',
  ),
  of(
    'update-scan.ts',
    'structs of a foreign client pass',
    "if (writer !== client) throw new Refusal('FOREIGN_CLIENT'",
    "if (false) throw new Refusal('FOREIGN_CLIENT'",
  ),
  of(
    'update-scan.ts',
    'foreign deletes pass',
    "if (writer !== client) throw new Refusal('FOREIGN_DELETE'",
    "if (false) throw new Refusal('FOREIGN_DELETE'",
  ),
  of('update-scan.ts', 'clocks may have gaps', 'if (clock !== clockFrom)', 'if (false)'),
  of('update-scan.ts', 'a key may be __proto__', "if (key === '__proto__')", 'if (false)'),
]
