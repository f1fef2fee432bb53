import { describe, expect, it } from 'vitest'
import type { DialResult } from '../../../src/discovery/dial-outcome.ts'
import { pathAdvice, type PathFacts } from '../../../src/discovery/path-report.ts'

const lost: PathFacts = {
  name: 'nas',
  isSelf: false,
  state: 'failed',
  cause: 'unreachable',
  isConnected: false,
  isRelayed: false,
  isTarget: true,
  addresses: 1,
  attempts: [],
  seenBy: [],
  hasNetwork: true,
  hasPeers: true,
}

function tried(...results: DialResult[]): Partial<PathFacts> {
  return {
    attempts: results.map((outcome, i) => ({
      address: `/ip4/10.0.0.${i}/tcp/1`,
      source: 'record',
      at: i,
      durationMs: 1,
      outcome,
      detail: '',
    })),
  }
}

const situations: readonly (readonly [string, Partial<PathFacts>])[] = [
  ['self', { isSelf: true }],
  ['left', { state: 'left', cause: 'left-network' }],
  ['direct', { state: 'alive', cause: 'heard', isConnected: true }],
  ['relayed', { state: 'alive', cause: 'heard', isConnected: true, isRelayed: true }],
  ['silent', { state: 'suspect', cause: 'silent', isConnected: true }],
  ['own-network-down', { hasNetwork: false, hasPeers: false, ...tried('unreachable') }],
  ['stopped', { cause: 'stopped', ...tried('refused') }],
  ['not-a-neighbour', { isTarget: false, seenBy: ['pi'], state: 'alive', cause: 'seen-by-others' }],
  ['no-address', { addresses: 0 }],
  ['dialling', { state: 'unknown', cause: 'never-seen' }],
  ['wrong-device', tried('refused', 'wrong-device')],
  ['denied', tried('denied')],
  ['seen-by-others', { seenBy: ['pi', 'vps'], ...tried('timeout') }],
  ['refused', tried('timeout', 'refused')],
  ['unreachable', tried('unreachable', 'unreachable')],
  ['timeout', tried('unreachable', 'timeout')],
]

describe('pathAdvice', () => {
  it.each(situations)('knows "%s" and says what it means', (situation, facts) => {
    const report = pathAdvice({ ...lost, ...facts })
    expect(report.situation).toBe(situation)
    expect(report.advice).toMatch(/\.|asgard/)
    expect(report.advice.length).toBeLessThan(250)
  })

  it('judges each address by its last attempt', () => {
    const attempts = ['denied', 'timeout'].map((outcome, at) => ({
      address: '/ip4/10.0.0.1/tcp/1',
      source: 'record' as const,
      at,
      durationMs: 1,
      outcome: outcome as DialResult,
      detail: '',
    }))
    expect(pathAdvice({ ...lost, attempts }).situation).toBe('timeout')
  })

  it('gives every lost device a next command', () => {
    for (const [situation, facts] of situations) {
      if (['self', 'direct', 'own-network-down'].includes(situation)) continue
      expect(pathAdvice({ ...lost, ...facts }).advice).toMatch(/asgard [a-z]/)
    }
  })

  it('names at most three who see it', () => {
    const { advice } = pathAdvice({
      ...lost,
      seenBy: ['a', 'b', 'c', 'd', 'e'],
      ...tried('timeout'),
    })
    expect(advice).toContain('a, b, c and others see nas')
    expect(pathAdvice({ ...lost, seenBy: ['a'], ...tried('timeout') }).advice).toContain(
      'a sees nas',
    )
  })
})
