import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { must } from '../../tests/support/processes.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { Mesh } from './support/mesh.ts'

/** Linux counts CPU time of processes in hundredths of a second, whatever the kernel's own tick. */
const TICKS_PER_S = 100

/** What a device costs that does nothing: memory, CPU, bytes per connected peer. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const count = numberOption(options, 'devices', 10)
  const seconds = numberOption(options, 'seconds', 60)
  await using mesh = await Mesh.start(count)
  await delay(numberOption(options, 'settle', 30) * 1_000)
  const pids = mesh.devices.map(({ pid }) => pid)
  const before = pids.map((pid) => ({ cpuS: cpuSeconds(pid), bytes: tcpBytes(pid) }))
  await delay(seconds * 1_000)
  const cost = pids.map((pid, at) => ({
    rssMb: rssMegabytes(pid),
    cpuPercent: ((cpuSeconds(pid) - (before[at]?.cpuS ?? 0)) / seconds) * 100,
    bytesPerPeer: (tcpBytes(pid) - (before[at]?.bytes ?? 0)) / seconds / (count - 1),
  }))
  const worst = (read: (each: (typeof cost)[number]) => number): number =>
    percentile(cost.map(read), 1)
  report({
    name: `resident memory, largest of ${count}`,
    value: worst(({ rssMb }) => rssMb),
    unit: 'MB',
    goal: 120,
  })
  report({
    name: `CPU of one core, largest of ${count}`,
    value: worst(({ cpuPercent }) => cpuPercent),
    unit: '%',
    goal: 0.5,
  })
  report({
    name: `bytes per connected peer and second, both ways, largest of ${count}`,
    value: worst(({ bytesPerPeer }) => bytesPerPeer),
    unit: 'B/s',
    goal: 2_000,
  })
}

function rssMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) / 1_000
}

function cpuSeconds(pid: number): number {
  // The program's name stands in parentheses and may hold spaces; the numbers follow it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S
}

/** Payload of every TCP connection the process holds, by the kernel's count. */
function tcpBytes(pid: number): number {
  const lines = must(
    'ss',
    '--tcp',
    '--info',
    '--processes',
    '--numeric',
    '--no-header',
    '--oneline',
  ).split('\n')
  return lines
    .filter((line) => line.includes(`pid=${pid},`))
    .flatMap((line) => [...line.matchAll(/bytes_(?:sent|received):(\d+)/g)])
    .reduce((sum, match) => sum + Number(match[1]), 0)
}
