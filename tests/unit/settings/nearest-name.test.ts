import { describe, expect, it } from 'vitest'
import { nearestName } from '../../../node/settings/nearest-name.ts'
import { KEY_NAMES } from '../../../node/settings/setting-keys.ts'

describe('the nearest name', () => {
  it.each([
    ['listen.prot', 'listen.port'],
    ['listen.pott', 'listen.port'],
    ['lsiten.port', 'listen.port'],
    ['LOG.LEVEL', 'log.level'],
    ['log.levle', 'log.level'],
    ['level', 'log.level'],
    ['profil', 'profile'],
    ['something.else.entirely', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('of %s is %s', (wrong, right) => expect(nearestName(wrong, KEY_NAMES)).toBe(right))
})
