import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'

/**
 * Whatever a lab makes carries the process that made it in its name, so that the next lab can tell what a crashed one
 * left behind. With the time of that process's start: process ids come again.
 */
const OWNED = /^asgard-lab-(\d+)-(\d+)-/

let labs = 0

/** The beginning of all names of one more lab of this process. */
export function nextPrefix(): string {
  return `asgard-lab-${process.pid}-${startTicks(process.pid)}-${labs++}-`
}

/** Removes what labs of processes that are no more have left: namespaces with all that runs in them, and files. */
export function sweep(): void {
  removeNamespaces(isOrphan)
  for (const name of readdirSync(tmpdir()))
    if (isOrphan(name)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
}

export function removeNamespaces(isMeant: (name: string) => boolean): void {
  for (const name of namespaces().filter(isMeant)) {
    // A namespace lives on, without a name, as long as a process is in it.
    const pids = output('ip', 'netns', 'pids', name).split('\n').filter(Boolean).map(Number)
    for (const pid of pids) endProcess(pid)
    // Another test process may be sweeping, too: gone is as good as removed.
    output('ip', 'netns', 'delete', name)
  }
}

export function namespaces(): string[] {
  return output('ip', 'netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name !== '')
}

function isOrphan(name: string): boolean {
  const [, pid, ticks] = OWNED.exec(name) ?? []
  return pid !== undefined && startTicks(Number(pid)) !== ticks
}

/** Field 22 of /proc/PID/stat; the second may hold spaces and brackets. Undefined when there is no such process. */
function startTicks(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

function output(program: string, ...args: readonly string[]): string {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout
}
