import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseTicket, ticketText, type InviteTicket } from '../../src/network/ticket.ts'
import {
  Nodes,
  admit,
  idOf,
  inviteBy,
  isLinked,
  joinEnd,
  joinWith,
  meshOf,
  shown,
  until,
} from '../support/nodes.ts'
import { SteeredClock } from '../support/steered-clock.ts'

const HOUR_MS = 3_600_000

describe('joining by ticket over TCP', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  const changed = (ticket: string, change: Partial<InviteTicket>) =>
    ticketText({ ...parseTicket(ticket), ...change })

  it('tells each step and ends as a member that both sides see', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const steps = await joinWith(bob, await inviteBy(ana), 'robert')
    expect(steps.map(({ step }) => step)).toEqual(['ticket', 'dialling', 'reached', 'joined'])
    expect(steps.at(-1)).toMatchObject({
      network: { name: 'home', role: 'member' },
      device: idOf(bob),
      warnings: [],
    })
    await until(ana, async () => (await shown(ana, bob))?.health === 'alive')
    expect(await shown(ana, bob)).toMatchObject({
      name: 'robert',
      role: 'member',
      membership: 'member',
    })
    await until(bob, async () => (await shown(bob, ana))?.health === 'alive')
    expect(await shown(bob, ana)).toMatchObject({ name: 'ana', role: 'owner' })
  })

  it('is refused by a device of another network, which tells nothing of its own', async () => {
    const [ana, eve, bob] = await Promise.all([
      nodes.found('ana'),
      nodes.found('eve'),
      nodes.start('bob'),
    ])
    const [address = ''] = meshOf(eve).addresses()
    const end = await joinEnd(
      bob,
      changed(await inviteBy(ana), { addresses: [address], inviter: idOf(eve) }),
    )
    expect(end).toMatchObject({ step: 'failed', code: 'JOIN_WRONG_NETWORK' })
    expect(JSON.stringify(end)).not.toContain(meshOf(eve).id)
    expect(meshOf(eve).trust.state.members.size).toBe(1)
    expect(await bob.backend.networks()).toEqual([])
  })

  it('is refused after the ticket ended, by whose clock and when is said', async () => {
    const clock = new SteeredClock()
    const [ana, bob] = await Promise.all([nodes.found('ana', { clock }), nodes.start('bob')])
    const ticket = await inviteBy(ana, { expiresInS: 60 })
    clock.setWall(HOUR_MS)
    const end = await joinEnd(bob, ticket)
    expect(end).toMatchObject({ step: 'failed', code: 'JOIN_EXPIRED' })
    const detail = 'detail' in end ? end.detail : ''
    const minute = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
    expect(detail).toContain(minute(parseTicket(ticket).expiresAt))
    expect(detail).toContain(
      `by the clock of …${idOf(ana).slice(-7)}, where it is ${minute(clock.now())}`,
    )
    expect(detail).toMatch(new RegExp(`here it is ${minute(Date.now()).slice(0, 10)} `))
  })

  it('is refused when the ticket has been used up', async () => {
    const [ana, bob, cleo] = await Promise.all([
      nodes.found('ana'),
      nodes.start('bob'),
      nodes.start('cleo'),
    ])
    const ticket = await inviteBy(ana)
    expect(await joinEnd(bob, ticket)).toMatchObject({ step: 'joined' })
    expect(await joinEnd(cleo, ticket)).toMatchObject({ step: 'failed', code: 'JOIN_USED_UP' })
    expect(meshOf(ana).trust.state.members.has(idOf(cleo))).toBe(false)
  })

  it('is refused to a device without a proper name, which is told what to do; the ticket stays good', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = await inviteBy(ana)
    for (const name of ['', 'x'.repeat(64)]) {
      expect((await joinWith(bob, ticket, name)).at(-1)).toMatchObject({
        step: 'failed',
        code: 'JOIN_BAD_NAME',
        hint: expect.stringContaining('asgard join --name') as string,
      })
    }
    expect((await joinWith(bob, ticket, 'x'.repeat(63))).at(-1)).toMatchObject({ step: 'joined' })
  })

  it('admits exactly one of two devices that use a ticket for one at the same time', async () => {
    const [ana, bob, cleo] = await Promise.all([
      nodes.found('ana'),
      nodes.start('bob'),
      nodes.start('cleo'),
    ])
    const ticket = await inviteBy(ana)
    const ends = await Promise.all([bob, cleo].map((node) => joinEnd(node, ticket)))
    expect(ends.map(({ step }) => step).sort()).toEqual(['failed', 'joined'])
    expect(ends.find(({ step }) => step === 'failed')).toMatchObject({ code: 'JOIN_USED_UP' })
  })

  it('is refused when the invite was cancelled', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const { ticket, id } = await ana.backend
      .network()
      .createInvite({ role: 'member', expiresInS: 900, uses: 1, approve: false })
    await ana.backend.network().cancelInvite(id)
    expect(await joinEnd(bob, ticket)).toMatchObject({ step: 'failed', code: 'JOIN_CANCELLED' })
  })

  it('is refused when whoever made the invite may not invite any more', async () => {
    const ana = await nodes.found('ana')
    const [bob, cleo] = await Promise.all([
      nodes.admitted(ana, 'bob', 'admin'),
      nodes.start('cleo'),
    ])
    const ticket = await inviteBy(bob)
    await until(ana, () => meshOf(ana).trust.state.invites.size === 2)
    await ana.backend.network().setRole('bob', { role: 'member' })
    const [address = ''] = meshOf(ana).addresses()
    const end = await joinEnd(cleo, changed(ticket, { addresses: [address], inviter: idOf(ana) }))
    expect(end).toMatchObject({ step: 'failed', code: 'JOIN_INVITER_REMOVED' })
  })

  it('is refused to a removed device, with the old ticket and with a new one', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.start('bob')
    const old = await inviteBy(ana, { uses: 5 })
    expect(await joinEnd(bob, old)).toMatchObject({ step: 'joined' })
    await ana.backend.network().revoke(idOf(bob), 'lost')
    await until(bob, async () => (await bob.backend.networks())[0]?.status === 'removed')
    for (const ticket of [old, await inviteBy(ana)]) {
      expect(await joinEnd(bob, ticket)).toMatchObject({ step: 'failed', code: 'JOIN_REVOKED' })
    }
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(false)
    expect((await bob.backend.networks())[0]).toMatchObject({ status: 'removed' })
  })

  it('gives no role above what the inviter may give', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob', 'admin')
    for (const role of ['owner', 'admin'] as const) {
      await expect(inviteBy(bob, { role })).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
    }
    const cleo = await nodes.admitted(ana, 'cleo')
    await expect(inviteBy(cleo)).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
  })

  it('gives the role of the invite, whatever a changed ticket says', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const end = await joinEnd(bob, changed(await inviteBy(ana), { role: 'owner' }))
    expect(end).toMatchObject({ step: 'joined', network: { role: 'member' } })
    expect(meshOf(ana).trust.state.members.get(idOf(bob))?.role).toBe('member')
  })

  it('does not skip the approval when a changed ticket says that none is needed', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = changed(await inviteBy(ana, { approve: true }), { approve: false })
    const join = joinWith(bob, ticket)
    await until(ana, async () => (await ana.backend.network().pendingJoins()).length === 1)
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(false)
    await ana.backend.network().deny('bob')
    expect((await join).at(-1)).toMatchObject({ code: 'JOIN_DENIED' })
  })

  it('is refused without the secret, even to somebody who knows the invite', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = changed(await inviteBy(ana), { secret: new Uint8Array(16).fill(7) })
    expect(await joinEnd(bob, ticket)).toMatchObject({
      step: 'failed',
      code: 'JOIN_UNKNOWN_INVITE',
    })
  })

  it('works by another admin while the inviter sleeps', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob', 'admin')
    await until(ana, async () => ((await shown(ana, bob))?.addresses.length ?? 0) > 0)
    const ticket = await inviteBy(ana)
    expect(parseTicket(ticket).addresses).toContain(meshOf(bob).addresses()[0])
    await until(bob, () =>
      [...meshOf(bob).trust.state.invites.values()].some(
        ({ by, used }) => by === idOf(ana) && used === 0,
      ),
    )
    await nodes.stop(ana)
    const cleo = await nodes.start('cleo')
    const steps = await joinWith(cleo, ticket)
    expect(steps.find(({ step }) => step === 'reached')).toMatchObject({ device: idOf(bob) })
    expect(steps.at(-1)).toMatchObject({ step: 'joined', network: { name: 'home' } })
    const again = await nodes.start('ana')
    await until(again, () => isLinked(again, cleo))
    expect((await shown(again, cleo))?.role).toBe('member')
  })

  it('is not answered by a member that is no admin', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob')
    const ticket = await inviteBy(ana)
    await until(bob, () => meshOf(bob).trust.state.invites.size === 2)
    const [address = ''] = meshOf(bob).addresses()
    const cleo = await nodes.start('cleo')
    const end = await joinEnd(cleo, changed(ticket, { addresses: [address], inviter: idOf(bob) }))
    expect(end).toMatchObject({ step: 'failed', code: 'JOIN_NOT_AN_ADMIN' })
  })

  it('says of each address why nobody answers', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = await inviteBy(ana)
    const [address = ''] = meshOf(ana).addresses()
    await nodes.stop(ana)
    const end = await joinEnd(bob, ticket)
    expect(end).toMatchObject({ step: 'failed', code: 'JOIN_UNREACHABLE' })
    expect('detail' in end ? end.detail : '').toContain(address)
    expect(await bob.backend.networks()).toEqual([])
  })

  it('admits a device again with its used ticket when the answer was lost on the way', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = await inviteBy(ana)
    expect(await joinEnd(bob, ticket)).toMatchObject({ step: 'joined' })
    await nodes.stop(bob)
    await rm(join(await nodes.homeOf('bob'), 'data', 'networks'), { recursive: true })
    const again = await nodes.start('bob')
    expect(await again.backend.networks()).toEqual([])
    expect(await joinEnd(again, ticket)).toMatchObject({ step: 'joined' })
    await until(ana, async () => (await shown(ana, again))?.health === 'alive')
  })

  it('is not forgotten by a device that stops right after it', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    expect(await joinEnd(bob, await inviteBy(ana))).toMatchObject({ step: 'joined' })
    await nodes.stop(bob)
    const again = await nodes.start('bob')
    await until(again, () => isLinked(ana, again))
  })

  it('lets a device that left come back by a new ticket', async () => {
    const ana = await nodes.found('ana')
    const bob = await nodes.admitted(ana, 'bob')
    await bob.backend.network().leave({ erase: true, force: false })
    await until(ana, () => meshOf(ana).trust.state.left.has(idOf(bob)))
    await admit(ana, bob)
    expect(meshOf(bob).trust.state.members.has(idOf(bob))).toBe(true)
  })
})
