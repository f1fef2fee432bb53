import { ADMISSION_MS } from '../../src/trust/trust-limits.ts'
import type { TrustOperation } from '../../src/trust/trust-operation.ts'
import type { Role } from '../../src/trust/role.ts'
import { gaps, unsettled } from './check/settled.ts'
import { brokenTrustRules } from './check/trust-rules-hold.ts'
import type { Violation } from './check/violation.ts'
import { Chronicle } from './story/chronicle.ts'
import { Deeds } from './story/deeds.ts'
import { Faults } from './story/faults.ts'
import { Dice } from './world/dice.ts'
import { nameOf } from './world/machine.ts'
import { rememberSignatures } from './world/remembered-signatures.ts'
import type { NodeWatch, SimNode } from './world/sim-node.ts'
import { World } from './world/world.ts'

export interface RunOptions {
  readonly seed: number
  /** Whether health and topology run too; by default the seed decides. */
  readonly hasHealth?: boolean
  readonly onTrace?: (line: string) => void
}

export interface RunResult {
  readonly seed: number
  readonly violation: Violation | undefined
  /** Equal for two runs of one seed. */
  readonly hash: string
  readonly events: number
  readonly frames: number
  readonly virtualMs: number
  /** From the last fault until everything agreed. */
  readonly convergedMs: number
  readonly members: number
  readonly records: number
  readonly counts: ReadonlyMap<string, number>
}

const DEVICES = 20
/** One seed in so many runs the failure detectors too, which cost several times the events of all the rest. */
const HEALTH_EVERY = 10
/** Within this after the last fault all agree: a dial back-off of 5 min, two rounds of anti-entropy, a new group key. */
const CONVERGES_WITHIN_MS = 600_000
const LOOK_EVERY_MS = 5_000

/** Plays one seed to its end or to the first broken promise. */
export async function runSeed(options: RunOptions): Promise<RunResult> {
  rememberSignatures()
  const run = new Run(options)
  const restore = run.world.seedKeys()
  try {
    await run.play()
  } finally {
    restore()
  }
  return run.result()
}

class Run {
  readonly world: World
  readonly chronicle = new Chronicle()
  readonly #seed: number
  readonly #dice: Dice
  readonly #deeds: Deeds
  readonly #faults: Faults
  readonly #chaosMs: number
  #violation: Violation | undefined
  #convergedMs = 0

