import { describe, expect, it } from 'vitest'
import { AddressBook } from '../../../src/discovery/address-book.ts'
import { decodeBookEntry, encodeBookEntry } from '../../../src/discovery/address-book-codec.ts'
import type { DialAttempt } from '../../../src/discovery/dial-outcome.ts'
import type { Store } from '../../../src/storage/store.ts'
import { seededRandom, virtualClock, VirtualTime } from '../../property/health/virtual-time.ts'
import { MemoryStore } from '../../support/memory-store.ts'

async function bench(store: Store = new MemoryStore()) {
  const time = new VirtualTime()
  const clock = virtualClock(time, seededRandom(1))
  const errors: unknown[] = []
  const book = await AddressBook.open({ store, clock, writeFailed: (error) => errors.push(error) })
  return { time, book, store, errors, clock }
}

function attempt(
  address: string,
  at: number,
  outcome: DialAttempt['outcome'] = 'connected',
): DialAttempt {
  return { address, source: 'record', at, durationMs: 12, outcome, detail: 'x' }
}

describe('AddressBook', () => {
  it('takes an address once, and says whether it was news', async () => {
    const { book } = await bench()
    expect(book.add('bob', '/ip4/10.0.0.2/tcp/4001', 'mdns')).toBe(true)
    expect(book.add('bob', '/ip4/10.0.0.2/tcp/4001', 'record')).toBe(false)
    expect(book.addresses('bob')).toMatchObject([
      { address: '/ip4/10.0.0.2/tcp/4001', source: 'mdns', lastSuccessAt: null, failures: 0 },
    ])
  })

  it('takes no text that is no multiaddr', async () => {
    const { book } = await bench()
    const bad = [
      '',
      'bob',
      '/ip4',
      '10.0.0.2:4001',
      '/ip4/10.0.0.2/tcp/4001\n',
      '/ip4/ /tcp/1',
      '/ip4/\u202e/tcp/1',
      `/dns/${'x'.repeat(300)}/tcp/1`,
      '//',
    ]
    for (const address of bad) expect(book.add('bob', address, 'record')).toBe(false)
    expect([...book.devices()]).toEqual([])
  })

  it('survives a restart, attempts and successes included', async () => {
    const store = new MemoryStore()
    const first = await bench(store)
    first.book.add('bob', '/ip4/10.0.0.2/tcp/4001', 'ticket')
    first.book.attempted('bob', attempt('/ip4/10.0.0.2/tcp/4001', 5_000))
    first.book.attempted('bob', attempt('/ip4/10.0.0.2/tcp/4001', 6_000, 'refused'))
    await first.book.flush()
    const second = await bench(store)
    expect(second.book.addresses('bob')).toEqual(first.book.addresses('bob'))
    expect(second.book.attempts('bob')).toEqual(first.book.attempts('bob'))
    expect(second.book.lastSuccess('bob')).toMatchObject({ lastSuccessAt: 5_000, failures: 1 })
  })

  it('writes many changes together', async () => {
    const store = new MemoryStore()
    const { book, time } = await bench(store)
    for (let i = 0; i < 50; i++) book.add(`device${i}`, '/ip4/10.0.0.2/tcp/4001', 'mdns')
    expect(store.commits).toBe(0)
    await time.advance(2_500)
    expect(store.commits).toBe(1)
    for (let i = 0; i < 50; i++)
      book.attempted('device1', attempt('/ip4/10.0.0.2/tcp/4001', i, 'timeout'))
    await time.advance(30_000)
    expect(store.commits).toBe(1)
    await time.advance(31_000)
    expect(store.commits).toBe(2)
  })

  it('tries a failed write again with the next', async () => {
    const store = new MemoryStore()
    const commit = store.commit.bind(store)
    store.commit = () => Promise.reject(new TypeError('disk full'))
    const { book, errors, time } = await bench(store)
    book.add('bob', '/ip4/10.0.0.2/tcp/4001', 'mdns')
    await time.advance(3_000)
    expect(errors).toHaveLength(1)
    store.commit = commit
    book.add('cleo', '/ip4/10.0.0.3/tcp/4001', 'mdns')
    await time.advance(3_000)
    expect(store.size).toBe(2)
  })

  it('keeps sixteen addresses: the good one and the newest among them', async () => {
    const { book, time } = await bench()
    book.add('bob', '/ip4/10.0.0.1/tcp/1', 'record')
    book.attempted('bob', attempt('/ip4/10.0.0.1/tcp/1', 1_800_000_000_000))
    for (let i = 2; i < 100; i++) {
      await time.advance(1_000)
      book.add('bob', `/ip4/10.0.0.${i}/tcp/1`, 'record')
    }
    const addresses = book.addresses('bob').map(({ address }) => address)
    expect(addresses).toHaveLength(16)
    expect(addresses[0]).toBe('/ip4/10.0.0.1/tcp/1')
    expect(addresses.at(-1)).toBe('/ip4/10.0.0.99/tcp/1')
  })

  it('keeps the last 32 attempts and cuts long details', async () => {
    const { book } = await bench()
    for (let i = 0; i < 100; i++)
      book.attempted('bob', {
        ...attempt('/ip4/1.1.1.1/tcp/1', i, 'failed'),
        detail: 'x'.repeat(10_000),
      })
    expect(book.attempts('bob').map(({ at }) => at)).toEqual(
      Array.from({ length: 32 }, (_, i) => 68 + i),
    )
    expect(book.attempts('bob')[0]?.detail).toHaveLength(200)
  })

  it('forgets a device, on disk too', async () => {
    const store = new MemoryStore()
    const { book } = await bench(store)
    book.add('bob', '/ip4/10.0.0.2/tcp/4001', 'mdns')
    await book.flush()
    book.forget('bob')
    await book.flush()
    expect(store.size).toBe(0)
  })

  it('starts without an entry that is damaged on disk', async () => {
    const store = new MemoryStore(new Map([['discovery/book/bob', Uint8Array.of(0xff, 0xff)]]))
    const { book } = await bench(store)
    expect(book.addresses('bob')).toEqual([])
  })

  it('holds a bounded number of devices', async () => {
    const { book } = await bench()
    for (let i = 0; i < 5_000; i++) book.add(`device${i}`, '/ip4/10.0.0.2/tcp/4001', 'dht')
    expect([...book.devices()]).toHaveLength(4_096)
  })
})

describe('the stored form', () => {
  it('keeps everything', () => {
    const entry = {
      addresses: [
        {
          address: '/dns/nas/tcp/1',
          source: 'dht' as const,
          lastSuccessAt: null,
          addedAt: 7,
          failures: 3,
        },
      ],
      attempts: [attempt('/dns/nas/tcp/1', 9, 'wrong-device')],
    }
    expect(decodeBookEntry(encodeBookEntry(entry))).toEqual(entry)
  })
})
