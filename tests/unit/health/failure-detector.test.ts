import { describe, expect, it } from 'vitest'
import { FailureDetector, type Decision } from '../../../src/health/failure-detector.ts'
import { NO_SIGHTINGS, type Sightings } from '../../../src/health/reachability.ts'

const TICK_MS = 250

class Observer {
  readonly detector: FailureDetector
  nowMs = 0
  readonly decisions: Decision[] = []

  constructor(members: readonly string[], sightings: Sightings = NO_SIGHTINGS) {
    this.detector = new FailureDetector({ sightings, random: () => 0.5 })
    this.detector.setMembers(members)
    this.detector.tick(0)
  }

  /** Ticks on time; `onTick` is what arrives meanwhile. */
  run(forMs: number, onTick: () => void = () => undefined): this {
    for (const untilMs = this.nowMs + forMs; this.nowMs < untilMs;) {
      this.nowMs += TICK_MS
      this.detector.tick(this.nowMs)
      this.decisions.push(...this.detector.drain())
      onTick()
    }
    return this
  }

  connect(...peers: string[]): this {
    for (const peer of peers) {
      this.detector.opened(peer, this.nowMs)
      this.detector.heard(peer, this.nowMs)
    }
    this.decisions.push(...this.detector.drain())
    return this
  }

  taken(): readonly Decision[] {
    this.decisions.push(...this.detector.drain())
    return this.decisions.splice(0)
  }

  word(peer: string): string {
    const health = this.detector.health(peer)
    return health === undefined ? 'none' : `${health.state}: ${health.cause}`
  }
}

