import { createHash } from 'node:crypto'
import type { DeviceId } from '../../../src/identity/device-id.ts'
import { DeviceKey } from '../../../src/identity/device-key.ts'
import { GroupKeys } from '../../../src/network/group-keys.ts'
import { networkIdOf } from '../../../src/identity/network-id.ts'
import { TrustLog } from '../../../src/trust/trust-log.ts'
import type { TrustOperation } from '../../../src/trust/trust-operation.ts'
import { sealRecord } from '../../../src/trust/trust-record.ts'
import { StoreError } from '../../../src/storage/store-error.ts'
import type { Device } from './device.ts'
import { addressOf, nameOf, type Machine, type Power } from './machine.ts'
import { Dice } from './dice.ts'
import { EventHash } from './event-hash.ts'
import { SimNode, type NodeWatch, type Surroundings } from './sim-node.ts'
import { VirtualDisk } from './virtual-disk.ts'
import { VirtualTime } from './virtual-time.ts'
import { Wire } from './wire.ts'

/** 2027-01-15. */
export const EPOCH_MS = 1_800_000_000_000

/** How often each device is heard on the LAN, about. */
const ANNOUNCED_EVERY_MS = 90_000

export interface WorldOptions {
  readonly seed: number
  readonly devices: number
  readonly hasHealth: boolean
  readonly watch: NodeWatch
  readonly onTrace: ((line: string) => void) | undefined
}

/** Machines, the wire between them, and time. What happens in it is the story's business. */
export class World {
  readonly seed: number
  readonly time = new VirtualTime()
  readonly hash = new EventHash()
  readonly wire: Wire
  readonly devices: readonly Device[]
  readonly networkId: string
  readonly hasHealth: boolean
  readonly #options: WorldOptions
  readonly #networkKey: DeviceKey
  readonly #byId = new Map<DeviceId, Device>()
  readonly #around: Surroundings
  #neighbours: ReadonlyMap<DeviceId, ReadonlySet<DeviceId>> = new Map()
  frames = 0
  /** True wall-clock time at the start; moves when everybody sleeps through months. */
  epochMs = EPOCH_MS

  constructor(options: WorldOptions) {
    this.#options = options
    this.seed = options.seed
    this.hasHealth = options.hasHealth
    const { time, seed } = this
    this.#networkKey = keyOf(seed, 'network')
    this.networkId = networkIdOf(this.#networkKey.publicKey)
    const clocks = new Dice(seed, 1)
    this.devices = Array.from({ length: options.devices }, (_, number): Device => {
      return {
        number,
        key: keyOf(seed, `device ${number}`),
        disk: new VirtualDisk(time, new Dice(seed, 100 + number)),
        wall: {
          offsetMs: EPOCH_MS + clocks.between(-2_000, 2_000),
          driftPpm: clocks.between(-50, 50),
        },
        power: 'off',
        boots: 0,
        node: undefined,
        isRetired: false,
      }
    })
    for (const device of this.devices) this.#byId.set(device.key.id, device)
    this.wire = new Wire({
      time,
      dice: new Dice(seed, 2),
      queueMaxBytes: 2_228_224,
      nodeOf: (id) => {
        const device = this.#byId.get(id)
        if (
          device === undefined ||
          device.power === 'off' ||
          device.node?.process.isAsleep === true
        )
          return 'off'
        return device.node !== undefined && device.node.isStarted ? device.node : 'stopped'
      },
      trace: (text) => this.trace(text),
      delivered: (_protocol, frame) => {
        this.frames += 1
        this.hash.time(time.nowMs)
        this.hash.bytes(frame)
      },
      failed: (end, protocol, err) => {
        const node = this.#byId.get(end.id)?.node
        if (node !== undefined) options.watch.failed(node, protocol, err)
      },
    })
    const addresses = new Map(this.devices.map((device) => [addressOf(device), device.key.id]))
    this.#around = {
      seed,
      networkId: this.networkId,
      time,
      wire: this.wire,
      hasHealth: options.hasHealth,
      watch: options.watch,
      neighboursOf: (device) => this.#neighbours.get(device) ?? new Set(),
      deviceOfAddress: (address) => addresses.get(address),
    }
    if (!options.hasHealth) this.#watchNeighbours()
    this.#announce(new Dice(seed, 8))
  }

  get nowMs(): number {
    return this.epochMs + this.time.nowMs
  }

  device(number: number): Device {
    const device = this.devices[number]
    if (device === undefined) throw new RangeError(`no device ${number}`)
    return device
  }

  deviceOf(id: DeviceId): Device | undefined {
    return this.#byId.get(id)
  }

  name(id: DeviceId): string {
    const device = this.#byId.get(id)
    return device === undefined ? `…${id.slice(-4)}` : nameOf(device)
  }

