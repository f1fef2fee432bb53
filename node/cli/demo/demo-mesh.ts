import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Status } from '../../api/contract/mesh.ts'
import type { CreatedInvite, JoinProgress, Network } from '../../api/contract/network.ts'
import { cliError } from '../cli-error.ts'
import { apiPath } from '../client.ts'
import { DemoDevice } from './demo-device.ts'

const NAMES = [
  'laptop',
  'pi',
  'vps',
  'nas',
  'phone',
  'tablet',
  'desktop',
  'camera',
  'garage',
  'attic',
]
export const DEMO_DEVICES_MAX = NAMES.length
const SEEN_MAX_MS = 30_000
const POLL_MS = 25

/** Some devices on this machine, joined as real ones are, gone without a trace when the demo ends. */
export class DemoMesh {
  readonly directory: string
  readonly devices: readonly DemoDevice[]

  constructor(count: number, env: Readonly<Record<string, string | undefined>>) {
    this.directory = mkdtempSync(join(tmpdir(), 'asgard-demo-'))
    this.devices = NAMES.slice(0, count).map((name) => new DemoDevice(name, this.directory, env))
  }

  get first(): DemoDevice {
    const [first] = this.devices
    if (first === undefined)
      throw cliError('USAGE', 400, 'Wrong usage', 'a demo has at least one device')
    return first
  }

  async started(signal: AbortSignal): Promise<void> {
    await Promise.all(this.devices.map((device) => device.ready(signal)))
  }

  /** The first founds a network; each other one joins it with a ticket of its own. */
  async join(signal: AbortSignal): Promise<void> {
    const [first, ...others] = this.devices
    if (first === undefined) return
    await first.client.send<Network>('POST', apiPath`networks`, {
      name: 'demo',
      deviceName: first.name,
    })
    await Promise.all(
      others.map(async (device) => {
        const invite = await first.client.send<CreatedInvite>(
          'POST',
          apiPath`networks/current/invites`,
          {},
        )
        await joinWith(device, invite.ticket, signal)
      }),
    )
  }

  /** Until every device sees every other one. */
  async seen(signal: AbortSignal): Promise<void> {
    const deadline = performance.now() + SEEN_MAX_MS
    for (const device of this.devices) {
      for (;;) {
        const status = await device.client.get<Status>(apiPath`status`)
        const here = status.devices.filter(
          ({ health }) => health === 'self' || health === 'alive',
        ).length
        if (here >= this.devices.length) break
        if (performance.now() > deadline) {
          throw cliError(
            'TIMEOUT',
            504,
            'Timed out',
            `${device.name} sees ${here} of ${this.devices.length} devices after ${SEEN_MAX_MS / 1_000} s`,
          )
        }
        await delay(POLL_MS, undefined, { signal })
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.devices.map((device) => device.stop()))
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function joinWith(device: DemoDevice, ticket: string, signal: AbortSignal): Promise<void> {
  const body = { ticket, deviceName: device.name }
  for await (const step of device.client.stream<JoinProgress>(
    'POST',
    apiPath`joins`,
    body,
    signal,
  )) {
    if (step.step === 'joined') return
    if (step.step === 'failed')
      throw cliError(
        step.code,
        500,
        'Not joined',
        `${device.name} could not join: ${step.detail}`,
        step.hint,
      )
  }
  signal.throwIfAborted()
  throw cliError('CONNECTION_LOST', 500, 'Connection lost', `${device.name} stopped while joining`)
}
