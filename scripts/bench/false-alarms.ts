import { availableParallelism } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { SeenEvent } from '../../tests/support/event-feed.ts'
import { kill, start } from '../../tests/support/processes.ts'
import { numberOption, type BenchOptions, type Report } from './support/figure.ts'
import { Mesh } from './support/mesh.ts'

/** Ten devices on a machine whose every core is taken: nobody died, so nobody may be called failed. */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const minutes = numberOption(options, 'minutes', 10)
  const burners = numberOption(options, 'burners', 2 * availableParallelism())
  await using mesh = await Mesh.start(numberOption(options, 'devices', 10))
  const before = mesh.devices.map(({ events }) => events.seen.length)
  const children = Array.from({ length: burners }, () =>
    start([process.execPath, '-e', 'for (;;);'], { stdio: 'ignore' }),
  )
  try {
    await delay(minutes * 60_000)
  } finally {
    for (const child of children) kill(child, 'SIGKILL')
  }
  const during = mesh.devices.flatMap(({ events }, at) => events.seen.slice(before[at]))
  const said = (health: string): number =>
    during.filter(
      ({ event }: SeenEvent) => event.type === 'device:health' && event.data['after'] === health,
    ).length
  report({
    name: `false failures in ${minutes} min, ${burners} burners`,
    value: said('failed'),
    unit: 'alarms',
    goal: 0,
  })
  report({
    name: `false suspicions in ${minutes} min, ${burners} burners`,
    value: said('suspect'),
    unit: 'alarms',
  })
}
