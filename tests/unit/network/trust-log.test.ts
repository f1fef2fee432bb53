import { describe, expect, it } from 'vitest'
import { DeviceKey } from '../../../src/identity/device-key.ts'
import { TrustLog } from '../../../src/network/trust-log.ts'
import { MemoryStore } from '../../support/memory-store.ts'

const NOW = 1_800_000_000_000
const DAY = 86_400_000

describe('TrustLog', () => {
  it('makes its founder the owner', async () => {
    const ana = DeviceKey.generate()
    const log = await TrustLog.found({
      store: new MemoryStore(),
      name: 'home',
      owner: ana,
      ownerName: 'laptop',
      nowMs: NOW,
    })
    expect(log.state.name).toBe('home')
    expect(log.state.members.get(ana.id)).toMatchObject({
      role: 'owner',
      until: null,
      name: 'laptop',
    })
  })

  it('shows the same members after a restart and on a device that was sent everything', async () => {
    const ana = DeviceKey.generate()
    const bob = DeviceKey.generate()
    const store = new MemoryStore()
    const log = await TrustLog.found({
      store,
      name: 'home',
      owner: ana,
      ownerName: 'laptop',
      nowMs: NOW,
    })
    await log.append(
      { kind: 'admit', device: bob.id, role: 'admin', until: NOW + 90 * DAY, name: 'pi' },
      ana,
      NOW,
    )
    const reopened = await TrustLog.open({ networkId: log.networkId, store: store.copy() })
    expect(reopened.state).toEqual(log.state)
    const other = await TrustLog.open({ networkId: log.networkId, store: new MemoryStore() })
    const report = await other.ingest(log.missing(other.frontier(), 1e6).reverse())
    expect(report).toMatchObject({ duplicates: 0, parked: 1, dropped: 0, refused: [] })
    expect(other.state).toEqual(log.state)
  })
})
