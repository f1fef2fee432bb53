import { readFileSync } from 'node:fs'
import { isAlive, type ProcessMark } from './process-mark.ts'

/** Who runs on a home, as its lock file says. */
export interface LockHolder extends ProcessMark {
  readonly socket: string
  readonly version: string
  readonly startedAt: number
}

/** The node that runs on this home now, if any: a lock left by a dead process is none. */
export function readHolder(file: string): LockHolder | undefined {
  const text = textOf(file)
  const holder = text === undefined ? undefined : holderOf(text)
  return holder !== undefined && isAlive(holder) ? holder : undefined
}

export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** What a lock file says, or undefined when that is nothing usable. */
export function holderOf(text: string): LockHolder | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { pid, started, boot, socket, version, startedAt } = value as Partial<
    Record<keyof LockHolder, unknown>
  >
  if (
    typeof pid !== 'number' ||
    !Number.isSafeInteger(pid) ||
    pid <= 0 ||
    typeof startedAt !== 'number'
  )
    return undefined
  const textFrom = (part: unknown): string => (typeof part === 'string' ? part : '')
  return {
    pid,
    started: textFrom(started),
    boot: textFrom(boot),
    socket: textFrom(socket),
    version: textFrom(version),
    startedAt,
  }
}
