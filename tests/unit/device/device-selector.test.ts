import { describe, expect, it } from 'vitest'
import { selectDevice } from '../../../node/device/device-selector.ts'

const ana = { id: '12D3KooWAna1111111abc7Kq', name: 'ana' }
const bob = { id: '12D3KooWBob2222222abc9Xy', name: 'Bob', tags: ['backup', 'attic'] }
const bobby = { id: '12D3KooWBobby33333abc9Zz', name: 'bobby', tags: ['backup'] }
const all = [ana, bob, bobby]

describe('a selector', () => {
  it.each([
    ['a whole id', bob.id, bob],
    ['a name', 'ana', ana],
    ['a name in other letters', 'BOB', bob],
    ['a name with blanks around it', '  ana ', ana],
    ['the beginning of one name', 'an', ana],
    ['the beginning of one name in other letters', 'BOBB', bobby],
    ['the end of an id', 'abc7Kq', ana],
    ['the end of an id as it is shown', '…abc7Kq', ana],
    ['a tag that nobody else has', '#attic', bob],
    ['an address', `/ip4/192.168.1.7/tcp/41641/p2p/${ana.id}`, ana],
    [
      'an address through another device',
      `/ip4/192.0.2.1/tcp/1/p2p/${ana.id}/p2p-circuit/p2p/${bob.id}`,
      bob,
    ],
  ])('means the one device with %s', (_, selector, device) => {
    expect(selectDevice(all, selector)).toBe(device)
  })

  it('means the device of that very name, although another begins with it', () => {
    expect(selectDevice(all, 'bob')).toBe(bob)
  })

  it('prefers the spelling that is meant', () => {
    const shouting = { id: 'x1', name: 'ANA' }
    expect(selectDevice([shouting, ana], 'ana')).toBe(ana)
    expect(selectDevice([shouting, ana], 'ANA')).toBe(shouting)
  })

  it('means the id before a name that is spelled like it', () => {
    const impostor = { id: 'x1', name: bob.id }
    expect(selectDevice([impostor, bob], bob.id)).toBe(bob)
  })

  it('with … means the id’s end, whatever another device calls itself', () => {
    const impostor = { id: '12D3KooWMallory', name: 'abc9Xy' }
    const posing = { id: '12D3KooWMallory2', name: '…abc9Xy' }
    expect(selectDevice([impostor, posing, ...all], '…abc9Xy')).toBe(bob)
    expect(() => selectDevice([impostor, posing], '…abc9Xy')).toThrow(
      expect.objectContaining({ code: 'DEVICE_UNKNOWN' }) as Error,
    )
  })

  it('with # means a tag, whatever another device calls itself', () => {
    const impostor = { id: '12D3KooWMallory', name: '#attic' }
    expect(selectDevice([impostor, ...all], '#attic')).toBe(bob)
    expect(() => selectDevice(all, '#backup')).toThrow(
      expect.objectContaining({ code: 'DEVICE_AMBIGUOUS' }) as Error,
    )
  })

  it.each(['xyz', '', '…', ' ', 'Kq', '…7Kq', 'abc7kq', '#', '#bob', '/', `/ip4/10.0.0.1/tcp/1`])(
    'means nobody with %j',
    (selector) => {
      expect(() => selectDevice(all, selector)).toThrow(
        expect.objectContaining({ code: 'DEVICE_UNKNOWN' }) as Error,
      )
    },
  )

  it('that may mean several is refused, and names them with the ends of their ids', () => {
    const twins = [ana, { ...bob, name: 'ana' }]
    expect(() => selectDevice(twins, 'ana')).toThrow(
      expect.objectContaining({
        code: 'DEVICE_AMBIGUOUS',
        message: expect.stringMatching(/ana \(…1abc7Kq\), ana \(…2abc9Xy\)/) as string,
      }) as Error,
    )
  })

  it('that may mean many names five', () => {
    const crowd = Array.from({ length: 9 }, (_, at) => ({ id: `id-number-${at}`, name: 'm' }))
    expect(() => selectDevice(crowd, 'm')).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('number-5') as string,
      }) as Error,
    )
  })
})
