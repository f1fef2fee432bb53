import { readFileSync } from 'node:fs'

/**
 * Put before a program, keeps it and the packets it sends on one and the same processor: each processor has a queue of
 * its own for packets between namespaces, and on a busy machine those of one overtake those of another.
 */
export const onOneCpu: readonly string[] = ['taskset', '--cpu-list', firstCpu()]

/** The first that this process may run on, as in `Cpus_allowed_list: 0-3,8`. */
function firstCpu(): string {
  const status = readFileSync('/proc/self/status', 'utf8')
  return /^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? '0'
}
