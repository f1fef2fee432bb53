import { DeviceProcess, type DeviceOptions } from '../../support/device-process.ts'
import { LabError } from './lab-error.ts'
import type { Host } from './host.ts'

/** A device on a machine of the lab: the built program, reachable from the others and found by multicast as a user's is. */
export async function startDevice(
  host: Host,
  options: Partial<DeviceOptions> = {},
): Promise<DeviceProcess> {
  const device = await DeviceProcess.start({
    name: host.name,
    prefix: host.namespace.prefix,
    ...options,
    env: { ASGARD_PROFILE: 'lan', ...options.env },
  })
  host.scope.running.use(device)
  return device
}

/** By command line, as the README tells it: the first founds the network, all others join it by an invite each. */
export async function formNetwork(
  founder: DeviceProcess,
  others: readonly DeviceProcess[],
): Promise<void> {
  await founder.json('init', founder.name)
  for (const device of others) await joinNetwork(founder, device)
}

export async function joinNetwork(inviter: DeviceProcess, joiner: DeviceProcess): Promise<void> {
  const { ticket } = await inviter.json<{ ticket: string }>('invite', '--no-wait')
  const { code, stderr } = await joiner.asgardWithInput(ticket, 'join', '-', '--name', joiner.name)
  if (code !== 0) throw new LabError(`${joiner.name} could not join: ${stderr}\n${joiner.log()}`)
}

/** Waits until a device sees these, and maybe others, alive; itself counts. */
export function untilSees(device: DeviceProcess, names: readonly string[]): Promise<unknown> {
  return device.until(
    `${names.join(', ')} alive`,
    ({ devices }) => {
      const here = devices.filter(({ health }) => health === 'alive' || health === 'self')
      return names.every((name) => here.some((each) => each.name === name))
    },
    60_000,
  )
}
