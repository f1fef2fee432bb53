import type { Dice } from '../world/dice.ts'
import { Deeds } from './deeds.ts'
import { Forgeries } from './forgeries.ts'
import type { Stage } from './stage.ts'

type Doing = readonly [weight: number, act: () => void]

/** People do what they want, and everything that can go wrong does. */
export async function chaos(stage: Stage, dice: Dice): Promise<void> {
  const { world, chronicle, faults, hasAnchor, chaosMs } = stage
  const deeds = new Deeds({
    world,
    chronicle,
    dice,
    hasAnchor,
    failed: (node, what, err) =>
      stage.broke({ rule: 'no-failure', detail: `${what}: ${String(err)}` }, node),
  })
  const doings: readonly Doing[] = [
    [6, () => deeds.invite()],
    [8, () => deeds.join()],
    [3, () => deeds.race()],
    [3, () => deeds.admit()],
    [4, () => deeds.role()],
    [3, () => deeds.revoke()],
    [1.5, () => deeds.feud()],
    [0.7, () => deeds.leave()],
    [2, () => deeds.rename()],
    [1, () => deeds.cancel()],
    [0.7, () => deeds.rekey()],
    [14, () => deeds.describe()],
    [10, () => deeds.annotate()],
    [2.5, () => faults.partition()],
    [1.5, () => faults.deafen()],
    [1.5, () => faults.unplug()],
    [4, () => faults.crash()],
    [1, () => faults.stop()],
    [2, () => faults.sleep()],
    [2, () => faults.stall()],
    [3, () => faults.stepClock()],
    [1, () => faults.slowDisk()],
    [0.7, () => faults.fullDisk()],
    [1, () => faults.slowPeer()],
    [1.5, () => faults.storm()],
    [3, () => faults.snap()],
    ...dishonest(stage, dice),
  ]
  const total = doings.reduce((sum, [weight]) => sum + weight, 0)
  const meanMs = chaosMs / dice.int(40, 120)
  const endMs = world.time.nowMs + chaosMs
  while (world.time.nowMs < endMs && !stage.isOver) {
    let left = dice.throw() * total
    const doing = doings.find(([weight]) => (left -= weight) < 0)
    doing?.[1]()
    if (dice.chance(0.05)) faults.crashSoon(deeds.lastActor ?? world.device(0))
    // Bursts, so that acts cross each other on their way.
    await stage.pass(dice.chance(0.4) ? dice.between(0, 20) : -Math.log(1 - dice.throw()) * meanMs)
  }
}

/** In some stories nobody is blamed for anything, because nobody does anything wrong. */
function dishonest({ world, chronicle }: Stage, dice: Dice): readonly Doing[] {
  if (dice.chance(0.6)) return []
  const forgeries = new Forgeries(world, chronicle, dice)
  return [[3, () => forgeries.commit()]]
}
