import { DaemonError } from './daemon/daemon-error.ts'
import type { StartDaemon } from './daemon/start-daemon.ts'

/** The node itself, as `asgard daemon run` starts it. */
export const startDaemon: StartDaemon = () =>
  Promise.reject(new DaemonError('START_FAILED', 'this build has no node in it yet'))
