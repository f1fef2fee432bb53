import { setTimeout as delay } from 'node:timers/promises'
import { DaemonError } from './daemon-error.ts'
import { readHolder, type LockHolder } from './read-holder.ts'

const POLL_MS = 20
/** A node gets this long after being asked, and again after SIGTERM: it may have to write things down. */
const GRACE_MS = 5_000
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
  const isGone = (): boolean => readHolder(lockFile)?.pid !== holder.pid
  // A node that cannot answer any more is stopped all the same.
  const isAsked = await ask().then(
    () => true,
    () => false,
  )
  if (isAsked && (await within(GRACE_MS, isGone))) return { holder, manner: 'asked' }
  process.kill(holder.pid, 'SIGTERM')
  if (await within(KILL_AFTER_MS, isGone)) return { holder, manner: 'terminated' }
  process.kill(holder.pid, 'SIGKILL')
  if (await within(DEAD_WITHIN_MS, isGone)) return { holder, manner: 'killed' }
  throw new DaemonError('STILL_RUNNING', `process ${holder.pid} does not end, not even by SIGKILL`)
}

async function within(ms: number, isDone: () => boolean): Promise<boolean> {
  const deadline = performance.now() + ms
  while (!isDone()) {
    if (performance.now() > deadline) return false
    await delay(POLL_MS)
  }
  return true
}
