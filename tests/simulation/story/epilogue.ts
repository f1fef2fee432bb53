import { healthUnsettled, notSeenFailed, partitionUnseen } from '../check/health-settled.ts'
import { communities, gaps, unrenewed, unsettled } from '../check/settled.ts'
import type { Violation } from '../check/violation.ts'
import { can } from '../../../src/trust/permission.ts'
import { nameOf } from '../world/machine.ts'
import type { SimNode } from '../world/sim-node.ts'
import type { Stage } from './stage.ts'

/** Within this after the last fault all agree: what a full disk refused is tried again after a quarter of an hour. */
const CONVERGES_WITHIN_MS = 960_000
const LOOK_EVERY_MS = 5_000
/** Every connection is there again, and every failure detector knows it. */
const SEES_WITHIN_MS = 60_000
/** The detector's own figure is 4.75 s; the check looks every 5 s. */
const FROZEN_SEEN_WITHIN_MS = 9_900
/** A change is everywhere without any anti-entropy, across one device between. */
const SPREADS_WITHIN_MS = 3_000
const DAY_MS = 86_400_000
/** Longer than the longest time between two looks for admissions to renew. */
const RENEWS_WITHIN_MS = 960_000

/** All faults end; what was promised is looked at, and then what should work when nothing is in the way. */
export class Epilogue {
  readonly #stage: Stage
  /** From the last fault until everything agreed. */
  convergedMs = 0

  constructor(stage: Stage) {
    this.#stage = stage
  }

  async play(): Promise<void> {
    const { dice, world } = this.#stage
    await this.#converge()
    if (this.#stage.isOver) return
    if (world.hasHealth) await this.#see()
    if (this.#stage.isOver) return
    if (dice.chance(world.hasHealth ? 1 : 0.5)) await this.#spread()
    if (this.#stage.isOver) return
    if (!world.hasHealth && dice.chance(0.15)) await this.#sleepThroughMonths()
  }

  async #converge(): Promise<void> {
    const { world, dice, faults, chronicle } = this.#stage
    for (const device of world.devices) device.isRetired = device.number !== 0 && dice.chance(0.06)
    faults.end()
    for (const device of world.devices) {
      if (device.isRetired) world.kill(device, 'stopped')
      else if (device.boots > 0) void world.start(device)
    }
    const fromMs = world.time.nowMs
    await this.#until(() => unsettled(world, chronicle), CONVERGES_WITHIN_MS)
    this.convergedMs = world.time.nowMs - fromMs
    if (!this.#stage.isOver) await world.settle(this.#checkGaps())
  }

  async #checkGaps(): Promise<void> {
    for await (const gap of gaps(this.#stage.world)) this.#stage.broke(gap)
  }

  /** Failure detectors in quiet, with one device frozen, in a partition and after it. */
  async #see(): Promise<void> {
    const { world, faults, dice } = this.#stage
    const inside = this.#community()
    await this.#until(() => healthUnsettled(world, inside), SEES_WITHIN_MS)
    await this.#freeze(inside)
    const groups = [0, 1].map((side) => world.devices.filter(({ number }) => number % 2 === side))
    faults.split(groups)
    await this.#until(() => partitionUnseen(world, inside, groups), SEES_WITHIN_MS)
    await this.#stage.pass(dice.between(0, 10_000))
    faults.heal()
    await this.#until(() => healthUnsettled(world, inside), SEES_WITHIN_MS)
  }

  /** Its connections stay open, but it does not answer. */
  async #freeze(inside: readonly SimNode[]): Promise<void> {
    const { world, dice } = this.#stage
    const [frozen, ...others] = dice.shuffled(inside)
    if (frozen === undefined) return
    world.trace(() => `${nameOf(frozen.machine)} freezes`)
    frozen.process.stall()
    await this.#until(() => notSeenFailed(world, others, frozen), FROZEN_SEEN_WITHIN_MS)
    frozen.process.resume()
    await this.#until(() => healthUnsettled(world, inside), SEES_WITHIN_MS)
  }

  /** One device hears only one other; what it does is known everywhere soon, and the other way round. */
  async #spread(): Promise<void> {
    const { world, dice } = this.#stage
    const community = dice.shuffled(this.#community())
    const author = community.find((node) =>
      can(node.trust.state, node.id, 'network:rename', node.time.now()),
    )
    const [relay, ...others] = community.filter((node) => node !== author)
    if (author === undefined || relay === undefined) return
    world.trace(() => `${nameOf(author.machine)} hears only ${nameOf(relay.machine)}`)
    for (const other of others) {
      world.wire.cut(author.id, other.id)
      world.wire.cut(other.id, author.id)
      world.wire.linkOf(author, other.id)?.link.abort()
    }
    await this.#stage.pass(8_000)
    const name = `after ${world.time.nowMs}`
    const renamed = author.trust.append(
      { kind: 'rename', name },
      author.machine.key,
      author.time.now(),
    )
    renamed.catch((err: unknown) => {
      this.#stage.broke({ rule: 'no-failure', detail: `rename: ${String(err)}` }, author)
    })
    for (const node of [author, ...others.slice(0, 1)])
      node.describe({ platform: name }).catch((err: unknown) => {
        this.#stage.broke({ rule: 'no-failure', detail: `describe: ${String(err)}` }, node)
      })
    await this.#stage.pass(SPREADS_WITHIN_MS)
    for (const node of community) {
      const isLate =
        node.trust.state.name !== name ||
        [author, ...others.slice(0, 1)].some(({ id }) => node.registry.get(id)?.platform !== name)
      if (isLate) {
        const detail = `a change at ${nameOf(author.machine)} is not known at ${nameOf(node.machine)} after ${SPREADS_WITHIN_MS} ms`
        this.#stage.broke({ rule: 'spreads', detail })
      }
    }
    world.wire.mendAll()
  }

  /** Admissions come near their end while nobody is awake; those who meet again renew each other. */
  async #sleepThroughMonths(): Promise<void> {
    const { world, faults, chronicle } = this.#stage
    faults.hibernate(62 * DAY_MS)
    await this.#until(() => unrenewed(world, this.#community()), RENEWS_WITHIN_MS)
    await this.#until(() => unsettled(world, chronicle), CONVERGES_WITHIN_MS)
    if (!this.#stage.isOver) chronicle.count('hibernation')
  }

  /** The largest one. */
  #community(): readonly SimNode[] {
    const { world } = this.#stage
    const nodes = world.nodes().filter((node) => node.isMember(node.id))
    return communities(nodes).sort((a, b) => b.length - a.length)[0] ?? []
  }

  async #until(check: () => Iterable<Violation>, withinMs: number): Promise<void> {
    const { world } = this.#stage
    const endMs = world.time.nowMs + withinMs
    let open: Violation | undefined
    do {
      await this.#stage.pass(LOOK_EVERY_MS)
      ;[open] = check()
    } while (open !== undefined && !this.#stage.isOver && world.time.nowMs < endMs)
    if (open !== undefined) this.#stage.broke(open)
  }
}