describe('FailureDetector, connected', () => {
  it('knows nothing of a member at first', () => {
    expect(new Observer(['bob']).word('bob')).toBe('unknown: never-seen')
    expect(new Observer(['bob']).word('zoe')).toBe('none')
  })

  it('takes a frame, not the connection, for life', () => {
    const ana = new Observer(['bob'])
    ana.detector.opened('bob', 0)
    expect(ana.word('bob')).toBe('unknown: never-seen')
    ana.detector.heard('bob', 1)
    expect(ana.word('bob')).toBe('alive: heard')
    expect(ana.detector.linked()).toEqual(['bob'])
  })

  it('counts a frame that came before its own side of the channel was open', () => {
    const ana = new Observer(['bob'])
    ana.detector.heard('bob', 1)
    expect(ana.word('bob')).toBe('unknown: never-seen')
    ana.detector.opened('bob', 2)
    expect(ana.word('bob')).toBe('alive: heard')
  })

  it('probes after a second of silence and not before', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.taken()
    ana.run(750)
    expect(ana.taken()).toEqual([])
    ana.run(250)
    expect(ana.taken()).toEqual([{ kind: 'probe', peer: 'bob' }])
  })

  it('suspects after 2.5 s, gives up after 4.5 s and cuts the dead connection', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.run(2_250)
    expect(ana.word('bob')).toBe('alive: heard')
    ana.run(250)
    expect(ana.word('bob')).toBe('suspect: silent')
    ana.run(1_750)
    expect(ana.word('bob')).toBe('suspect: silent')
    ana.taken()
    ana.run(250)
    expect(ana.word('bob')).toBe('failed: silent')
    expect(ana.taken()).toContainEqual({ kind: 'reset', peer: 'bob' })
    expect(ana.detector.linked()).toEqual([])
  })

  it('takes any frame for life, also of a suspect', () => {
    const ana = new Observer(['bob']).connect('bob').run(3_000)
    expect(ana.word('bob')).toBe('suspect: silent')
    ana.detector.heard('bob', ana.nowMs)
    expect(ana.word('bob')).toBe('alive: heard')
  })

  it('sends a sign of life to a peer that sends so much that its own probes are stuck behind it', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.run(20_000, () => {
      ana.detector.heard('bob', ana.nowMs)
      ana.detector.measured('bob', ana.nowMs)
    })
    const probes = ana.taken().filter((decision) => decision.kind === 'probe')
    expect(probes.length).toBeGreaterThanOrEqual(13)
    expect(probes.length).toBeLessThanOrEqual(15)
  })

  it('needs no sign of life beside its pongs', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.detector.measured('bob', 0)
    ana.taken()
    ana.run(9_000, () => {
      ana.detector.heard('bob', ana.nowMs)
      ana.detector.sent('bob', ana.nowMs)
    })
    expect(ana.taken()).toEqual([])
  })

  it('never fails a peer that it has not probed', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.run(60_000, () => ana.detector.heard('bob', ana.nowMs))
    expect(ana.taken().filter((decision) => decision.kind === 'changed')).toHaveLength(1)
  })

  it('does not take its own nap for the silence of others', () => {
    const ana = new Observer(['bob', 'cleo']).connect('bob', 'cleo').run(1_000)
    ana.nowMs += 600_000
    ana.run(250)
    expect(ana.word('bob')).toBe('alive: heard')
    ana.detector.heard('bob', ana.nowMs)
    ana.detector.heard('cleo', ana.nowMs)
    expect(ana.detector.strain).toBeGreaterThan(0)
  })

  it('waits longer for a peer that says that it is strained', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.detector.strained('bob', 8)
    ana.run(8_000)
    expect(ana.word('bob')).toBe('suspect: silent')
    ana.run(1_500)
    expect(ana.word('bob')).toBe('failed: silent')
  })

  it('asks up to three others and tells everybody of its suspicion', () => {
    const ana = new Observer(['bob', 'c', 'd', 'e', 'f']).connect('bob', 'c', 'd', 'e', 'f')
    ana.run(2_500, () =>
      ['c', 'd', 'e', 'f'].forEach((peer) => ana.detector.heard(peer, ana.nowMs)),
    )
    const decisions = ana.taken()
    const asks = decisions.filter((decision) => decision.kind === 'ask')
    expect(asks[0]?.peers).toHaveLength(3)
    expect(asks[0]?.peers).not.toContain('bob')
    expect(decisions).toContainEqual({ kind: 'suspect', about: 'bob' })
  })

  it('gives up sooner when two others do not hear it either', () => {
    const ana = new Observer(['bob', 'c', 'd']).connect('bob', 'c', 'd')
    const others = (): void => ['c', 'd'].forEach((peer) => ana.detector.heard(peer, ana.nowMs))
    ana.run(3_000, others)
    ana.detector.answered('c', 'bob', { kind: 'silent' }, ana.nowMs)
    ana.detector.answered('c', 'bob', { kind: 'silent' }, ana.nowMs)
    ana.run(1_000, others)
    expect(ana.word('bob')).toBe('suspect: silent')
    ana.detector.answered('d', 'bob', { kind: 'silent' }, ana.nowMs)
    ana.run(250, others)
    expect(ana.word('bob')).toBe('failed: silent')
  })

  it('lets the word of another keep a silent peer alive, and says whose word it is', () => {
    const ana = new Observer(['bob', 'c']).connect('bob', 'c')
    ana.run(20_000, () => {
      ana.detector.heard('c', ana.nowMs)
      ana.detector.answered('c', 'bob', { kind: 'heard', ageMs: 10 }, ana.nowMs)
    })
    expect(ana.detector.health('bob')).toEqual({
      state: 'alive',
      cause: 'seen-by-others',
      via: ['c'],
    })
    expect(ana.taken()).toContainEqual({ kind: 'reset', peer: 'bob' })
  })

  it('does not believe a peer that vouches for itself, nor old news', () => {
    const ana = new Observer(['bob', 'c']).connect('bob', 'c')
    ana.run(20_000, () => {
      ana.detector.heard('c', ana.nowMs)
      ana.detector.answered('bob', 'bob', { kind: 'heard', ageMs: 0 }, ana.nowMs)
      ana.detector.answered('c', 'bob', { kind: 'heard', ageMs: 59_000 }, ana.nowMs)
    })
    expect(ana.word('bob')).toBe('failed: silent')
  })
})

