import { describe, expect, it } from 'vitest'
import { ENVELOPE_MAX_BYTES, TAIL_UPDATES_MAX } from '../../../protocols/replica/constants.ts'
import { encodeSignedBody } from '../../../protocols/replica/envelope-codec.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { type AcceptanceFacts, judge } from '../../../src/replica/acceptance.ts'
import { type Envelope, readEnvelope } from '../../../src/replica/envelope.ts'
import { emptyHead, type Head } from '../../../src/replica/head.ts'
import type { AuthorStanding } from '../../../src/replica/standing.ts'
import { ForeignAuthor } from '../../support/foreign-author.ts'
import { namedKey } from '../../support/replica-mesh.ts'

const OTHER = networkIdOf(namedKey('elsewhere').publicKey)
const member: AuthorStanding = { isMember: true, role: 'member' }

function facts(author: ForeignAuthor, changes: Partial<AcceptanceFacts> = {}): AcceptanceFacts {
  return {
    network: new ForeignAuthor(author.key).network,
    standingOf: () => member,
    headOf: () => undefined,
    admit: () => true,
    ...changes,
  }
}

function outcome(envelope: Envelope | Uint8Array, given: AcceptanceFacts): string {
  const verdict = judge(envelope instanceof Uint8Array ? envelope : envelope.bytes, given)
  return verdict.kind === 'refused' ? verdict.code : verdict.kind
}

function headAfter(envelope: Envelope, changes: Partial<Head> = {}): Head {
  const { incarnation, seq } = envelope.fields
  return { ...emptyHead(incarnation), seq, hash: envelope.hash, ...changes }
}

const ana = () => new ForeignAuthor(namedKey('ana'))

