import { describe, expect, it } from 'vitest'
import { summaryOf } from '../../../node/device/summary.ts'
import type { Warning } from '../../../node/api/contract/mesh.ts'
import type { Network } from '../../../node/api/contract/network.ts'
import { START_MS, stubDevice, stubHousehold, stubJoin } from '../../support/stub-mesh.ts'

const home: Network = {
  id: 'bhome',
  name: 'home',
  role: 'owner',
  status: 'active',
  isCurrent: true,
  devices: 1,
  alive: 0,
  createdAt: START_MS,
  listen: [],
}
const self = stubDevice({ id: 'a', name: 'ana', isSelf: true, health: 'self' })
const warning: Warning = { code: 'x', severity: 'warning', device: null, text: '', fix: '' }

describe('the summary', () => {
  it('of a device without a network says so', () => {
    expect(summaryOf(undefined, [], [], [])).toBe('This device is in no network yet')
  })

  it('of a network of one device says so', () => {
    expect(summaryOf(home, [self], [], [])).toBe('This is the only device')
  })

  it('counts who is here, this device included, of all members', () => {
    expect(summaryOf(home, stubHousehold(), [], [])).toBe('3 of 5 devices online')
  })

  it('counts nobody who is no member', () => {
    const gone = stubDevice({ id: 'b', name: 'bob', role: null, membership: 'revoked' })
    expect(summaryOf(home, [self, gone], [], [])).toBe('This is the only device')
  })

  it('adds who waits and what is wrong, one or several', () => {
    expect(summaryOf(home, [self], [stubJoin()], [warning])).toBe(
      'This is the only device, 1 waiting for approval, 1 warning',
    )
    expect(summaryOf(home, [self], [], [warning, warning])).toBe(
      'This is the only device, 2 warnings',
    )
  })
})
