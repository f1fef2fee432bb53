import type { Device } from '../world/device.ts'
import { nameOf } from '../world/machine.ts'
import type { Dice } from '../world/dice.ts'
import type { World } from '../world/world.ts'

const HOUR_MS = 3_600_000

export interface FaultsParts {
  readonly world: World
  readonly dice: Dice
  /** Longest time that any one fault lasts. */
  readonly longestMs: number
}

/** What goes wrong with machines, clocks, disks and the network between them. All of it ends with `end`. */
export class Faults {
  readonly #parts: FaultsParts
  #isEnded = false
  /** Groups of a partition that lasts. */
  groups: readonly (readonly Device[])[] | undefined

  constructor(parts: FaultsParts) {
    this.#parts = parts
  }

  /** Two or three groups that cannot hear each other. */
  partition(): void {
    const { world, dice } = this.#parts
    if (this.groups !== undefined) return
    const count = dice.chance(0.8) ? 2 : 3
    const groups: Device[][] = Array.from({ length: count }, () => [])
    for (const device of world.devices) dice.pick(groups)?.push(device)
    this.split(groups)
    this.#later(() => this.heal())
  }

  split(groups: readonly (readonly Device[])[]): void {
    const { world } = this.#parts
    this.groups = groups
    world.trace(
      () =>
        `the network falls apart: ${groups.map((group) => group.map(nameOf).join(' ')).join(' | ')}`,
    )
    for (const group of groups) {
      for (const other of groups) {
        if (group === other) continue
        for (const a of group) for (const b of other) world.wire.cut(a.key.id, b.key.id)
      }
    }
  }

  heal(): void {
    const { world } = this.#parts
    if (this.groups === undefined) return
    this.groups = undefined
    world.trace(() => 'the network is whole again')
    world.wire.mendAll()
  }

