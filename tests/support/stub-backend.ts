import { ApiError } from '../../node/api/api-error.ts'
import type { Backend, LogSource, SettingsBackend } from '../../node/api/backend.ts'
import type * as device from '../../node/api/contract/device.ts'
import type * as mesh from '../../node/api/contract/mesh.ts'
import type * as network from '../../node/api/contract/network.ts'
import { EventLog } from '../../node/api/event-log.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { START_MS, stubIdentity } from './stub-mesh.ts'
import { StubNetwork } from './stub-network.ts'

/** A node in memory that does as it is told, for tests of what stands in front of it. */
export class StubBackend implements Backend {
  readonly events: EventLog
  readonly settings: SettingsBackend = new StubSettings()
  readonly logs = new StubLogs()
  readonly clock: Clock
  stopped = 0
  uiUrl: string | null = null
  warnings: mesh.Warning[] = []
  all: StubNetwork[]

  constructor(clock: Clock, all?: StubNetwork[]) {
    this.clock = clock
    this.events = new EventLog(clock)
    this.all = all ?? [new StubNetwork('12D3Home', 'home', this.events, clock)]
  }

  get current(): StubNetwork {
    const current = this.all.find((item) => item.isCurrent)
    if (current === undefined)
      throw new ApiError('NO_NETWORK', 'this device is in no network', 'asgard init')
    return current
  }

  async status(): Promise<mesh.Status> {
    const networks = await this.networks()
    const current = this.all.find((item) => item.isCurrent)
    return {
      identity: stubIdentity,
      version: '0.1.0',
      startedAt: START_MS - 3_600_000,
      ui: this.uiUrl,
      network: networks.find((item) => item.isCurrent) ?? null,
      networks,
      summary: current?.summary() ?? 'This device is in no network yet.',
      devices: (await current?.devices()) ?? [],
      pendingJoins: (await current?.pendingJoins()) ?? [],
      warnings: this.warnings,
    }
  }

  async identity(): Promise<device.Identity> {
    return stubIdentity
  }

  async doctor(): Promise<mesh.DoctorReport> {
    return { checks: [{ id: 'clock', outcome: 'ok', text: 'clock ±12 ms' }], findings: 0 }
  }

  stop(): void {
    this.stopped += 1
  }

  networks(): Promise<network.Network[]> {
    return Promise.all(this.all.map((item) => item.show()))
  }

  async createNetwork(request: network.CreateNetwork): Promise<network.Network> {
    return this.#add(
      new StubNetwork(`12D3${request.name}`, request.name, this.events, this.clock),
    ).show()
  }

  async *join(request: network.JoinRequest): AsyncGenerator<network.JoinProgress> {
    if (!request.ticket.startsWith('asgard1')) {
      yield {
        step: 'failed',
        code: 'BAD_TICKET',
        detail: 'this is not a ticket',
        hint: 'asgard invite',
      }
      return
    }
    yield { step: 'ticket', network: 'home', role: 'member', expiresAt: START_MS + 900_000 }
    yield { step: 'dialling', addresses: ['/ip4/192.168.1.20/tcp/41641'] }
    yield {
      step: 'reached',
      device: stubIdentity.ID,
      address: '/ip4/192.168.1.20/tcp/41641',
      elapsedMs: 41,
    }
    yield { step: 'pending', words: ['copper', 'violin', 'meadow', 'anchor'], waitMs: 300_000 }
    await this.admitted
    const joined = this.#add(new StubNetwork('12D3Joined', 'joined', this.events, this.clock))
    yield { step: 'joined', network: await joined.show(), device: 'ana', warnings: [] }
  }

  /** Held back by tests that want to see a join wait. */
  admitted: Promise<void> = Promise.resolve()

  network(selector?: string): StubNetwork {
    if (selector === undefined) return this.current
    const found = this.all.find((item) => item.id === selector || item.name === selector)
    if (found === undefined)
      throw new ApiError('NETWORK_UNKNOWN', 'there is no such network', 'asgard network ls')
    return found
  }

  async useNetwork(selector: string): Promise<network.Network> {
    const chosen = this.network(selector)
    for (const item of this.all) item.isCurrent = item === chosen
    return chosen.show()
  }

  #add(added: StubNetwork): StubNetwork {
    for (const item of this.all) item.isCurrent = false
    this.all.push(added)
    return added
  }
}

class StubLogs implements LogSource {
  readonly lines: mesh.LogLine[] = []
  readonly #listeners = new Set<(line: mesh.LogLine) => void>()

  add(level: mesh.LogLine['level'], message: string): void {
    const line = { time: START_MS, level, subsystem: 'stub', message, fields: {} }
    this.lines.push(line)
    for (const listener of this.#listeners) listener(line)
  }

  recent(): readonly mesh.LogLine[] {
    return this.lines
  }

  listen(listener: (line: mesh.LogLine) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

class StubSettings implements SettingsBackend {
  readonly #values = new Map<string, unknown>([['api.port', 7077]])

  async list(): Promise<mesh.Setting[]> {
    return Promise.all([...this.#values.keys()].map((key) => this.get(key)))
  }

  async get(key: string): Promise<mesh.Setting> {
    if (!this.#values.has(key))
      throw new ApiError('SETTING_UNKNOWN', 'there is no such setting', 'asgard config ls')
    return {
      key,
      value: this.#values.get(key),
      origin: 'file',
      description: 'A setting.',
      needsRestart: true,
    }
  }

  async set(key: string, value: unknown): Promise<mesh.Setting> {
    await this.get(key)
    if (typeof value !== 'number') throw new ApiError('BAD_REQUEST', `${key} is a number`)
    this.#values.set(key, value)
    return this.get(key)
  }

  async unset(key: string): Promise<mesh.Setting> {
    return this.get(key)
  }
}
