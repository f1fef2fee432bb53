import { describe, expect, it } from 'vitest'
import { InterfaceWatch, interfaceChange } from '../../../src/discovery/interface-watch.ts'
import { seededRandom, virtualClock, VirtualTime } from '../../property/health/virtual-time.ts'

describe('interfaceChange', () => {
  it('names what came and what went, whatever the order', () => {
    expect(
      interfaceChange(
        ['lo 127.0.0.1/8', 'eth0 10.0.0.1/24'],
        ['wlan0 10.0.1.1/24', 'lo 127.0.0.1/8'],
      ),
    ).toEqual({
      added: ['wlan0 10.0.1.1/24'],
      removed: ['eth0 10.0.0.1/24'],
    })
    expect(interfaceChange(['a 1/8', 'b 2/8'], ['b 2/8', 'a 1/8'])).toBeUndefined()
  })
})

describe('InterfaceWatch', () => {
  it('notices a change within a second, once', async () => {
    const time = new VirtualTime()
    let lines = ['lo 127.0.0.1/8']
    const changes: unknown[] = []
    const watch = new InterfaceWatch({
      clock: virtualClock(time, seededRandom(1)),
      read: () => lines,
      changed: (change) => changes.push(change),
    })
    watch.start()
    watch.start()
    await time.advance(5_500)
    expect(changes).toEqual([])
    lines = ['lo 127.0.0.1/8', 'eth0 10.0.0.1/24']
    await time.advance(1_000)
    expect(changes).toEqual([{ added: ['eth0 10.0.0.1/24'], removed: [] }])
    expect(watch.addresses()).toEqual(['127.0.0.1/8', '10.0.0.1/24'])
    watch.stop()
    watch.stop()
    lines = []
    await time.advance(5_000)
    expect(changes).toHaveLength(1)
  })
})
