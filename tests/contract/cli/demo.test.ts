import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { Program, STARTS_MAX_MS } from './program.ts'

vi.setConfig({ testTimeout: STARTS_MAX_MS })

const POLL_MS = 50

/** Processes whose environment names a home below `directory`. */
function nodesBelow(directory: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`ASGARD_HOME=${directory}/`)
    } catch {
      return false
    }
  })
}

async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  while (!text.includes('\n')) text += String((await once(stream, 'data'))[0])
  return text.split('\n')[0] ?? ''
}

class Demo {
  readonly temporary = mkdtempSync(join(tmpdir(), 'asgard-demo-test-'))
  readonly program = new Program({ TMPDIR: this.temporary })

  get traces(): string[] {
    return [
      ...readdirSync(this.temporary).filter((name) => name.startsWith('asgard-demo-')),
      ...nodesBelow(this.temporary),
    ]
  }

  async gone(): Promise<void> {
    while (this.traces.length > 0) await delay(POLL_MS)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.program[Symbol.asyncDispose]()
    rmSync(this.temporary, { recursive: true, force: true })
  }
}

describe('asgard demo', () => {
  it('joins three devices with real tickets, says so in one line, and leaves nothing behind', async () => {
    await using demo = new Demo()
    const { code, stdout } = await demo.program.run(
      'demo',
      '--no-open',
      '--json',
      '--exit-after',
      'ready',
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ready: true,
      devices: 3,
      elapsedMs: expect.any(Number),
      ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/#t=[\w-]{43}$/),
    })
    expect(demo.traces).toEqual([])
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)(
    'leaves nothing behind when it is ended by %s',
    async (signal) => {
      await using demo = new Demo()
      const child = demo.program.spawn('demo', '--no-open', '--json', '--devices', '2')
      expect(JSON.parse(await firstLine(child.stdout))).toMatchObject({ ready: true, devices: 2 })
      expect(nodesBelow(demo.temporary)).toHaveLength(2)
      const ended = once(child, 'exit')
      child.kill(signal)
      expect((await ended)[0]).toBe(signal === 'SIGKILL' ? null : 0)
      await demo.gone()
    },
  )

  it('does not let the settings of whoever runs it reach into it', async () => {
    await using demo = new Demo()
    mkdirSync(join(demo.program.home, 'data'))
    demo.program.env['ASGARD_LISTEN_PORT'] = '1'
    const { code, stdout } = await demo.program.run(
      'demo',
      '--no-open',
      '--json',
      '--devices',
      '1',
      '--exit-after',
      'ready',
    )
    expect([code, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ devices: 1 })])
    expect(readdirSync(join(demo.program.home, 'data'))).toEqual([])
  })

  it('has as many devices as it has names for', async () => {
    await using demo = new Demo()
    expect(await demo.program.run('demo', '--devices', '11')).toMatchObject({ code: 2 })
  })
})
