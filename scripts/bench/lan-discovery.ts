import type { DeviceProcess } from '../../tests/support/device-process.ts'
import { Lab, type LabHost } from '../../tests/support/lab.ts'
import { missingForNetwork } from '../../tests/support/machine.ts'
import { ProcessError } from '../../tests/support/processes.ts'
import { numberOption, percentile, type BenchOptions, type Report } from './support/figure.ts'
import { invite, join } from './support/mesh.ts'

/**
 * Two machines on one switch. Before every round the first moves to another address, so that no address book, record
 * or ticket helps: only multicast can tell where it is.
 */
export async function run(report: Report, options: BenchOptions): Promise<void> {
  const missing = missingForNetwork()
  if (missing !== undefined) throw new ProcessError(`lan-discovery: ${missing}`)
  await using lab = new Lab(['ana', 'bob', 'cleo'])
  const [ana, bob, cleo] = ['ana', 'bob', 'cleo'].map((name) => lab.host(name)) as [
    LabHost,
    LabHost,
    LabHost,
  ]
  const first = await ana.device()
  await first.client.send('POST', '/api/v1/networks', { name: 'bench' })
  const second = await bob.device()
  await join(second, await invite(first, 1))

  const found: number[] = []
  for (let round = 0; round < numberOption(options, 'rounds', 20); round++) {
    await second.down('SIGTERM')
    move(ana, round)
    const startedAt = performance.now()
    await second.up()
    const readyAt = performance.now()
    await second.until('the other one', ({ devices }) =>
      devices.some(({ health }) => health === 'alive'),
    )
    found.push(performance.now() - readyAt)
    report({
      name: `round ${round + 1}, from process start`,
      value: performance.now() - startedAt,
      unit: 'ms',
    })
  }
  report({
    name: 'found and connected by multicast, p50',
    value: percentile(found, 0.5),
    unit: 'ms',
    goal: 300,
  })
  report({
    name: 'found and connected by multicast, p99',
    value: percentile(found, 0.99),
    unit: 'ms',
    goal: 1_000,
  })

  const third: DeviceProcess = await cleo.device()
  const ticket = await invite(first, 1)
  move(ana, 99)
  report({
    name: 'join by multicast, the ticket names an old address',
    value: await join(third, ticket),
    unit: 'ms',
    goal: 5_000,
  })
}

/** Gives a host another address, as a new DHCP lease does. */
function move(host: LabHost, round: number): void {
  host.run('ip', 'address', 'flush', 'dev', 'eth0', 'scope', 'global')
  host.run('ip', 'address', 'add', `10.77.0.${100 + round}/24`, 'dev', 'eth0')
  host.run('ip', 'route', 'replace', '224.0.0.0/4', 'dev', 'eth0')
}
