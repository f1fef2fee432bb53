import type { ChildProcess } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { hasCommand } from '../../../tests/support/machine.ts'
import { kill, ProcessError, start } from '../../../tests/support/processes.ts'

/** Two benches at once must not meet on a port. */
const FIRST_PORT = 20_000 + (process.pid % 200) * 100
const READY_MAX_MS = 30_000

interface Agent {
  readonly name: string
  readonly child: ChildProcess
  readonly listeners: Set<(line: string, atMs: number) => void>
}

/** `apt install serf`. Without it a bench still runs, with its peer's figures missing. */
export const hasSerf = (): boolean => {
  const isThere = hasCommand('serf')
  if (!isThere) console.error('!!! no peer in this run: serf is not installed (apt install serf)')
  return isThere
}

/** Serf agents on loopback, the profile as it comes (`-profile=lan`). What they notice is read from their log. */
export class SerfCluster {
  readonly #agents: Agent[] = []
  #rpc: Socket | undefined
  #seq = 0

  static async start(count: number): Promise<SerfCluster> {
    const cluster = new SerfCluster()
    for (let at = 0; at < count; at++) cluster.#agents.push(cluster.#startAgent(at))
    await cluster.#untilAll((line) => line.includes(`EventMemberJoin: s${count - 1} `))
    cluster.#rpc = connect(rpcPort(0), '127.0.0.1')
    cluster.#rpc.resume()
    cluster.#command({ Command: 'handshake' }, { Version: 1 })
    return cluster
  }

  /** Sends a user event from agent 0; when each agent received it, in ms. Lost ones are missing. */
  async event(name: string, maxMs: number): Promise<number[]> {
    const startedAt = performance.now()
    const seen = this.#seen(this.#agents, (line) => line.includes(`user-event: ${name}`), maxMs)
    this.#command({ Command: 'event' }, { Name: name, Coalesce: false })
    return (await seen).map((atMs) => atMs - startedAt)
  }

  /** Signals the last agent; when each other agent called it failed, in ms. */
  async failure(signal: 'SIGKILL' | 'SIGSTOP', maxMs: number): Promise<number[]> {
    const victim = this.#agents.at(-1)
    if (victim === undefined) return []
    const others = this.#agents.slice(0, -1)
    const startedAt = performance.now()
    const seen = this.#seen(
      others,
      (line) => line.includes(`EventMemberFailed: ${victim.name} `),
      maxMs,
    )
    kill(victim.child, signal)
    const times = (await seen).map((atMs) => atMs - startedAt)
    await this.#revive(victim, signal)
    return times
  }

  async #revive(victim: Agent, signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
    const isBack = (line: string): boolean => line.includes(`EventMemberJoin: ${victim.name} `)
    const back = this.#seen(this.#agents.slice(0, -1), isBack, READY_MAX_MS)
    if (signal === 'SIGSTOP') kill(victim.child, 'SIGCONT')
    else this.#agents.splice(-1, 1, this.#startAgent(this.#agents.length - 1))
    await back
  }

  stop(): void {
    this.#rpc?.destroy()
    for (const { child } of this.#agents) kill(child, 'SIGKILL')
  }

  #startAgent(at: number): Agent {
    const name = `s${at}`
    const command = [
      'serf',
      'agent',
      `-node=${name}`,
      `-bind=127.0.0.1:${FIRST_PORT + 2 * at}`,
      `-rpc-addr=127.0.0.1:${rpcPort(at)}`,
      '-log-level=info',
      ...(at === 0 ? [] : [`-join=127.0.0.1:${FIRST_PORT}`, '-retry-interval=1s']),
    ]
    const child = start(command, { stdio: ['ignore', 'pipe', 'inherit'] })
    const listeners = new Set<(line: string, atMs: number) => void>()
    let rest = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const atMs = performance.now()
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) for (const listener of [...listeners]) listener(line, atMs)
    })
    return { name, child, listeners }
  }

  async #untilAll(matches: (line: string) => boolean): Promise<void> {
    const seen = await this.#seen(this.#agents, matches, READY_MAX_MS)
    if (seen.length < this.#agents.length)
      throw new ProcessError(`only ${seen.length} serf agents found each other`)
  }

  async #seen(
    agents: readonly Agent[],
    matches: (line: string) => boolean,
    maxMs: number,
  ): Promise<number[]> {
    const times = await Promise.all(
      agents.map(
        ({ listeners }) =>
          new Promise<number | undefined>((resolve) => {
            const end = (atMs: number | undefined): void => {
              clearTimeout(timer)
              listeners.delete(listener)
              resolve(atMs)
            }
            const timer = setTimeout(() => end(undefined), maxMs)
            const listener = (line: string, atMs: number): void => {
              if (matches(line)) end(atMs)
            }
            listeners.add(listener)
          }),
      ),
    )
    return times.filter((time) => time !== undefined)
  }

  /** Serf's RPC: a header and a body, each a MessagePack map. Sent directly, so that no process start is measured. */
  #command(header: Record<string, string>, body: Record<string, string | number | boolean>): void {
    this.#rpc?.write(Buffer.concat([packed({ ...header, Seq: this.#seq++ }), packed(body)]))
  }
}

const rpcPort = (at: number): number => FIRST_PORT + 2 * at + 1

/** MessagePack of a small flat map: fixmap, short strings, positive integers, booleans. */
function packed(map: Record<string, string | number | boolean>): Buffer {
  const entries = Object.entries(map)
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from([0xd9, Buffer.byteLength(value)]), Buffer.from(value)])
  const value = (each: string | number | boolean): Buffer => {
    if (typeof each === 'string') return text(each)
    if (typeof each === 'boolean') return Buffer.from([each ? 0xc3 : 0xc2])
    return Buffer.from([0xcd, each >> 8, each & 0xff])
  }
  const parts = entries.flatMap(([key, each]) => [text(key), value(each)])
  return Buffer.concat([Buffer.from([0x80 | entries.length]), ...parts])
}