describe('FailureDetector, connection lost', () => {
  it('dials at once, and calls it failed when it is refused', () => {
    const ana = new Observer(['bob']).connect('bob').run(1_000)
    ana.taken()
    ana.detector.closed('bob', ana.nowMs)
    expect(ana.taken()).toContainEqual({ kind: 'dial', peer: 'bob' })
    expect(ana.word('bob')).toBe('alive: heard')
    ana.detector.dialRefused('bob', ana.nowMs + 3)
    expect(ana.word('bob')).toBe('failed: refused')
  })

  it('suspects while the redial is undecided, and gives up in the end', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.detector.closed('bob', ana.nowMs)
    ana.run(1_000)
    expect(ana.word('bob')).toBe('suspect: connection-lost')
    ana.detector.dialFailed('bob', ana.nowMs)
    expect(ana.word('bob')).toBe('suspect: connection-lost')
    ana.run(3_000)
    expect(ana.word('bob')).toBe('failed: unreachable')
  })

  it('raises no alarm when the redial succeeds', () => {
    const ana = new Observer(['bob']).connect('bob').run(500)
    ana.taken()
    ana.detector.closed('bob', ana.nowMs)
    ana.run(500)
    ana.connect('bob').run(500)
    expect(ana.taken().filter((decision) => decision.kind === 'changed')).toEqual([])
  })

  it('ignores a refusal once it is connected again', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.detector.closed('bob', 1)
    ana.connect('bob')
    ana.detector.dialRefused('bob', 2)
    expect(ana.word('bob')).toBe('alive: heard')
  })

  it('takes a goodbye for an orderly stop, whatever else happens', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.detector.goodbye('bob', 10)
    expect(ana.word('bob')).toBe('failed: stopped')
    ana.detector.heard('bob', 11)
    ana.detector.closed('bob', 12)
    ana.detector.dialRefused('bob', 13)
    ana.run(20_000)
    expect(ana.word('bob')).toBe('failed: stopped')
    ana.connect('bob')
    expect(ana.word('bob')).toBe('alive: heard')
  })

  it('calls a member failed whose dials fail from the start', () => {
    const ana = new Observer(['bob'])
    ana.detector.dialFailed('bob', 0)
    ana.run(9_750)
    expect(ana.word('bob')).toBe('unknown: never-seen')
    ana.run(500)
    expect(ana.word('bob')).toBe('failed: unreachable')
  })

  it('calls a former member left, and forgets a stranger', () => {
    const ana = new Observer(['bob']).connect('bob')
    ana.detector.setMembers([])
    expect(ana.word('bob')).toBe('left: left-network')
    ana.detector.heard('bob', 1)
    ana.detector.opened('zoe', 1)
    expect(ana.word('zoe')).toBe('none')
    ana.detector.setMembers(['bob'])
    expect(ana.word('bob')).toBe('unknown: never-seen')
  })
})

describe('FailureDetector, hearsay', () => {
  const stated = new Map<string, { atMs: number; links: string[]; failures: string[] }>()
  const sightings: Sightings = {
    statedAt: (observer) => stated.get(observer)?.atMs,
    linksOf: (observer) => stated.get(observer)?.links ?? [],
    failuresOf: (observer) => stated.get(observer)?.failures ?? [],
  }
  function observer(members: readonly string[]): Observer {
    stated.clear()
    return new Observer(members, sightings)
  }
  function hear(ana: Observer, peer: string): () => void {
    return () => ana.detector.heard(peer, ana.nowMs)
  }

  it('follows the statements of others from one to the next', () => {
    const ana = observer(['b', 'c', 'd', 'e']).connect('b')
    stated.set('b', { atMs: 0, links: ['c'], failures: [] })
    stated.set('c', { atMs: 0, links: ['d'], failures: [] })
    stated.set('e', { atMs: 0, links: ['e'], failures: [] })
    ana.detector.sightingsChanged()
    ana.run(250, hear(ana, 'b'))
    expect(ana.detector.health('c')).toEqual({
      state: 'alive',
      cause: 'seen-by-others',
      via: ['b'],
    })
    expect(ana.detector.health('d')).toEqual({
      state: 'alive',
      cause: 'seen-by-others',
      via: ['c'],
    })
    expect(ana.word('e')).toBe('unknown: never-seen')
  })

  it('does not believe statements made before the device was lost', () => {
    const ana = observer(['b', 'c']).connect('b', 'c')
    stated.set('b', { atMs: 0, links: ['c'], failures: [] })
    ana.detector.sightingsChanged()
    ana.run(500, hear(ana, 'b'))
    ana.detector.closed('c', ana.nowMs)
    ana.detector.dialRefused('c', ana.nowMs)
    ana.run(2_000, hear(ana, 'b'))
    expect(ana.word('c')).toBe('failed: refused')
    stated.set('b', { atMs: ana.nowMs, links: ['c'], failures: [] })
    ana.detector.sightingsChanged()
    ana.run(250, hear(ana, 'b'))
    expect(ana.detector.health('c')).toEqual({
      state: 'alive',
      cause: 'seen-by-others',
      via: ['b'],
    })
    expect(ana.taken()).toContainEqual({ kind: 'dial', peer: 'c' })
  })

  it('suspects, then fails, a device that nobody sees any more', () => {
    const ana = observer(['b', 'c']).connect('b')
    stated.set('b', { atMs: 0, links: ['c'], failures: [] })
    ana.detector.sightingsChanged()
    ana.run(500, hear(ana, 'b'))
    stated.set('b', { atMs: ana.nowMs, links: [], failures: [] })
    ana.detector.sightingsChanged()
    ana.run(1_250, hear(ana, 'b'))
    expect(ana.word('c')).toBe('suspect: unseen')
    ana.run(3_250, hear(ana, 'b'))
    expect(ana.word('c')).toBe('failed: unseen')
  })

  it('fails it at once when the one who saw it says so', () => {
    const ana = observer(['b', 'c']).connect('b')
    stated.set('b', { atMs: 0, links: ['c'], failures: [] })
    ana.detector.sightingsChanged()
    ana.run(500, hear(ana, 'b'))
    stated.set('b', { atMs: ana.nowMs, links: [], failures: ['c'] })
    ana.detector.sightingsChanged()
    ana.run(250, hear(ana, 'b'))
    expect(ana.word('c')).toBe('failed: reported')
  })

  it('lets nobody declare a device failed that answers us', () => {
    const ana = observer(['b', 'c', 'd', 'e']).connect('b', 'c', 'd', 'e')
    const all = (): void =>
      ['b', 'c', 'd', 'e'].forEach((peer) => ana.detector.heard(peer, ana.nowMs))
    ana.run(1_000, () => {
      all()
      for (const liar of ['b', 'd', 'e'])
        stated.set(liar, { atMs: ana.nowMs + 1, links: [], failures: ['c'] })
      ana.detector.sightingsChanged()
    })
    expect(ana.word('c')).toBe('alive: heard')
  })
})

