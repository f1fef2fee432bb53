import { startDevice } from '../../tests/network/lab/device.ts'
import { Lab } from '../../tests/network/lab/lab.ts'
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
  await using lab = new Lab()
  const lan = lab.switch('lan')
  const [ana, bob, cleo] = [lan.host('ana'), lan.host('bob'), lan.host('cleo')]
  const first = await startDevice(ana)
  await first.client.send('POST', '/api/v1/networks', { name: 'bench' })
  const second = await startDevice(bob)
  await join(second, await invite(first, 1))

  const found: number[] = []
  for (let round = 0; round < numberOption(options, 'rounds', 20); round++) {
    await second.down('SIGTERM')
    ana.link.changeAddress()
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

  const third = await startDevice(cleo)
  const ticket = await invite(first, 1)
  ana.link.changeAddress()
  report({
    name: 'join by multicast, the ticket names an old address',
    value: await join(third, ticket),
    unit: 'ms',
    goal: 5_000,
  })
}
