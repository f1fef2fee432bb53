import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JoinProgress, PendingJoin } from '../../node/api/contract/network.ts'
import type { AsgardNode } from '../../node/library.ts'
import { Nodes, eventOf, idOf, inviteBy, meshOf, shown, until } from '../support/nodes.ts'

/** A join under way: told step by step, hung up by `hangUp`. */
class JoinUnderWay {
  readonly #hungUp = new AbortController()
  readonly #steps: JoinProgress[] = []
  readonly #pending = Promise.withResolvers<Extract<JoinProgress, { step: 'pending' }>>()
  readonly end: Promise<JoinProgress | undefined>

  constructor(node: AsgardNode, ticket: string) {
    this.end = this.#run(node, ticket)
    this.end.catch(() => {}) // a hung up join rejects; tests that care await it
  }

  get pending(): Promise<Extract<JoinProgress, { step: 'pending' }>> {
    return this.#pending.promise
  }

  hangUp(): void {
    this.#hungUp.abort()
  }

  async #run(node: AsgardNode, ticket: string): Promise<JoinProgress | undefined> {
    for await (const step of node.backend.join({ ticket }, this.#hungUp.signal)) {
      this.#steps.push(step)
      if (step.step === 'pending') this.#pending.resolve(step)
    }
    return this.#steps.at(-1)
  }
}

describe('an invite that asks for approval', () => {
  let nodes: Nodes
  beforeEach(() => (nodes = new Nodes()))
  afterEach(() => nodes.end())

  async function waiting(admin: AsgardNode): Promise<PendingJoin> {
    await eventOf(admin, 'join:requested')
    await until(admin, async () => (await admin.backend.network().pendingJoins()).length > 0)
    const [join] = await admin.backend.network().pendingJoins()
    if (join === undefined) throw new TypeError('nobody waits')
    return join
  }

  it('shows the same three words on both sides and admits when approved', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const join = new JoinUnderWay(bob, await inviteBy(ana, { approve: true }))
    const [pending, seen] = await Promise.all([join.pending, waiting(ana)])
    expect(pending.words).toHaveLength(3)
    expect(seen.words).toEqual(pending.words)
    expect(seen).toMatchObject({
      device: idOf(bob),
      name: 'bob',
      role: 'member',
      reason: 'approval',
    })
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(false)
    expect(await ana.backend.network().approve('bob')).toMatchObject({
      name: 'bob',
      role: 'member',
    })
    expect(await join.end).toMatchObject({ step: 'joined' })
    expect(await ana.backend.network().pendingJoins()).toEqual([])
  })

  it('admits nobody when denied, and says so to the device that asked', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const join = new JoinUnderWay(bob, await inviteBy(ana, { approve: true }))
    await ana.backend.network().deny((await waiting(ana)).id)
    expect(await join.end).toMatchObject({ step: 'failed', code: 'JOIN_DENIED' })
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(false)
    expect(await bob.backend.networks()).toEqual([])
    expect(await ana.backend.network().pendingJoins()).toEqual([])
  })

  it('shows other words for another try', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = await inviteBy(ana, { approve: true })
    const words: string[] = []
    for (let round = 0; round < 2; round++) {
      const join = new JoinUnderWay(bob, ticket)
      words.push((await join.pending).words.join(' '))
      await ana.backend.network().deny((await waiting(ana)).id)
      await join.end
    }
    expect(words[0]).not.toBe(words[1])
  })

  it('is withdrawn when the joiner hangs up: approving it then admits nobody', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const ticket = await inviteBy(ana, { approve: true })
    const join = new JoinUnderWay(bob, ticket)
    const { id } = await waiting(ana)
    await join.pending
    join.hangUp()
    await until(ana, async () => (await ana.backend.network().pendingJoins()).length === 0)
    await expect(ana.backend.network().approve(id)).rejects.toMatchObject({ code: 'JOIN_UNKNOWN' })
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(false)
    await expect(join.end).rejects.toThrow(/abort/i)
    expect(await bob.backend.networks()).toEqual([])

    const again = new JoinUnderWay(bob, ticket)
    await again.pending
    await until(ana, async () => (await ana.backend.network().pendingJoins()).length === 1)
    await ana.backend.network().approve('bob')
    expect(await again.end).toMatchObject({ step: 'joined' })
  })

  it('is asked for again, with other words, when the connection broke', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const join = new JoinUnderWay(bob, await inviteBy(ana, { approve: true }))
    const first = await waiting(ana)
    await join.pending
    for (const connection of meshOf(ana).host.libp2p.getConnections()) {
      connection.abort(new DOMException('the cable broke', 'NetworkError'))
    }
    await until(ana, async () => (await ana.backend.network().pendingJoins()).length === 0)
    const again = await waiting(ana)
    expect(again.id).not.toBe(first.id)
    expect(again.words).not.toEqual(first.words)
    await expect(ana.backend.network().approve(first.id)).rejects.toMatchObject({
      code: 'JOIN_UNKNOWN',
    })
    await ana.backend.network().approve(again.id)
    expect(await join.end).toMatchObject({ step: 'joined' })
  })

  it('can be answered by any admin whom the joiner reaches, and only there', async () => {
    const ana = await nodes.found('ana')
    const dora = await nodes.admitted(ana, 'dora', 'admin')
    const bob = await nodes.start('bob')
    const join = new JoinUnderWay(bob, await inviteBy(ana, { approve: true }))
    await waiting(ana)
    await expect(dora.backend.network().approve('bob')).rejects.toMatchObject({
      code: 'JOIN_UNKNOWN',
    })
    await ana.backend.network().approve('bob')
    expect(await join.end).toMatchObject({ step: 'joined' })
    await until(dora, async () => (await shown(dora, bob))?.role === 'member')
  })

  it('does not admit when the invite was cancelled while the person was thinking', async () => {
    const [ana, bob] = await Promise.all([nodes.found('ana'), nodes.start('bob')])
    const network = ana.backend.network()
    const { ticket, id } = await network.createInvite({
      role: 'member',
      expiresInS: 900,
      uses: 1,
      approve: true,
    })
    const join = new JoinUnderWay(bob, ticket)
    const seen = await waiting(ana)
    await network.cancelInvite(id)
    const approval = network.approve(seen.id).catch(() => {}) // says after a while that nobody came in
    expect(await join.end).toMatchObject({ step: 'failed', code: 'JOIN_CANCELLED' })
    expect(meshOf(ana).trust.state.members.has(idOf(bob))).toBe(false)
    void approval
  })
})
