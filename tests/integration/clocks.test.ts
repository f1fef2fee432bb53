import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ADMISSION_MS } from '../../src/trust/trust-limits.ts'
import {
  Nodes,
  admit,
  idOf,
  inviteBy,
  isLinked,
  joinEnd,
  meshOf,
  shown,
  until,
} from '../support/nodes.ts'
import { SteeredClock } from '../support/steered-clock.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365 * DAY_MS

describe('devices whose clocks disagree', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  it.each([
    ['ahead of', YEAR_MS],
    ['behind', -YEAR_MS],
  ])('a joiner a year %s the network joins, and is warned', async (way, offsetMs) => {
    const [ana, bob] = await Promise.all([
      nodes.found('ana'),
      nodes.start('bob', { clock: new SteeredClock(offsetMs) }),
    ])
    const end = await joinEnd(bob, await inviteBy(ana))
    expect(end).toMatchObject({ step: 'joined' })
    const [warning = ''] = 'warnings' in end ? end.warnings : []
    expect(warning).toMatch(
      new RegExp(`^The clock of this device is 315[0-9]{5} s ${way} the network's`),
    )
    await until(ana, async () => (await shown(ana, bob))?.health === 'alive')
    await until(
      ana,
      async () => (await shown(ana, bob))?.flags.some(({ code }) => code === 'clock-skew') ?? false,
    )
    expect(Math.abs(((await shown(ana, bob))?.clockSkewMs ?? 0) - offsetMs)).toBeLessThan(60_000)
    await until(bob, async () => (await shown(bob, ana))?.health === 'alive')
  })

  it('a joiner a year ahead is described like any other once its clock is right', async () => {
    const clock = new SteeredClock(YEAR_MS)
    const ana = await nodes.found('ana')
    const bob = await nodes.start('bob', { clock })
    await admit(ana, bob)
    clock.setWall(-YEAR_MS)
    clock.skip(15_000)
    await until(ana, async () => (await shown(ana, bob))?.platform !== '')
    expect((await shown(bob, bob))?.membership).toBe('member')
  })

  it('an admin whose clock is behind refuses a ticket no longer than its own clock says', async () => {
    const clock = new SteeredClock(-YEAR_MS)
    const [ana, bob] = await Promise.all([nodes.found('ana', { clock }), nodes.start('bob')])
    expect(await joinEnd(bob, await inviteBy(ana))).toMatchObject({ step: 'joined' })
  })
})

describe('the end of an admission', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  it('cuts a guest at its date, on every device', async () => {
    const clock = new SteeredClock()
    const ana = await nodes.found('ana', { clock })
    const cleo = await nodes.admitted(ana, 'cleo', 'member', { clock })
    const guestUntil = clock.now() + DAY_MS
    const gus = await nodes.start('gus', { clock })
    expect(await joinEnd(gus, await inviteBy(ana, { role: 'guest', guestUntil }))).toMatchObject({
      step: 'joined',
    })
    for (const node of [ana, cleo]) await until(node, () => isLinked(node, gus))
    expect((await shown(ana, gus))?.admittedUntil).toBe(guestUntil)

    clock.setWall(DAY_MS)
    clock.skip(15_000)
    for (const node of [ana, cleo]) {
      await until(node, () =>
        meshOf(node)
          .host.libp2p.getConnections()
          .every((c) => c.remotePeer.toString() !== idOf(gus)),
      )
      expect((await shown(node, gus))?.membership).toBe('expired')
      expect(meshOf(node).gate.standing(idOf(gus))).toEqual({ accepts: false, refusal: 'expired' })
    }
    await until(ana, () => isLinked(ana, cleo))
  })

  it('is moved on by an admin long before it comes', async () => {
    const clock = new SteeredClock()
    const ana = await nodes.found('ana', { clock })
    const bob = await nodes.admitted(ana, 'bob', 'member', { clock })
    const gus = await nodes.admitted(ana, 'gus', 'guest', { clock })
    const before = (await shown(ana, bob))?.admittedUntil ?? 0
    const guestUntil = (await shown(ana, gus))?.admittedUntil
    clock.setWall((ADMISSION_MS * 3) / 4)
    clock.skip(900_000)
    for (const node of [ana, bob])
      await until(node, async () => ((await shown(node, bob))?.admittedUntil ?? 0) > before)
    expect((await shown(ana, bob))?.admittedUntil).toBeGreaterThan(
      clock.now() + ADMISSION_MS - DAY_MS,
    )
    expect((await shown(ana, gus))?.admittedUntil).toBe(guestUntil)
  })

  it('can be undone by approval: an expired device comes back', async () => {
    const clock = new SteeredClock()
    const ana = await nodes.found('ana', { clock })
    const bob = await nodes.admitted(ana, 'bob', 'member', { clock })
    await nodes.stop(bob)
    await until(ana, async () => (await shown(ana, bob))?.health !== 'alive')
    clock.setWall(ADMISSION_MS + DAY_MS)
    const again = await nodes.start('bob', { clock })
    await until(again, async () =>
      (await again.backend.status()).warnings.some(
        ({ code }) => code === 'expired' || code === 'refused',
      ),
    )
    expect(isLinked(ana, again)).toBe(false)
    await ana.backend.network().approve('bob')
    await until(ana, () => isLinked(ana, again), 20_000)
    expect((await shown(ana, again))?.membership).toBe('member')
  })
})
