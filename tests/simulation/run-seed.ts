import type { Violation } from './check/violation.ts'
import { brokenTrustRules } from './check/trust-rules-hold.ts'
import { chaos } from './story/chaos.ts'
import { Chronicle } from './story/chronicle.ts'
import { Epilogue } from './story/epilogue.ts'
import { Faults } from './story/faults.ts'
import { prologue } from './story/prologue.ts'
import type { Stage } from './story/stage.ts'
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
  readonly records: number
  /** How often each thing was done. */
  readonly counts: ReadonlyMap<string, number>
}

const DEVICES = 20
/** One seed in so many runs the failure detectors too, which cost several times the events of all the rest. */
const HEALTH_EVERY = 10

/** Plays one seed to its end or to the first broken promise. */
export async function runSeed(options: RunOptions): Promise<RunResult> {
  rememberSignatures()
  const run = new Run(options)
  const restore = run.world.seedKeys()
  try {
    return await run.play()
  } finally {
    restore()
  }
}

class Run implements Stage {
  readonly world: World
  readonly chronicle = new Chronicle()
  readonly dice: Dice
  readonly faults: Faults
  readonly hasAnchor: boolean
  readonly chaosMs: number
  readonly #seed: number
  #violation: Violation | undefined

  constructor({ seed, hasHealth = seed % HEALTH_EVERY === 0, onTrace }: RunOptions) {
    this.#seed = seed
    this.dice = new Dice(seed, 5)
    this.hasAnchor = this.dice.chance(0.85)
    this.chaosMs = hasHealth
      ? this.dice.between(20_000, 60_000)
      : this.dice.between(30_000, 160_000)
    this.world = new World({ seed, devices: DEVICES, hasHealth, watch: this.#watch(), onTrace })
    const dice = new Dice(seed, 7)
    this.faults = new Faults({ world: this.world, dice, longestMs: this.chaosMs / 2 })
  }

  get isOver(): boolean {
    return this.#violation !== undefined
  }

  async play(): Promise<RunResult> {
    const epilogue = new Epilogue(this)
    await prologue(this)
    await chaos(this, new Dice(this.#seed, 6))
    if (!this.isOver) await epilogue.play()
    const { world, chronicle } = this
    return {
      seed: this.#seed,
      violation: this.#violation,
      hash: world.hash.toString(),
      events: world.time.events,
      frames: world.frames,
      virtualMs: world.time.nowMs,
      convergedMs: epilogue.convergedMs,
      records: chronicle.records.size,
      counts: chronicle.counts,
    }
  }

  async pass(ms: number): Promise<void> {
    const { time } = this.world
    await time.runUntil(time.nowMs + ms, () => this.isOver)
  }

  broke({ rule, detail }: Violation, node?: SimNode): void {
    this.world.trace(() => `BROKEN ${rule}: ${detail}`)
    const where = node === undefined ? '' : ` (seen by ${nameOf(node.machine)})`
    this.#violation ??= { rule, detail: `${detail}${where}` }
  }

  #watch(): NodeWatch {
    const { chronicle } = this
    const name = (id: string): string => this.world.name(id)
    return {
      trustChanged: (node, change) => {
        chronicle.take(change)
        const precedes = (earlier: string, later: string): boolean =>
          node.trust.precedes(earlier, later)
        for (const broken of brokenTrustRules({ state: change.after, precedes }, chronicle, name))
          this.broke(broken, node)
      },
      forked: (node, author) => {
        this.broke(
          { rule: 'no-fork', detail: `${name(author)} is said to have signed twice` },
          node,
        )
      },
      offence: (node, peer, code, detail) => {
        if (!chronicle.offenders.has(peer))
          this.broke(
            { rule: 'honest', detail: `${name(peer)} is accused of ${code} ${detail}` },
            node,
          )
      },
      failed: (node, what, err) => {
        const detail = err instanceof Error ? (err.stack ?? err.message) : String(err)
        this.broke({ rule: 'no-failure', detail: `${what}: ${detail}` }, node)
      },
    }
  }
}
