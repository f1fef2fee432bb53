import { describe, expect, it } from 'vitest'
import { AddressBook } from '../../../src/discovery/address-book.ts'
import type { DialResult } from '../../../src/discovery/dial-outcome.ts'
import { DialService } from '../../../src/discovery/dial-service.ts'
import { seededRandom, virtualClock, VirtualTime } from '../../property/health/virtual-time.ts'
import { MemoryStore } from '../../support/memory-store.ts'

const LAN = '/ip4/10.0.0.2/tcp/4001'
const OTHER = '/ip4/172.17.0.1/tcp/4001'

async function bench(script: Record<string, readonly [number, DialResult]> = {}) {
  const time = new VirtualTime()
  const clock = virtualClock(time, seededRandom(1))
  const state = {
    time,
    clock,
    script,
    book: await AddressBook.open({ store: new MemoryStore(), clock }),
    dialled: [] as string[],
    told: [] as string[],
    connected: new Set<string>(),
    remote: undefined as string | undefined,
    members: ['ana', 'bob'],
    wallStepMs: 0,
    lookups: 0,
  }
  const service = new DialService({
    self: 'ana',
    clock: { ...clock, now: () => clock.now() + state.wallStepMs },
    book: state.book,
    dial: (device, address, signal) => {
      state.dialled.push(`${address}@${Math.round(time.nowMs)}`)
      const [afterMs, outcome] = state.script[address] ?? [60_000, 'timeout']
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ outcome: 'timeout', detail: '' }))
        time.at(time.nowMs + afterMs, () => {
          if (outcome === 'connected' && !signal.aborted) {
            state.connected.add(device)
            service.opened(device)
          }
          resolve({ outcome, detail: '' })
        })
      })
    },
    witness: {
      dialRefused: (device) => state.told.push(`refused ${device}@${Math.round(time.nowMs)}`),
      dialFailed: (device) => state.told.push(`failed ${device}@${Math.round(time.nowMs)}`),
    },
    members: () => state.members,
    isConnected: (device) => state.connected.has(device),
    ownAddresses: () => ['10.0.0.1/24'],
    remoteAddress: () => state.remote,
    findAddresses: () => {
      state.lookups++
      return Promise.resolve(['/ip4/10.9.9.9/tcp/1'])
    },
  })
  const lose = (device: string): void => {
    state.connected.delete(device)
    service.closed(device)
  }
  return { ...state, state, service, lose }
}

describe('DialService', () => {
  it('connects to a member whose address it knows, and remembers what came of it', async () => {
    const { service, book, time, told } = await bench({ [LAN]: [5, 'connected'] })
    book.add('bob', LAN, 'record')
    service.start()
    await time.advance(1_000)
    expect(told).toEqual([])
    expect(book.lastSuccess('bob')?.address).toBe(LAN)
    expect(book.attempts('bob')).toMatchObject([
      { address: LAN, outcome: 'connected', durationMs: 5 },
    ])
    expect(service.nextAttemptAt('bob')).toBeNull()
  })

  it('tells at once that the last good address refuses, while another address still hangs', async () => {
    const { service, book, time, told, script, lose } = await bench({ [LAN]: [5, 'connected'] })
    book.add('bob', LAN, 'record')
    book.add('bob', OTHER, 'record')
    service.start()
    await time.advance(10_000)
    script[LAN] = [2, 'refused']
    lose('bob')
    await time.advance(100)
    expect(told).toEqual(['refused bob@10002'])
  })

  it('takes a refusal at the place it was connected from for the same, though it never dialled it itself', async () => {
    const { service, book, time, told, state, lose } = await bench({ [LAN]: [2, 'refused'] })
    state.connected.add('bob')
    state.remote = '/ip4/10.0.0.2/tcp/53211'
    book.add('bob', OTHER, 'record')
    book.add('bob', LAN, 'record')
    service.start()
    service.opened('bob')
    await time.advance(1_000)
    lose('bob')
    await time.advance(100)
    expect(told).toEqual(['refused bob@1002'])
  })

  it('does not take a stranger’s refusal at some other address for a sign', async () => {
    const { service, book, time, told, state, lose } = await bench({ [OTHER]: [2, 'refused'] })
    state.connected.add('bob')
    state.remote = '/ip4/10.0.0.2/tcp/53211'
    book.add('bob', OTHER, 'record')
    book.add('bob', LAN, 'record')
    service.start()
    service.opened('bob')
    lose('bob')
    await time.advance(5_000)
    expect(told[0]).toBe('failed bob@4000')
  })

  it('looks for addresses when it has none that work', async () => {
    const { service, time, dialled, state } = await bench()
    service.start()
    await time.advance(100)
    expect(state.lookups).toBe(1)
    expect(dialled).toEqual(['/ip4/10.9.9.9/tcp/1@0'])
  })

  it('dials at once on a new address, a sighting, a changed interface and a wake-up', async () => {
    const { service, book, time, dialled, state } = await bench({
      [LAN]: [1, 'unreachable'],
      [OTHER]: [1, 'unreachable'],
    })
    book.add('bob', LAN, 'record')
    service.start()
    await time.advance(3_600_000)
    for (const event of [
      () => service.found('bob', OTHER, 'record'),
      () => service.found('bob', LAN, 'mdns'),
      () => service.dialAll(),
      () => service.dialNow('bob'),
    ]) {
      await time.advance(3_600_000)
      const before = dialled.length
      event()
      await time.advance(501)
      expect(dialled.length).toBeGreaterThan(before)
    }
    await time.advance(3_600_000)
    const before = dialled.length
    state.wallStepMs = 3_600_000
    await time.advance(5_001)
    expect(dialled.length).toBeGreaterThan(before)
  })

  it('does not wait for a dial that hangs since before our network came back', async () => {
    const { service, book, time, dialled, script } = await bench()
    book.add('bob', LAN, 'record')
    service.start()
    await time.advance(3_000)
    script[LAN] = [5, 'connected']
    service.dialAll()
    await time.advance(100)
    expect(dialled).toEqual([`${LAN}@0`, `${LAN}@3000`])
    expect(book.attempts('bob')).toMatchObject([{ outcome: 'connected' }])
  })

  it('calls its own dial off when the other end was faster', async () => {
    const { service, book, time, told, state } = await bench()
    book.add('bob', LAN, 'record')
    service.start()
    await time.advance(10)
    state.connected.add('bob')
    service.opened('bob')
    await time.advance(20_000)
    expect(told).toEqual([])
    expect(book.attempts('bob')).toEqual([])
  })

  it('starts again after a stop in the middle of a dial', async () => {
    const { service, book, time, dialled, told } = await bench()
    book.add('bob', LAN, 'record')
    service.start()
    await time.advance(10)
    service.stop()
    service.stop()
    await time.advance(60_000)
    expect(told).toEqual([])
    expect(dialled).toHaveLength(1)
    service.start()
    await time.advance(10)
    expect(dialled).toHaveLength(2)
  })

  it('stops dialling who is no member any more', async () => {
    const { service, book, time, dialled, state } = await bench({ [LAN]: [1, 'refused'] })
    book.add('bob', LAN, 'record')
    service.start()
    await time.advance(10)
    state.members = ['ana']
    service.membersChanged()
    const before = dialled.length
    await time.advance(600_000)
    expect(dialled.length).toBe(before)
  })
})
