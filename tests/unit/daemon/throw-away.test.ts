import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import {
  endWithInput,
  removeThrowAwayHome,
  THROW_AWAY_MARK,
} from '../../../node/daemon/throw-away.ts'

it('a home is deleted only when it bears the mark of a throw-away', () => {
  const around = mkdtempSync(join(tmpdir(), 'asgard-throw-'))
  const [real, demo] = [join(around, 'real'), join(around, 'demo')]
  for (const home of [real, demo]) mkdirSync(join(home, 'data'), { recursive: true })
  writeFileSync(join(demo, THROW_AWAY_MARK), '')
  for (const home of [real, demo, undefined, '']) removeThrowAwayHome(home)
  expect([existsSync(real), existsSync(demo), existsSync(around)]).toEqual([true, false, true])
  writeFileSync(join(real, THROW_AWAY_MARK), '')
  removeThrowAwayHome(real)
  expect(existsSync(around)).toBe(false)
  rmSync(around, { recursive: true, force: true })
})

it('a throw-away node ends with its standard input', async () => {
  const input = new PassThrough()
  const stop = new AbortController()
  endWithInput(input, stop)
  input.write('anything')
  expect(stop.signal.aborted).toBe(false)
  const ended = new Promise((resolve) => stop.signal.addEventListener('abort', resolve))
  input.end()
  await ended
})