  constructor({ seed, hasHealth = seed % HEALTH_EVERY === 0, onTrace }: RunOptions) {
    const watch: NodeWatch = {
      trustChanged: (node, change) => {
        const { after } = change
        this.chronicle.take(change)
        const view = { state: after, precedes: (a: string, b: string) => node.trust.precedes(a, b) }
        for (const broken of brokenTrustRules(view, this.chronicle, (id) => this.world.name(id)))
          this.#break(broken, node)
      },
      forked: (node, author) =>
        this.#break(
          { rule: 'no-fork', detail: `${this.world.name(author)} is said to have signed twice` },
          node,
        ),
      offence: (node, peer, code, detail) => {
        if (!this.chronicle.offenders.has(peer))
          this.#break(
            { rule: 'honest', detail: `${this.world.name(peer)} is accused of ${code} ${detail}` },
            node,
          )
      },
      failed: (node, what, err) =>
        this.#break(
          { rule: 'no-failure', detail: `${what}: ${String(err)} ${(err as Error).stack}` },
          node,
        ),
    }
    this.#seed = seed
    this.world = new World({ seed, devices: DEVICES, hasHealth, watch, onTrace })
    this.#dice = new Dice(seed, 5)
    this.#deeds = new Deeds({
      world: this.world,
      chronicle: this.chronicle,
      dice: new Dice(seed, 6),
      hasAnchor: this.#dice.chance(0.85),
      failed: (node, what, err) => watch.failed(node, what, err),
    })
    this.#chaosMs = hasHealth
      ? this.#dice.between(30_000, 90_000)
      : this.#dice.between(60_000, 400_000)
    this.#faults = new Faults({
      world: this.world,
      dice: new Dice(seed, 7),
      longestMs: this.#chaosMs / 2,
    })
  }

  result(): RunResult {
    const { world } = this
    return {
      seed: this.#seed,
      violation: this.#violation,
      hash: world.hash.toString(),
      events: world.time.events,
      frames: world.frames,
      virtualMs: world.time.nowMs,
      convergedMs: this.#convergedMs,
      members: Math.max(0, ...world.nodes().map((node) => node.trust.state.members.size)),
      records: this.chronicle.records.size,
      counts: this.chronicle.counts,
    }
  }

  async play(): Promise<void> {
    await this.#begin()
    await this.#chaos()
    if (this.#violation === undefined) await this.#calm()
  }

  async #begin(): Promise<void> {
    const { world, chronicle } = this
    const dice = this.#dice
    const [founder, ...rest] = world.devices
    if (founder === undefined) return
    const first = rest.slice(0, dice.int(5, 12))
    const roles: readonly Role[] = ['owner', 'admin', 'admin', 'operator', 'member', 'guest']
    chronicle.admitted.add(founder.key.id)
    const admissions = first.map((device, at): TrustOperation => {
      const role = roles[at] ?? dice.pick(roles) ?? 'member'
      chronicle.admitted.add(device.key.id)
      const until = world.nowMs + (role === 'guest' ? 86_400_000 : ADMISSION_MS)
      return { kind: 'admit', device: device.key.id, role, until, name: nameOf(device) }
    })
    await world.found(founder, admissions)
    for (const device of [founder, ...first]) void world.start(device)
    await this.#pass(dice.between(1_000, 20_000))
  }

  async #chaos(): Promise<void> {
    const dice = this.#dice
    const deeds = this.#deeds
    const faults = this.#faults
    const endMs = this.world.time.nowMs + this.#chaosMs
    const doings: readonly (readonly [number, () => void])[] = [
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
      [1, () => faults.slowPeer()],
      [1.5, () => faults.storm()],
      [3, () => faults.snap()],
    ]
    const total = doings.reduce((sum, [weight]) => sum + weight, 0)
    const meanMs = this.#chaosMs / dice.int(60, 160)
    while (this.world.time.nowMs < endMs && this.#violation === undefined) {
      let left = dice.throw() * total
      const doing = doings.find(([weight]) => (left -= weight) < 0)
      doing?.[1]()
      // Bursts, so that acts cross each other on their way.
      await this.#pass(
        dice.chance(0.4) ? dice.between(0, 20) : -Math.log(1 - dice.throw()) * meanMs,
      )
    }
  }

  async #calm(): Promise<void> {
    const { world } = this
    const dice = this.#dice
    for (const device of world.devices) device.isRetired = device.number !== 0 && dice.chance(0.06)
    await this.#faults.end()
    for (const device of world.devices) {
      if (device.isRetired) world.kill(device, 'stopped')
      else if (device.boots > 0) void world.start(device)
    }
    const healedMs = world.time.nowMs
    let open: Violation | undefined
    do {
      await this.#pass(LOOK_EVERY_MS)
      ;[open] = unsettled(world, this.chronicle)
    } while (
      open !== undefined &&
      this.#violation === undefined &&
      world.time.nowMs - healedMs < CONVERGES_WITHIN_MS
    )
    this.#convergedMs = world.time.nowMs - healedMs
    if (open !== undefined) this.#break(open)
    if (this.#violation !== undefined) return
    await world.settle(this.#checkGaps())
  }

  async #checkGaps(): Promise<void> {
    for await (const gap of gaps(this.world)) this.#break(gap)
  }

  async #pass(ms: number): Promise<void> {
    const { time } = this.world
    await time.runUntil(time.nowMs + ms, () => this.#violation !== undefined)
  }

  #break(violation: Violation, node?: SimNode): void {
    this.world.trace(() => `BROKEN ${violation.rule}: ${violation.detail}`)
    const where = node === undefined ? '' : ` (seen by ${nameOf(node.machine)})`
    this.#violation ??= { rule: violation.rule, detail: `${violation.detail}${where}` }
  }
}
