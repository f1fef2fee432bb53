import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrustState } from '../../../src/trust/trust-state.ts'
import type { TrustRecord } from '../../../src/trust/trust-record.ts'
import { canonical, idOf, TrustScene } from '../../support/trust-scene.ts'
import { continueStory, NAMES, play, step, type Step } from './story-arbitrary.ts'

const honest = fc.array(
  step.map((one): Step => ({ ...one, sees: 'all', forks: false })),
  { maxLength: 15 },
)
const hidden = fc.array(step, { minLength: 1, maxLength: 15 })

/** Everything but the proof of the forks that the liar made. */
function withoutForks(state: TrustState): string {
  return canonical({ ...state, forks: [] })
}

function othersThan(name: string, state: TrustState) {
  return [...state.members.values()]
    .filter(({ device }) => device !== idOf(name))
    .sort((a, b) => (a.device < b.device ? -1 : 1))
}

function isRole(scene: TrustScene, name: string, role: string): boolean {
  return scene.state().members.get(idOf(name))?.role === role
}

/** What `liar` and its puppets write after the removal, as if they had not seen it. */
function lie(
  scene: TrustScene,
  liar: string,
  before: readonly TrustRecord[],
  steps: readonly Step[],
): void {
  continueStory(scene, steps, {
    names: [liar, 'puppet', 'second puppet'],
    subjects: [...NAMES, 'puppet', 'second puppet'],
    visible: before,
  })
}

describe('a removed admin', () => {
  it('changes nothing by whatever it writes afterwards and backdates', () => {
    let played = 0
    fc.assert(
      fc.property(honest, hidden, (steps, lies) => {
        const scene = play(steps)
        if (!isRole(scene, 'ana', 'owner') || !isRole(scene, 'cleo', 'admin')) return
        const before = [...scene.records]
        scene.revoke('ana', 'cleo')
        const told = withoutForks(scene.state())
        lie(scene, 'cleo', before, lies)
        expect(withoutForks(scene.state())).toBe(told)
        played++
      }),
      { numRuns: 400 },
    )
    expect(played).toBeGreaterThan(40)
  })
})

describe('a removed owner', () => {
  it('that had acted in the sight of its remover can take only the remover with it', () => {
    let played = 0
    fc.assert(
      fc.property(honest, hidden, (steps, lies) => {
        const scene = play(steps)
        if (!isRole(scene, 'ana', 'owner') || !isRole(scene, 'bob', 'owner')) return
        scene.act('bob', { kind: 'rename', name: 'seen' })
        const before = [...scene.records]
        scene.revoke('ana', 'bob')
        const told = scene.state()
        lie(scene, 'bob', before, lies)
        const heard = scene.state()
        expect(heard.name).toBe('seen')
        expect(heard.members.has(idOf('bob'))).toBe(false)
        expect(othersThan('ana', heard)).toEqual(othersThan('ana', told))
        played++
      }),
      { numRuns: 400 },
    )
    expect(played).toBeGreaterThan(40)
  })
})

describe('two owners that remove each other', () => {
  it('are both out, and what others did while apart from both stays', () => {
    fc.assert(
      fc.property(hidden, hidden, (one, other) => {
        const scene = new TrustScene('ana')
        scene.admit('ana', 'bob', 'owner')
        scene.admit('ana', 'cleo', 'admin')
        const sees = scene.heads()
        scene.revoke('ana', 'bob', { sees })
        scene.revoke('bob', 'ana', { sees })
        scene.admit('cleo', 'dan', 'member', { sees })
        const apart = [...scene.records]
        continueStory(scene, one, {
          names: ['ana'],
          subjects: ['ana', 'eve', 'finn'],
          visible: apart.slice(0, 4),
        })
        continueStory(scene, other, {
          names: ['bob'],
          subjects: ['bob', 'eve', 'finn'],
          visible: apart.slice(0, 3),
        })
        const state = scene.state()
        expect(state.members.has(idOf('ana'))).toBe(false)
        expect(state.members.has(idOf('bob'))).toBe(false)
        expect(state.members.has(idOf('dan'))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
})
