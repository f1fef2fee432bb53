import { readFileSync } from 'node:fs'

/**
 * What tells a process from a later one that got the same number: when it started, in which boot of the
 * machine. Empty where the system does not say; then the number alone has to do.
 */
export interface ProcessMark {
  readonly pid: number
  readonly started: string
  readonly boot: string
}

export function markOf(pid: number): ProcessMark {
  return { pid, started: startedOf(pid), boot: textOf('/proc/sys/kernel/random/boot_id') }
}

export function isAlive(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const now = markOf(mark.pid)
  const agrees = (then: string, today: string): boolean =>
    then === '' || today === '' || then === today
  return agrees(mark.started, now.started) && agrees(mark.boot, now.boot)
}

/** Field 22 of /proc/PID/stat; the command name before it may contain anything, so count from its last ")". */
function startedOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie holds nothing any more; only its parent has not looked yet.
  return fields[0] === 'Z' ? 'ended' : (fields[19] ?? '')
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
