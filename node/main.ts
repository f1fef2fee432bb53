import { systemClock } from '../src/clock/system-clock.ts'
import { createApi } from './api/app.ts'
import { Credentials } from './api/credentials.ts'
import { type Doors, openDoors } from './api/doors.ts'
import { EventLog } from './api/event-log.ts'
import type { StartDaemon } from './daemon/start-daemon.ts'
import { DeviceNode } from './device/device-node.ts'
import { loadDeviceKey } from './device/key-file.ts'
import { NetworkShelf } from './device/network-shelf.ts'
import { pageFiles } from './page-files.ts'

/** The node itself, as `asgard daemon run` starts it. */
export const startDaemon: StartDaemon = async (settings, paths, hooks) => {
  const clock = systemClock
  const { key, protection } = await loadDeviceKey(paths.data, hooks.passphrase)
  const events = new EventLog(clock)
  let doors: Doors | undefined
  const pageUrl = () => doors?.pageUrl ?? null
  const node = new DeviceNode({
    key,
    keyProtection: protection,
    shelf: new NetworkShelf(paths.data),
    settings,
    clock,
    events,
    hooks,
    pageUrl,
  })
  await node.start()
  const apiLog = hooks.log('api')
  const api = createApi({
    backend: node,
    credentials: new Credentials(clock),
    assets: pageFiles,
    clock,
    log: ({ level, message, fields }) => apiLog[level](message, fields),
    pageUrl,
  })
  try {
    doors = await openDoors({
      api,
      log: ({ level, message, fields }) => apiLog[level](message, fields),
      unix: { path: paths.socket },
      ...(settings.api.ui && { loopback: { port: settings.api.port } }),
    })
  } catch (err) {
    await node.stopAll()
    throw err
  }
  return {
    ui: doors.pageUrl,
    stop: async () => {
      await doors?.close()
      await node.stopAll()
    },
  }
}
