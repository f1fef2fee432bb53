import fc from 'fast-check'
import { ROLES, type Role } from '../../../src/trust/role.ts'
import type { TrustLedger } from '../../../src/trust/trust-ledger.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { DAY_MS, idOf, readStory, SCENE_MS, TrustScene } from '../../support/trust-scene.ts'

export const NAMES = ['ana', 'bob', 'cleo', 'dan', 'eve', 'finn'] as const

/** One step of a random story. Numbers choose among what there is when the step is played. */
export interface Step {
  readonly actor: number
  readonly deed:
    | 'admit'
    | 'revoke'
    | 'role'
    | 'leave'
    | 'invite'
    | 'join'
    | 'cancel'
    | 'renew'
    | 'rename'
    | 'rekey'
  readonly target: number
  readonly role: Role
  /** What the author had seen: everything, or only some earlier records, as in a partition or a lie. */
  readonly sees: 'all' | 'own' | readonly number[]
  /** Begins at one of the author's earlier records instead of its last. */
  readonly forks: boolean
}

export const step: fc.Arbitrary<Step> = fc.record({
  actor: fc.nat({ max: 40 }),
  deed: fc.constantFrom(
    'admit',
    'admit',
    'admit',
    'revoke',
    'revoke',
    'role',
    'role',
    'leave',
    'invite',
    'join',
    'join',
    'cancel',
    'renew',
    'rename',
    'rekey',
  ),
  target: fc.nat({ max: 40 }),
  role: fc.constantFrom(...ROLES, 'owner', 'admin'),
  sees: fc.oneof(
    { weight: 3, arbitrary: fc.constant('all' as const) },
    { weight: 1, arbitrary: fc.constant('own' as const) },
    { weight: 4, arbitrary: fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 3 }) },
  ),
  forks: fc.boolean(),
})

export interface Cast {
  /** Who acts. */
  readonly names: readonly string[]
  /** On whom. */
  readonly subjects: readonly string[]
  /** What the authors may have seen, besides what they write themselves; everything when not given. */
  readonly visible?: readonly TrustRecord[]
}

/**
 * Plays steps on top of a network with two owners and two admins, who have all met.
 * Many of the records are illegal, concurrent, backdated or forked: that is the point. Illegal ones stay in the
 * story, but nobody builds on them.
 */
export function play(steps: readonly Step[]): TrustScene {
  const scene = new TrustScene('ana')
  scene.admit('ana', 'bob', 'owner')
  scene.admit('ana', 'cleo', 'admin')
  scene.admit('bob', 'dan', 'admin')
  scene.invite('cleo', 'first', 'member')
  continueStory(scene, steps, { names: NAMES, subjects: NAMES })
  return scene
}

export function continueStory(scene: TrustScene, steps: readonly Step[], cast: Cast): void {
  const { ledger } = readStory(scene.networkId, cast.visible ?? scene.records)
  const beginning = ledger.graph.record(ledger.graph.size - 1)
  for (const step of steps) {
    const author = cast.names[step.actor % cast.names.length] as string
    const subject = cast.subjects[step.target % cast.subjects.length] as string
    const written = ledger.index.byAuthor.get(idOf(author)).map((at) => ledger.graph.record(at))
    const branches = step.forks && step.actor % 3 === 0
    const prev =
      (branches ? written[step.target % Math.max(1, written.length)] : written.at(-1)) ?? null
    const admitted = ledger.index.grants.get(idOf(author)).slice(0, 1)
    const known = [beginning, ...admitted.map((at) => ledger.graph.record(at))]
    perform(scene, ledger, step, author, subject, {
      sees: seen(ledger, step.sees, known),
      prev,
      timeMs: SCENE_MS + step.target * 1_000,
    })
    const isNew = ledger.graph.indexOf(scene.last.id) === undefined
    if (isNew && ledger.refusalOf(scene.last) === undefined) ledger.add(scene.last)
  }
}

function perform(
  scene: TrustScene,
  ledger: TrustLedger,
  { deed, target, role }: Step,
  author: string,
  subject: string,
  options: { sees: TrustRecord[]; prev: TrustRecord | null; timeMs: number },
): void {
  const invites = [...ledger.index.invites.keys()]
  const invite = invites[target % Math.max(1, invites.length)] ?? 'ab'.repeat(32)
  switch (deed) {
    case 'admit':
      scene.admit(author, subject, role, options)
      break
    case 'join':
      scene.admit(author, subject, 'member', { ...options, invite })
      break
    case 'revoke':
      scene.revoke(author, subject, options)
      break
    case 'role':
      scene.role(author, subject, role, options)
      break
    case 'leave':
      scene.leave(author, options)
      break
    case 'invite':
      scene.invite(author, `i${target % 3}`, role, { ...options, uses: 1 + (target % 2) })
      break
    case 'cancel':
      scene.act(author, { kind: 'cancel', invite }, options)
      break
    case 'rename':
      scene.act(author, { kind: 'rename', name: `home ${target}` }, options)
      break
    case 'rekey':
      scene.act(author, { kind: 'rekey', commitment: new Uint8Array(32).fill(target) }, options)
      break
    case 'renew': {
      const devices = NAMES.slice(0, 1 + (target % NAMES.length)).map(idOf)
      scene.act(author, { kind: 'renew', devices, until: options.timeMs + 95 * DAY_MS }, options)
    }
  }
}

function seen(
  ledger: TrustLedger,
  sees: Step['sees'],
  known: readonly TrustRecord[],
): TrustRecord[] {
  const { graph } = ledger
  const chosen =
    sees === 'all'
      ? graph.frontier().map((id) => graph.record(graph.indexOf(id) as number))
      : [...known, ...(sees === 'own' ? [] : sees.map((n) => graph.record(n % graph.size)))]
  return [...new Set(chosen)]
}
