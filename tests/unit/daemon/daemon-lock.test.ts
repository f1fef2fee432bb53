import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DaemonLock } from '../../../node/daemon/daemon-lock.ts'
import { isAlive, markOf } from '../../../node/daemon/process-mark.ts'
import { readHolder } from '../../../node/daemon/read-holder.ts'

const directory = mkdtempSync(join(tmpdir(), 'asgard-lock-'))
afterAll(() => rmSync(directory, { recursive: true }))
let count = 0
const newFile = (): string => join(directory, `${count++}.lock`)
const facts = { socket: '/s', version: '1', startedAt: 5 }

describe('the lock of a home', () => {
  it('is held by one node, who can be asked for, until it is released', () => {
    const file = newFile()
    const lock = DaemonLock.acquire(file, facts)
    expect(readHolder(file)).toMatchObject({ pid: process.pid, ...facts })
    expect(() => DaemonLock.acquire(file, facts)).toThrow(
      expect.objectContaining({
        code: 'ALREADY_RUNNING',
        hint: expect.stringContaining('asgard daemon stop'),
      }),
    )
    lock.release()
    expect(readHolder(file)).toBeUndefined()
    DaemonLock.acquire(file, facts).release()
  })

  it('left by a dead process is taken over, with nothing left beside it', () => {
    const file = newFile()
    for (const stale of [
      '',
      'nonsense',
      '{"pid":-1}',
      JSON.stringify({ ...markOf(process.pid), started: '1', ...facts }),
      JSON.stringify({ ...markOf(process.pid), boot: 'another boot', ...facts }),
    ]) {
      writeFileSync(file, stale)
      expect(readHolder(file)).toBeUndefined()
      DaemonLock.acquire(file, facts).release()
    }
    expect(readdirSync(directory).filter((name) => name.startsWith(`${count - 1}.lock`))).toEqual(
      [],
    )
  })

  it('is not taken away by a release that comes late', () => {
    const file = newFile()
    const old = DaemonLock.acquire(file, facts)
    old.release()
    const lock = DaemonLock.acquire(file, { ...facts, startedAt: 6 })
    old.release()
    expect(readHolder(file)?.startedAt).toBe(6)
    lock.release()
  })

  it('is won by exactly one of many that start at once, over a stale one', async () => {
    const file = newFile()
    writeFileSync(file, JSON.stringify({ ...markOf(process.pid), started: '1', ...facts }))
    const program = `
      import { DaemonLock } from ${JSON.stringify(join(process.cwd(), 'node/daemon/daemon-lock.ts'))}
      try { DaemonLock.acquire(${JSON.stringify(file)}, { socket: '', version: '', startedAt: 0 }); process.stdout.write('won') }
      catch (error) { process.stdout.write(error.code) }
      process.stdin.resume()`
    const children = Array.from({ length: 8 }, () =>
      spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    )
    const words = await Promise.all(
      children.map(async (child) => String((await once(child.stdout, 'data'))[0])),
    )
    for (const child of children) child.kill()
    expect(words.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'ALREADY_RUNNING'), 'won'])
  })
})

describe('a process', () => {
  it('is told from a later one with its number, and a dead one from a living one', async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    await once(child, 'spawn')
    const mark = markOf(child.pid ?? 0)
    expect(isAlive(mark)).toBe(true)
    expect(isAlive({ ...mark, started: '1' })).toBe(false)
    child.stdin?.end()
    await once(child, 'exit')
    expect(isAlive(mark)).toBe(false)
  })
})