  /** Frames from one to the other get lost, the other way they do not. */
  deafen(): void {
    const { world, dice } = this.#parts
    const [from, to] = dice.shuffled(world.devices)
    if (from === undefined || to === undefined) return
    world.trace(() => `${nameOf(to)} does not hear ${nameOf(from)}`)
    world.wire.cut(from.key.id, to.key.id)
    this.#later(() => {
      if (this.groups === undefined) world.wire.mend(from.key.id, to.key.id)
    })
  }

  /** One device is cut off from everybody. */
  unplug(): void {
    const { world, dice } = this.#parts
    const device = dice.pick(world.devices)
    if (device === undefined || this.groups !== undefined) return
    world.trace(() => `${nameOf(device)} is unplugged`)
    const others = world.devices.filter((other) => other !== device)
    for (const { key } of others) {
      world.wire.cut(key.id, device.key.id)
      world.wire.cut(device.key.id, key.id)
    }
    this.#later(() => {
      if (this.groups !== undefined) return
      for (const { key } of others) {
        world.wire.mend(key.id, device.key.id)
        world.wire.mend(device.key.id, key.id)
      }
    })
  }

  crash(device = this.#someRunning()): void {
    const { world, dice } = this.#parts
    if (device === undefined) return
    world.kill(device, dice.chance(0.6) ? 'stopped' : 'off')
    const awayMs = dice.chance(0.6) ? dice.between(10, 3_000) : undefined
    this.#later(() => {
      if (!device.isRetired) void world.start(device)
    }, awayMs)
  }

  /** Just when it has something to write. */
  crashSoon(device: Device): void {
    const { world, dice } = this.#parts
    world.time.in(dice.between(0, 6), () => {
      if (!this.#isEnded) this.crash(device)
    })
  }

  stop(): void {
    const { world } = this.#parts
    const device = this.#someRunning()
    if (device === undefined) return
    void world.stop(device)
    this.#later(() => {
      if (!device.isRetired) void world.start(device)
    })
  }

  sleep(): void {
    const { world } = this.#parts
    const node = this.#someRunning()?.node
    if (node === undefined || !node.isUp) return
    world.trace(() => `${nameOf(node.machine)} falls asleep`)
    node.process.sleep()
    this.#later(() => {
      world.trace(() => `${nameOf(node.machine)} wakes`)
      node.process.resume()
    })
  }

  stall(): void {
    const { world, dice } = this.#parts
    const node = this.#someRunning()?.node
    if (node === undefined || !node.isUp) return
    world.trace(() => `${nameOf(node.machine)} stalls`)
    node.process.stall()
    this.#later(() => node.process.resume(), dice.between(50, 8_000))
  }

  stepClock(): void {
    const { world, dice } = this.#parts
    const device = dice.pick(world.devices)
    if (device === undefined) return
    const stepMs = dice.between(-1, 1) * HOUR_MS
    const awayMs = device.wall.offsetMs - world.nowMs + world.time.nowMs
    // Within an hour of the truth, either way.
    if (Math.abs(awayMs + stepMs) > HOUR_MS) device.wall.offsetMs -= awayMs
    else device.wall.offsetMs += stepMs
    world.trace(() => `${nameOf(device)}'s clock steps by ${Math.round(stepMs / 1_000)} s`)
  }

  slowDisk(): void {
    const { world, dice } = this.#parts
    const device = dice.pick(world.devices)
    if (device === undefined) return
    world.trace(() => `${nameOf(device)}'s disk is slow`)
    device.disk.slowestMs = dice.between(50, 4_000)
    this.#later(() => {
      device.disk.slowestMs = 4
    })
  }

  fullDisk(): void {
    const { world, dice } = this.#parts
    const device = dice.pick(world.devices)
    if (device === undefined) return
    world.trace(() => `${nameOf(device)}'s disk is full`)
    device.disk.isFull = true
    this.#later(() => {
      device.disk.isFull = false
    })
  }

  slowPeer(): void {
    const { world, dice } = this.#parts
    const device = dice.pick(world.devices)
    if (device === undefined) return
    const lagMs = dice.between(20, 1_500)
    world.trace(() => `${nameOf(device)} lags by ${Math.round(lagMs)} ms`)
    world.wire.lagMs.set(device.key.id, lagMs)
    this.#later(() => world.wire.lagMs.delete(device.key.id))
  }

  /** Queues are full, lines are bad. */
  storm(): void {
    const { world, dice } = this.#parts
    world.wire.dropShare = dice.between(0.02, 0.5)
    world.wire.lossShare = dice.between(0, 0.3)
    world.trace(
      () => `a storm: ${Math.round(world.wire.dropShare * 100)} % of frames find a full queue`,
    )
    this.#later(() => {
      world.wire.dropShare = 0
      world.wire.lossShare = 0
    })
  }

  /** Connections break for no reason at all. */
  snap(): void {
    const { world, dice } = this.#parts
    for (const link of dice.shuffled([...world.wire.links]).slice(0, dice.int(1, 12)))
      link.close(dice.chance(0.5) ? 0 : 1, 'abort')
  }

  /** Everything that is broken is whole again, and clocks are set right. Who is retired stays away. */
  end(): void {
    const { world, dice } = this.#parts
    world.trace(() => 'all faults end')
    this.#isEnded = true
    this.groups = undefined
    world.wire.mendAll()
    world.wire.dropShare = 0
    world.wire.lossShare = 0
    world.wire.lagMs.clear()
    for (const device of world.devices) {
      device.disk.slowestMs = 4
      device.disk.isFull = false
      device.wall.offsetMs = world.nowMs - world.time.nowMs + dice.between(-1_000, 1_000)
      if (device.node?.process.isPaused === true) device.node.process.resume()
    }
  }

  /** Everybody's machine sleeps at the same time, through days or months. */
  hibernate(ms: number): void {
    const { world } = this.#parts
    world.trace(() => `everybody sleeps for ${Math.round(ms / 86_400_000)} days`)
    world.epochMs += ms
    for (const device of world.devices) device.wall.offsetMs += ms
  }

  #someRunning(): Device | undefined {
    const { world, dice } = this.#parts
    return dice.pick(world.devices.filter(({ node }) => node?.isUp === true))
  }

  #later(undo: () => void, afterMs?: number): void {
    const { world, dice, longestMs } = this.#parts
    world.time.in(afterMs ?? dice.throw() ** 2 * longestMs, () => {
      if (!this.#isEnded) undo()
    })
  }
}