describe('acceptance rule', () => {
  it('takes the first envelope of an author', () => {
    const author = ana()
    expect(outcome(author.next(0), facts(author))).toBe('next')
  })

  it.each<
    [
      string,
      () => {
        author: ForeignAuthor
        envelope: Envelope | Uint8Array
        given?: Partial<AcceptanceFacts>
      },
      string,
    ]
  >([
    [
      'more than 64 KiB',
      () => ({ author: ana(), envelope: new Uint8Array(ENVELOPE_MAX_BYTES + 1) }),
      'TOO_LARGE',
    ],
    [
      'what is no envelope',
      () => ({ author: ana(), envelope: Uint8Array.of(1, 2, 3) }),
      'MALFORMED',
    ],
    [
      'another network',
      () => ({
        author: ana(),
        envelope: new ForeignAuthor(namedKey('ana'), 'device', OTHER).next(0),
      }),
      'WRONG_NETWORK',
    ],
    [
      'a document that nobody knows',
      () => ({ author: ana(), envelope: new ForeignAuthor(namedKey('ana'), 'diary').next(0) }),
      'UNKNOWN_DOCUMENT',
    ],
    [
      'a path as document',
      () => ({
        author: ana(),
        envelope: ana().sign(new Uint8Array(4), 0, { document: '../../x' }),
      }),
      'MALFORMED',
    ],
    [
      'a stranger',
      () => ({
        author: ana(),
        envelope: ana().next(0),
        given: { standingOf: () => ({ isMember: false, role: null }) },
      }),
      'NOT_MEMBER',
    ],
    [
      'annotations by a member',
      () => ({
        author: ana(),
        envelope: new ForeignAuthor(namedKey('ana'), 'annotations.0').next(0),
      }),
      'NOT_PERMITTED',
    ],
    [
      'annotations by an operator',
      () => ({
        author: ana(),
        envelope: new ForeignAuthor(namedKey('ana'), 'annotations.0').next(0),
        given: { standingOf: () => ({ isMember: true, role: 'operator' }) },
      }),
      'NOT_PERMITTED',
    ],
    [
      'more than an author may publish',
      () => ({ author: ana(), envelope: ana().next(0), given: { admit: () => false } }),
      'RATE_LIMITED',
    ],
    [
      'incarnation 0',
      () => ({ author: ana(), envelope: ana().next(0, { incarnation: 0 }) }),
      'MALFORMED',
    ],
    [
      'sequence number 0',
      () => ({ author: ana(), envelope: ana().next(0, { seq: 0 }) }),
      'MALFORMED',
    ],
    [
      'a first one that follows something',
      () => ({ author: ana(), envelope: ana().next(0, { prev: new Uint8Array(32).fill(1) }) }),
      'MALFORMED',
    ],
    [
      'a later one that follows nothing',
      () => ({ author: ana(), envelope: ana().next(0, { seq: 2 }) }),
      'MALFORMED',
    ],
    [
      'a previous hash that is none',
      () => ({
        author: ana(),
        envelope: ana().sign(new Uint8Array(4), 0, { prev: new Uint8Array(3) }),
      }),
      'MALFORMED',
    ],
    [
      'an author key that is none',
      () => ({
        author: ana(),
        envelope: ana().sign(new Uint8Array(4), 0, { author: new Uint8Array(5) }),
      }),
      'MALFORMED',
    ],
  ])('refuses %s', (_what, scene, code) => {
    const { author, envelope, given } = scene()
    expect(outcome(envelope, facts(author, given ?? {}))).toBe(code)
  })

  it("refuses another key's signature", () => {
    const [author, mallory] = [ana(), new ForeignAuthor(namedKey('mallory'))]
    const forged = mallory.next(0, { author: author.key.publicKey })
    expect(outcome(forged, facts(author))).toBe('BAD_SIGNATURE')
  })

  it('refuses a changed byte', () => {
    const author = ana()
    const { fields, bytes } = author.next(0)
    const at = Buffer.from(bytes).indexOf(Buffer.from(fields.update))
    const changed = Uint8Array.from(bytes)
    changed[at + fields.update.length - 2] = 99
    expect(outcome(changed, facts(author))).toBe('BAD_SIGNATURE')
  })

  it('refuses a signature made for something else', () => {
    const author = ana()
    const envelope = author.next(0)
    const body = envelope.signedBytes.subarray('asgard/envelope/1'.length + 1)
    const forged = encodeSignedBody({ body, signature: author.key.sign(body) })
    expect(outcome(forged, facts(author))).toBe('BAD_SIGNATURE')
  })

  it('asks nobody for a signature before the cheaper checks have passed', () => {
    const author = ana()
    const forged = new ForeignAuthor(namedKey('mallory')).next(0, { author: author.key.publicKey })
    expect(outcome(forged, facts(author, { admit: () => false }))).toBe('RATE_LIMITED')
  })

  it('tells next, ahead, base, conflict, past and stale apart', () => {
    const author = ana()
    const [one, two, three] = [author.next(0), author.next(1), author.next(2)]
    const given = facts(author, { headOf: () => headAfter(one) })
    expect(outcome(two, given)).toBe('next')
    expect(outcome(three, given)).toBe('ahead')
    expect(outcome(author.snapshot(3), given)).toBe('base')
    expect(outcome(one, given)).toBe('past')
    expect(
      outcome(two, facts(author, { headOf: () => headAfter(one, { hash: 'ff'.repeat(32) }) })),
    ).toBe('conflict')
    expect(outcome(two, facts(author, { headOf: () => emptyHead(2) }))).toBe('stale')
  })

  it('refuses everything from a fork on, and takes what is before it', () => {
    const author = ana()
    const [one, two, three] = [author.next(0), author.next(1), author.next(2)]
    const given = facts(author, { headOf: () => headAfter(one, { forkSeq: 3 }) })
    expect(outcome(two, given)).toBe('next')
    expect(outcome(three, given)).toBe('FORKED')
  })

  it('takes a new incarnation after a fork', () => {
    const author = ana()
    const one = author.next(0)
    const again = new ForeignAuthor(namedKey('ana'))
    again.incarnation = 2
    expect(
      outcome(again.next(0), facts(author, { headOf: () => headAfter(one, { forkSeq: 1 }) })),
    ).toBe('next')
  })

  it('refuses a tail that its author never compacts', () => {
    const author = ana()
    const one = author.next(0)
    author.seq = TAIL_UPDATES_MAX
    const head = headAfter(one, { seq: TAIL_UPDATES_MAX, snapshotSeq: 0 })
    expect(outcome(author.next(1), facts(author, { headOf: () => head }))).toBe('TAIL_TOO_LONG')
    expect(
      outcome(
        author.next(1),
        facts(author, { headOf: () => ({ ...head, seq: TAIL_UPDATES_MAX + 1 }) }),
      ),
    ).not.toBe('next')
  })

  it('keeps fields of newer versions in what it passes on', () => {
    const author = ana()
    const { signedBytes } = author.next(0)
    const body = Buffer.concat([
      signedBytes.subarray('asgard/envelope/1'.length + 1),
      Uint8Array.of(0xa2, 0x06, 1, 7),
    ])
    const signed = Buffer.concat([Buffer.from('asgard/envelope/1\0'), body])
    const bytes = encodeSignedBody({ body, signature: author.key.sign(signed) })
    expect(outcome(bytes, facts(author))).toBe('next')
    expect(Buffer.from(readEnvelope(bytes).bytes).includes(Buffer.of(0xa2, 0x06, 1, 7))).toBe(true)
  })
})
