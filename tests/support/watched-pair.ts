import { readFileSync } from 'node:fs'
import type { PingLine } from '../../node/api/contract/device.ts'
import { DeviceProcess } from './device-process.ts'

/** What a flood may cost its victim: the bounded buffers, and what V8 keeps of garbage before it collects. */
const GROWTH_MAX_MB = 160
/** Undisturbed it is 1 ms. Other tests on the same cores make single pings late, so nine of ten are looked at. */
const PING_P90_MAX_MS = 500
/** On a machine that is busy with much else, this often what it was before the flood. */
const PING_SLOWER_MAX = 10
/** Such a machine may stand still for some seconds; a flood that harms goes on to. */
const PING_TURNS = 3
const PING_TIMEOUT_MS = 5_000

/** A victim and a member beside it, as processes of their own, so that their memory is their own, too. */
export class WatchedPair implements AsyncDisposable {
  readonly victim: DeviceProcess
  readonly member: DeviceProcess
  readonly #baseMb: number
  #pingP90MaxMs = PING_P90_MAX_MS

  private constructor(victim: DeviceProcess, member: DeviceProcess) {
    this.victim = victim
    this.member = member
    this.#baseMb = this.#residentMb('VmRSS')
  }

  static async start(): Promise<WatchedPair> {
    const [victim, member] = await Promise.all([
      DeviceProcess.start({ name: 'ana' }),
      DeviceProcess.start({ name: 'bob' }),
    ])
    await victim.client.send('POST', '/api/v1/networks', { name: 'home' })
    const pair = await WatchedPair.#joined(victim, member)
    pair.#pingP90MaxMs = Math.max(PING_P90_MAX_MS, PING_SLOWER_MAX * (await pair.pingP90()))
    return pair
  }

  static async #joined(victim: DeviceProcess, member: DeviceProcess): Promise<WatchedPair> {
    const { ticket } = await victim.json<{ ticket: string }>('invite')
    await member.json('join', ticket)
    await victim.until('bob is there', ({ devices }) =>
      devices.some(({ name, health }) => name === 'bob' && health === 'alive'),
    )
    return new WatchedPair(victim, member)
  }

  /** The multiaddr at which the victim is dialled. */
  async address(): Promise<string> {
    const { identity } = await this.victim.status()
    return identity.Addresses[0] ?? ''
  }

  async ticket(): Promise<string> {
    return (await this.victim.json<{ ticket: string }>('invite')).ticket
  }

  /** Round trips of the member to the victim, over their own connection. */
  async pingP90(count = 60): Promise<number> {
    const times: number[] = []
    const body = { device: 'ana', count, intervalMs: 50, timeoutMs: PING_TIMEOUT_MS }
    const lines = this.member.client.stream<PingLine>(
      'POST',
      '/api/v1/networks/current/ping',
      body,
      AbortSignal.timeout(60_000),
    )
    for await (const line of lines) {
      if (line.kind === 'reply') times.push(line.rttMs)
      if (line.kind === 'lost') throw new RangeError(`a ping was lost: ${line.reason}`)
    }
    return times.sort((a, b) => a - b)[Math.floor(times.length * 0.9)] ?? Infinity
  }

  /** What the flood has cost, peaks included. */
  async expectUnharmed(): Promise<void> {
    let p90Ms = Infinity
    for (let turn = 0; turn < PING_TURNS && p90Ms >= this.#pingP90MaxMs; turn++)
      p90Ms = Math.min(p90Ms, await this.pingP90())
    const growthMb = Math.round(this.#residentMb('VmHWM') - this.#baseMb)
    const { devices } = await this.victim.status()
    const member = devices.find(({ name }) => name === 'bob')?.health
    const isWithin = p90Ms < this.#pingP90MaxMs && growthMb < GROWTH_MAX_MB && member === 'alive'
    if (!isWithin)
      throw new RangeError(
        `harmed: p90 ${p90Ms} of ${this.#pingP90MaxMs} ms, ${growthMb} MB more at the peak, bob ${member}\n${this.victim.log()}`,
      )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.victim[Symbol.asyncDispose](), this.member[Symbol.asyncDispose]()])
  }

  #residentMb(field: 'VmRSS' | 'VmHWM'): number {
    const status = readFileSync(`/proc/${this.victim.pid}/status`, 'utf8')
    return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) / 1_024
  }
}
