import type { CreatedInvite, JoinProgress } from '../../../node/api/contract/network.ts'
import { DeviceProcess } from '../../../tests/support/device-process.ts'
import type { SeenEvent } from '../../../tests/support/event-feed.ts'
import { ProcessError } from '../../../tests/support/processes.ts'

/** As a user's device is set, but several on one machine: loopback, free ports, nothing by multicast. */
export const onLoopback: Readonly<Record<string, string>> = {
  ASGARD_PROFILE: 'lan',
  ASGARD_LISTEN_ADDRESSES: '127.0.0.1',
  ASGARD_LISTEN_PORT: '0',
  ASGARD_API_PORT: '0',
  ASGARD_DISCOVERY_MDNS: 'false',
}
const JOIN_AT_ONCE = 4

/** A network of real processes, every one of which sees every other. */
export class Mesh {
  readonly devices: readonly DeviceProcess[]
  /** Device ids in the order of `devices`. */
  readonly ids: readonly string[]

  private constructor(devices: readonly DeviceProcess[], ids: readonly string[]) {
    this.devices = devices
    this.ids = ids
  }

  static async start(
    count: number,
    env: Readonly<Record<string, string>> = onLoopback,
  ): Promise<Mesh> {
    const devices: DeviceProcess[] = []
    try {
      const founder = await DeviceProcess.start({ name: 'd0', env })
      devices.push(founder)
      await founder.client.send('POST', '/api/v1/networks', { name: 'bench' })
      const ticket = await invite(founder, count - 1)
      const names = Array.from({ length: count - 1 }, (_, index) => `d${index + 1}`)
      while (names.length > 0) {
        const batch = names.splice(0, JOIN_AT_ONCE)
        const fresh = await Promise.all(batch.map((name) => DeviceProcess.start({ name, env })))
        devices.push(...fresh)
        for (const device of fresh) await join(device, ticket)
      }
      const mesh = new Mesh(
        devices,
        await Promise.all(devices.map(async (device) => (await device.status()).identity.ID)),
      )
      await mesh.untilAllAlive()
      return mesh
    } catch (error) {
      for (const device of devices) await device[Symbol.asyncDispose]()
      throw error
    }
  }

  /** As a mesh is most of its life: each device sees each other one, over a connection of its own. */
  untilAllAlive(maxMs = 120_000): Promise<unknown> {
    const count = this.devices.length
    return Promise.all(
      this.devices.map((device) =>
        device.until(
          `${count} devices, all alive and connected`,
          ({ devices }) =>
            devices.length === count &&
            devices.every(
              ({ health, path }) => health === 'self' || (health === 'alive' && path !== null),
            ),
          maxMs,
        ),
      ),
    )
  }

  /** When each of `observers` announced what `matches`, in ms since `startedAt`. Listening begins at once. */
  announced(
    observers: readonly DeviceProcess[],
    startedAt: number,
    matches: (seen: SeenEvent) => boolean,
    maxMs: number,
  ): Promise<number[]> {
    return Promise.all(
      observers.map(
        (device) =>
          new Promise<number>((resolve, reject) => {
            const timer = setTimeout(() => {
              unlisten()
              reject(
                new ProcessError(
                  `${device.name} announced nothing of the kind within ${maxMs} ms\n${device.log()}`,
                ),
              )
            }, maxMs)
            const unlisten = device.events.listen((seen) => {
              if (!matches(seen)) return
              clearTimeout(timer)
              unlisten()
              resolve(seen.atMs - startedAt)
            })
          }),
      ),
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.devices.map((device) => device[Symbol.asyncDispose]()))
  }
}

export async function invite(device: DeviceProcess, uses: number): Promise<string> {
  const created = await device.client.send<CreatedInvite>(
    'POST',
    '/api/v1/networks/current/invites',
    { uses },
  )
  return created.ticket
}

/** Joins and says how long it took, in ms. */
export async function join(device: DeviceProcess, ticket: string): Promise<number> {
  const startedAt = performance.now()
  const steps = device.client.stream<JoinProgress>(
    'POST',
    '/api/v1/joins',
    { ticket },
    AbortSignal.timeout(60_000),
  )
  for await (const step of steps) {
    if (step.step === 'joined') return performance.now() - startedAt
    if (step.step === 'failed')
      throw new ProcessError(`${device.name} could not join: ${step.code} ${step.detail}`)
  }
  throw new ProcessError(`${device.name}: the join ended without a result\n${device.log()}`)
}

/** Whether an event says that `device` is now in that state. */
export function isHealth(device: string, health: string): (seen: SeenEvent) => boolean {
  return ({ event }) =>
    event.type === 'device:health' && event.device === device && event.data['after'] === health
}
