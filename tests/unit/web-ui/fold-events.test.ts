import { describe, expect, it } from 'vitest'
import type { Event } from '../../../node/api/contract/mesh.ts'
import { foldEvents } from '../../../web-ui/fold-events.ts'

const event = (seq: number, text: string, device = 'bob'): Event => ({
  seq,
  time: seq,
  type: 'device:changed',
  network: null,
  device,
  text,
  data: {},
})

describe('foldEvents', () => {
  it('makes one line of a run, with the newest of it', () => {
    const folded = foldEvents([event(4, 'a'), event(3, 'a'), event(2, 'b'), event(1, 'a')], 9)
    expect(folded.map(({ event: { seq }, times }) => [seq, times])).toEqual([
      [4, 2],
      [2, 1],
      [1, 1],
    ])
  })

  it('keeps devices apart, and no more lines than asked', () => {
    const events = [event(3, 'a', 'ana'), event(2, 'a', 'bob'), event(1, 'a', 'cleo')]
    expect(foldEvents(events, 2)).toHaveLength(2)
  })
})
