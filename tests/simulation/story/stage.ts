import type { Violation } from '../check/violation.ts'
import type { Dice } from '../world/dice.ts'
import type { SimNode } from '../world/sim-node.ts'
import type { World } from '../world/world.ts'
import type { Chronicle } from './chronicle.ts'
import type { Faults } from './faults.ts'

/** What the acts of a story play on. */
export interface Stage {
  readonly world: World
  readonly chronicle: Chronicle
  readonly dice: Dice
  readonly faults: Faults
  /** Device 0 is never removed nor demoted, so that there is an owner to the end. */
  readonly hasAnchor: boolean
  readonly chaosMs: number
  /** A promise was broken: nothing more needs to be played. */
  readonly isOver: boolean
  pass(ms: number): Promise<void>
  broke(violation: Violation, node?: SimNode): void
}
