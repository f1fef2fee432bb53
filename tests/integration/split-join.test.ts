import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AsgardNode } from '../../node/library.ts'
import { parseTicket, ticketText } from '../../src/network/ticket.ts'
import {
  Nodes,
  eventOf,
  idOf,
  inviteBy,
  isLinked,
  joinEnd,
  meshOf,
  shown,
  until,
} from '../support/nodes.ts'
import { Partition } from '../support/partition.ts'

describe('a ticket for one that is used in both halves of a partition', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  /** Ana's half admits bob, dora's half admits cleo, with the same ticket. */
  async function split() {
    const ana = await nodes.found('ana')
    const dora = await nodes.admitted(ana, 'dora', 'admin')
    const ticket = await inviteBy(ana)
    const hers = ticketText({
      ...parseTicket(ticket),
      addresses: [...meshOf(dora).addresses()],
      inviter: idOf(dora),
    })
    await until(dora, () => meshOf(dora).trust.state.invites.size === 2)
    const [bob, cleo] = await Promise.all([nodes.start('bob'), nodes.start('cleo')])
    const partition = new Partition([ana, [dora, cleo]], [dora, [ana, bob]])
    await until(ana, () => !isLinked(ana, dora))
    const ends = await Promise.all([joinEnd(bob, ticket), joinEnd(cleo, hers)])
    expect(ends.map(({ step }) => step)).toEqual(['joined', 'joined'])
    return { ana, dora, bob, cleo, partition }
  }

  /** All four agree who stays and who waits. */
  async function settled(all: readonly AsgardNode[], joiners: readonly AsgardNode[]) {
    const [first] = all
    if (first === undefined) throw new TypeError('no nodes')
    const statesOf = (node: AsgardNode) => meshOf(node).trust.state
    for (const node of all) {
      await until(
        node,
        () => statesOf(node).reviews.size === 1 && statesOf(node).members.size === 3,
      )
    }
    const stays = joiners.find((joiner) => statesOf(first).members.has(idOf(joiner)))
    const waits = joiners.find((joiner) => statesOf(first).reviews.has(idOf(joiner)))
    if (stays === undefined || waits === undefined) throw new TypeError('neither stays nor waits')
    for (const node of all) expect(statesOf(node).reviews.has(idOf(waits))).toBe(true)
    return { stays, waits }
  }

  it('keeps one of them; the other waits, both admins see it, and approval lets it in', async () => {
    const { ana, dora, bob, cleo, partition } = await split()
    partition.heal()
    const { stays, waits } = await settled([ana, dora, bob, cleo], [bob, cleo])
    for (const admin of [ana, dora]) {
      expect(await admin.backend.network().pendingJoins()).toMatchObject([
        { device: idOf(waits), reason: 'review' },
      ])
      expect((await shown(admin, waits))?.membership).toBe('review')
      expect((await shown(admin, stays))?.membership).toBe('member')
      await until(admin, () => !meshOf(admin).links.isUp(idOf(waits)))
    }
    expect((await shown(waits, waits))?.membership).toBe('review')
    await until(waits, async () => {
      const { warnings } = await waits.backend.status()
      return warnings.some(({ device, code }) => device === idOf(waits) && code === 'review')
    })
    await eventOf(ana, 'join:requested', (event) => event.device === idOf(waits))
    await eventOf(dora, 'join:requested', (event) => event.device === idOf(waits))

    expect(
      await dora.backend.network().approve((await shown(dora, waits))?.name ?? ''),
    ).toMatchObject({ role: 'member' })
    for (const node of [ana, dora, bob, cleo]) {
      await until(
        node,
        () =>
          meshOf(node).trust.state.members.size === 4 &&
          meshOf(node).trust.state.reviews.size === 0,
      )
    }
    await until(ana, () => isLinked(ana, waits))
    expect(await ana.backend.network().pendingJoins()).toEqual([])
  })

  it('shuts the other out for good when an admin denies it', async () => {
    const { ana, dora, bob, cleo, partition } = await split()
    partition.heal()
    const { stays, waits } = await settled([ana, dora, bob, cleo], [bob, cleo])
    const [pending] = await ana.backend.network().pendingJoins()
    await ana.backend.network().deny(pending?.id ?? '')
    await until(dora, () => meshOf(dora).trust.state.revocations.has(idOf(waits)))
    expect(meshOf(dora).trust.state.members.has(idOf(stays))).toBe(true)
    expect(await dora.backend.network().pendingJoins()).toEqual([])
    await eventOf(waits, 'gate:refused', (event) => event.data['refusal'] === 'revoked')
  })
})