  /** Processes that run, in the order of their numbers. */
  nodes(): SimNode[] {
    return this.devices.flatMap(({ node }) => (node !== undefined && node.isUp ? [node] : []))
  }

  trace(text: () => string): void {
    const { onTrace } = this.#options
    onTrace?.(`${(this.time.nowMs / 1_000).toFixed(3).padStart(9)}  ${text()}`)
  }

  /** The first records of the network, on the disks of those that are in it from the start. */
  async found(founder: Device, admissions: readonly TrustOperation[]): Promise<TrustLog> {
    const scratch = new VirtualDisk(this.time, new Dice(this.seed, 3))
    const host = SimNode.process(this.#around, founder)
    const trust = await TrustLog.open({ networkId: this.networkId, store: scratch.mount(host) })
    const genesis = sealRecord(
      {
        network: this.networkId,
        seq: 1,
        prev: null,
        heads: [],
        timeMs: this.nowMs,
        operation: {
          kind: 'genesis',
          name: 'home',
          owner: founder.key.id,
          ownerName: nameOf(founder),
        },
      },
      this.#networkKey,
    )
    await this.settle(trust.ingest([genesis]))
    for (const admission of admissions)
      await this.settle(trust.append(admission, founder.key, this.nowMs))
    founder.disk.copyFrom(scratch)
    for (const admission of admissions) {
      const device = 'device' in admission ? this.deviceOf(admission.device) : undefined
      device?.disk.copyFrom(scratch)
    }
    return trust
  }

  /** Lets time pass until the promise has settled. */
  async settle<Result>(promise: Promise<Result>): Promise<Result> {
    let isOver = false
    const done = promise.finally(() => {
      isOver = true
    })
    done.catch(() => {})
    while (!isOver) await this.time.runUntil(this.time.nowMs + 1_000, () => isOver)
    return done
  }

  /** `contact` is whose address it knows for sure, besides those in its book. */
  async start(device: Device, contact: Machine = this.device(0)): Promise<void> {
    if (device.power === 'on') return
    device.power = 'on'
    device.boots += 1
    const process = SimNode.process(this.#around, device)
    this.hash.bytes(`start ${device.number}`)
    this.trace(() => `${nameOf(device)} starts (${device.boots})`)
    this.#opening.set(device, process)
    let node: SimNode
    try {
      node = await SimNode.open(this.#around, device, process)
    } catch (err) {
      if (!(err instanceof StoreError)) throw err
      this.kill(device, 'stopped') // it cannot start without its disk; the next attempt comes with the end of the faults
      return
    }
    this.#opening.delete(device)
    device.node = node
    await node.start([{ device: contact.key.id, address: addressOf(contact) }])
  }

  readonly #opening = new Map<Device, { kill(): void }>()

  /** kill -9, or the power goes with the machine. */
  kill(device: Device, power: Exclude<Power, 'on'>): void {
    if (device.power !== 'on') return
    device.power = power
    this.#opening.get(device)?.kill()
    this.#opening.delete(device)
    const { node } = device
    device.node = undefined
    this.hash.bytes(`kill ${device.number}`)
    this.trace(() => `${nameOf(device)} ${power === 'off' ? 'loses power' : 'is killed'}`)
    device.disk.crash()
    if (node === undefined) return
    node.process.kill()
    this.wire.died(node, power === 'stopped')
  }

  async stop(device: Device): Promise<void> {
    const { node } = device
    if (node === undefined || !node.isUp) return
    this.trace(() => `${nameOf(device)} stops in good order`)
    await node.stop()
    if (device.node === node) this.kill(device, 'stopped')
  }

  /** Every random key of the code under test, from the seed; undone by the returned function. */
  seedKeys(): () => void {
    const dice = new Dice(this.seed, 4)
    const { generate } = GroupKeys as { generate: () => Uint8Array }
    GroupKeys.generate = () => dice.bytes(32)
    return () => {
      GroupKeys.generate = generate
    }
  }

  /** mDNS: now and then somebody is heard by all that are not cut off from it. */
  #announce(dice: Dice): void {
    this.time.in(ANNOUNCED_EVERY_MS / this.devices.length, () => {
      const speaker = dice.pick(this.nodes())
      for (const node of this.nodes()) {
        if (speaker === undefined || this.wire.isCut(speaker.id, node.id)) continue
        node.sighted(speaker.id, addressOf(speaker.machine))
      }
      this.#announce(dice)
    })
  }

  #watchNeighbours(): void {
    this.time.in(3_000, () => {
      this.#neighbours = new Map(this.nodes().map((node) => [node.id, new Set(node.linkedPeers())]))
      this.#watchNeighbours()
    })
  }
}

function keyOf(seed: number, name: string): DeviceKey {
  const digest = createHash('sha256').update(`simulation ${seed} ${name}`).digest()
  return DeviceKey.fromSeed(new Uint8Array(digest))
}
