import { setTimeout as delay } from 'node:timers/promises'
import { DaemonError } from './daemon-error.ts'
import { isAlive } from './process-mark.ts'
import { readHolder, type LockHolder } from './read-holder.ts'

const POLL_MS = 20
/** A node gets this long after being asked, and again after SIGTERM: it may have to write things down. */
const GRACE_MS = 5_000
const HANG_UP_MS = 500
const KILL_AFTER_MS = 10_000
const DEAD_WITHIN_MS = 2_000

export type StopManner = 'asked' | 'terminated' | 'killed'

/** Stops the node of a home: by asking, then SIGTERM, then SIGKILL. */
export async function stopNode(
  lockFile: string,
  ask: () => Promise<unknown>,
): Promise<{ holder: LockHolder; manner: StopManner } | undefined> {
  const holder = readHolder(lockFile)
  if (holder === undefined) return undefined
  const isGone = (): boolean => !isAlive(holder)
  // A node that cannot answer any more is stopped all the same, and one that stops may hang up in the middle.
  const isAsked = await ask().then(
    () => true,
    () => false,
  )
  if (await within(isAsked ? GRACE_MS : HANG_UP_MS, isGone)) return { holder, manner: 'asked' }
  signalTo(holder, 'SIGTERM')
  if (await within(KILL_AFTER_MS, isGone)) return { holder, manner: 'terminated' }
  signalTo(holder, 'SIGKILL')
  if (await within(DEAD_WITHIN_MS, isGone)) return { holder, manner: 'killed' }
  throw new DaemonError('STILL_RUNNING', `process ${holder.pid} does not end, not even by SIGKILL`)
}

/** Never to a later process that got the same number. */
function signalTo(holder: LockHolder, signal: NodeJS.Signals): void {
  if (!isAlive(holder)) return
  try {
    process.kill(holder.pid, signal)
  } catch (error) {
    // It ended in this very moment.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function within(ms: number, isDone: () => boolean): Promise<boolean> {
  const deadline = performance.now() + ms
  while (!isDone()) {
    if (performance.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}
