import { tmpdir } from 'node:os'
import type { Clock } from '../src/clock/clock.ts'
import { systemClock } from '../src/clock/system-clock.ts'
import type { Backend } from './api/backend.ts'
import { EventLog } from './api/event-log.ts'
import type { Log } from './daemon/log.ts'
import { ensurePrivateDirectory } from './daemon/private-directory.ts'
import { pathsOf } from './daemon/paths.ts'
import type { DaemonHooks } from './daemon/start-daemon.ts'
import { DeviceNode } from './device/device-node.ts'
import { loadDeviceKey } from './device/key-file.ts'
import { NetworkShelf } from './device/network-shelf.ts'
import { profileSettings, type ProfileName } from './settings/profiles.ts'
import type { Settings } from './settings/schema.ts'

export interface NodeOptions {
  /** Where the device's key and networks lie; one node at a time. */
  readonly home: string
  readonly name: string
  readonly profile?: ProfileName
  /** Changes to the profile's settings, group by group. */
  readonly settings?: { readonly [Group in keyof Settings]?: Partial<Settings[Group]> }
  readonly clock?: Clock
  readonly log?: Log
}

export interface AsgardNode {
  readonly backend: Backend
  /** What the device is made of, for programs that need more than the API. */
  readonly device: DeviceNode
  stop(): Promise<void>
}

const VERSION = '0.1.0'

const silent: Log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }

/** The same node that `asgard daemon run` starts, inside this process and without its HTTP doors. */
export async function createNode(options: NodeOptions): Promise<AsgardNode> {
  const { home, name, clock = systemClock, log = silent } = options
  const settings = withChanges(
    profileSettings(options.profile ?? 'lan', name),
    options.settings ?? {},
  )
  const paths = pathsOf({
    env: { ASGARD_HOME: home },
    userHome: home,
    temporary: tmpdir(),
    userId: process.getuid?.() ?? 0,
  })
  ensurePrivateDirectory(paths.data)
  const { key, protection } = await loadDeviceKey(paths.data, undefined)
  const device = new DeviceNode({
    key,
    keyProtection: protection,
    shelf: new NetworkShelf(paths.data),
    settings,
    clock,
    events: new EventLog(clock),
    hooks: hooksFor(log),
    pageUrl: () => null,
  })
  await device.start()
  return { backend: device, device, stop: () => device.stopAll() }
}

function withChanges(settings: Settings, changes: NonNullable<NodeOptions['settings']>): Settings {
  const changed = Object.entries(settings).map(([group, values]) => [
    group,
    { ...values, ...changes[group as keyof Settings] },
  ])
  return Object.fromEntries(changed) as Settings
}

function hooksFor(log: Log): DaemonHooks {
  return {
    version: VERSION,
    log: () => log,
    libp2pLogger: undefined,
    logs: { recent: () => [], listen: () => () => {} },
    settings: {
      list: async () => [],
      get: notHere,
      set: notHere,
      unset: notHere,
    },
    passphrase: undefined,
    requestStop: () => {},
  }
}

async function notHere(): Promise<never> {
  const { ApiError } = await import('./api/api-error.ts')
  throw new ApiError('NOT_FOUND', 'a node inside a program has no settings file')
}
