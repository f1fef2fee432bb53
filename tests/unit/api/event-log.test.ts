import { describe, expect, it } from 'vitest'
import { EventLog } from '../../../node/api/event-log.ts'
import { HandClock } from '../../support/hand-clock.ts'

const fact = (text: string) => ({
  type: 'device:changed' as const,
  network: null,
  device: null,
  text,
  data: {},
})

describe('EventLog', () => {
  it('numbers events from one, without gaps', () => {
    const log = new EventLog(new HandClock())
    expect(log.lastSeq).toBe(0)
    expect([log.publish(fact('a')).seq, log.publish(fact('b')).seq, log.lastSeq]).toEqual([1, 2, 2])
  })

  it('gives what came after a number, oldest first', () => {
    const log = new EventLog(new HandClock())
    for (const text of ['a', 'b', 'c']) log.publish(fact(text))
    expect(log.after(1)?.map((event) => event.text)).toEqual(['b', 'c'])
    expect(log.after(3)).toEqual([])
    expect(log.after(0)).toHaveLength(3)
  })

  it('says so when some of that is gone, or has never been', () => {
    const log = new EventLog(new HandClock(), 3)
    for (const text of ['a', 'b', 'c', 'd', 'e']) log.publish(fact(text))
    expect(log.after(1)).toBeUndefined()
    expect(log.after(2)?.map((event) => event.text)).toEqual(['c', 'd', 'e'])
    expect(log.after(6)).toBeUndefined()
  })

  it('holds no more than it is told to', () => {
    const log = new EventLog(new HandClock(), 4)
    for (let at = 0; at < 1_000; at++) log.publish(fact(String(at)))
    expect(log.after(996)).toHaveLength(4)
    expect(log.after(995)).toBeUndefined()
  })

  it('calls whoever listens, until they no longer do', () => {
    const log = new EventLog(new HandClock())
    const heard: string[] = []
    const stop = log.listen((event) => heard.push(event.text))
    log.publish(fact('a'))
    stop()
    log.publish(fact('b'))
    expect(heard).toEqual(['a'])
  })

  it('is told apart from the log of an earlier start', () => {
    const clock = new HandClock()
    expect(new EventLog(clock).boot).not.toBe(new EventLog(clock).boot)
  })
})