describe('FailureDetector, asked by others', () => {
  it('answers from what it heard a moment ago', () => {
    const ana = new Observer(['b', 'c']).connect('b', 'c')
    ana.taken()
    ana.detector.asked('b', 'c', 100)
    expect(ana.taken()).toEqual([
      { kind: 'answer', peer: 'b', about: 'c', sight: { kind: 'heard', ageMs: 100 } },
    ])
  })

  it('probes once for all who ask, and answers each when the device is heard', () => {
    const ana = new Observer(['b', 'c', 'd']).connect('b', 'c', 'd').run(500)
    ana.taken()
    for (const asker of ['b', 'd', 'b']) ana.detector.asked(asker, 'c', ana.nowMs)
    expect(ana.taken()).toEqual([{ kind: 'probe', peer: 'c' }])
    ana.detector.heard('c', ana.nowMs + 2)
    expect(ana.taken().map((decision) => ('peer' in decision ? decision.peer : ''))).toEqual([
      'b',
      'd',
    ])
  })

  it('answers "silent" after a second', () => {
    const ana = new Observer(['b', 'c']).connect('b', 'c').run(500)
    ana.detector.asked('b', 'c', ana.nowMs)
    ana.run(1_000)
    expect(ana.taken()).toContainEqual({
      kind: 'answer',
      peer: 'b',
      about: 'c',
      sight: { kind: 'silent' },
    })
  })

  it('has no opinion on who it is not connected to', () => {
    const ana = new Observer(['b', 'c']).connect('b')
    ana.taken()
    ana.detector.asked('b', 'c', 0)
    ana.detector.asked('b', 'nobody', 0)
    expect(
      ana.taken().map((decision) => decision.kind === 'answer' && decision.sight.kind),
    ).toEqual(['no-link', 'no-link'])
  })

  it('looks for itself when another suspects', () => {
    const ana = new Observer(['b', 'c']).connect('b', 'c').run(750)
    ana.taken()
    for (let i = 0; i < 40; i++) ana.detector.suspected('c', ana.nowMs)
    expect(ana.taken()).toEqual([{ kind: 'probe', peer: 'c' }])
  })
})

describe('FailureDetector, many peers', () => {
  it('sends at most ten probes a second', () => {
    const peers = Array.from({ length: 200 }, (_, i) => `p${i}`)
    const ana = new Observer(peers).connect(...peers)
    ana.run(10_000, () => peers.forEach((peer) => ana.detector.heard(peer, ana.nowMs - 1_100)))
    ana.taken()
    ana.run(10_000)
    expect(ana.taken().filter((decision) => decision.kind === 'probe').length).toBeLessThanOrEqual(
      110,
    )
  })
})
