import { afterAll, beforeAll, describe, it } from 'vitest'
import type { DeviceProcess } from '../support/device-process.ts'
import { missingForLab } from '../support/machine.ts'
import { formNetwork, startDevice, untilSees } from './lab/device.ts'
import { Lab, LAB_MAX_MS } from './lab/lab.ts'
import type { Router } from './lab/router.ts'

const missing = missingForLab()
if (missing !== undefined) console.warn(`!!! SKIPPED tests/network/lab-devices: ${missing}`)

/** The port that every router of the lab lets out. */
const HTTPS = '443'

describe.skipIf(missing !== undefined)('devices in the lab', { timeout: LAB_MAX_MS }, () => {
  let lab: Lab
  let home: Router
  let server: DeviceProcess
  let ana: DeviceProcess
  let bob: DeviceProcess

  beforeAll(async () => {
    lab = new Lab()
    // Customers of one provider: a device has to see its address as its own to invite others to it.
    const provider = await lab.router('provider', { lan: '100.64.0' })
    home = await provider.router('home', { ipv4: 'symmetric' })
    const office = await provider.router('office', { ipv4: 'tcp-443-only' })
    server = await startDevice(provider.lan.host('server'), { env: { ASGARD_LISTEN_PORT: HTTPS } })
    ana = await startDevice(home.host('ana'))
    bob = await startDevice(office.host('bob'))
    await formNetwork(server, [ana, bob])
  }, LAB_MAX_MS)
  afterAll(() => lab[Symbol.asyncDispose]())

  it('join one in the open from behind their routers', async () => {
    await untilSees(server, ['server', 'ana', 'bob'])
    await Promise.all([ana, bob].map((device) => untilSees(device, ['server', device.name])))
  })

  it('come back when the router forgot their connections', async () => {
    await home.powerOff()
    await server.until(
      'ana gone',
      ({ devices }) => devices.some(({ name, health }) => name === 'ana' && health === 'failed'),
      60_000,
    )
    await home.powerOn()
    await untilSees(server, ['server', 'ana', 'bob'])
    await untilSees(ana, ['server', 'ana'])
  })
})
