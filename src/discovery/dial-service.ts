import type { Cancel, Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { AddressBook } from './address-book.ts'
import { addressOrder, ipOf } from './address-order.ts'
import type { KnownAddress } from './address-book-codec.ts'
import type { AddressSource, DialAttempt } from './dial-outcome.ts'
import { dialRace, type Dial } from './dial-race.ts'
import { DialSchedule } from './dial-schedule.ts'
import {
  BRISK_DEADLINE_MS,
  DIAL_DEADLINE_MS,
  HURRY_AFTER_MS,
  OVERTAKEN_AFTER_MS,
  SLEEP_GAP_MS,
} from './discovery-limits.ts'

/** What the health room wants to know of dialling. */
export interface DialWitness {
  dialRefused(device: DeviceId): void
  dialFailed(device: DeviceId): void
}

export interface DialComponents {
  readonly self: DeviceId
  readonly clock: Clock
  readonly book: AddressBook
  readonly dial: Dial
  readonly witness: DialWitness
  members(): Iterable<DeviceId>
  isConnected(device: DeviceId): boolean
  /** Own addresses with prefix lengths, to tell whose subnet is ours. */
  ownAddresses(): readonly string[]
  /** The other end's address of the present connection. */
  remoteAddress?(device: DeviceId): string | undefined
  /** Asks the DHT; called when the book has nothing, or nothing that works. Does not reject. */
  findAddresses?(device: DeviceId, signal: AbortSignal): Promise<readonly string[]>
}

/** Keeps trying to be connected to whom the schedule names. */
export class DialService {
  readonly #components: DialComponents
  #schedule: DialSchedule
  readonly #races = new Map<DeviceId, { readonly abort: () => void; readonly startedMs: number }>()
  /** Where the last connection of each device went to. */
  readonly #lastIps = new Map<DeviceId, string>()
  #shutdown: AbortController | undefined
  #cancelTimer: Cancel | undefined
  #cancelWatch: Cancel | undefined
  #wallGapMs = 0

  constructor(components: DialComponents) {
    this.#components = components
    this.#schedule = this.#newSchedule()
  }

  start(): void {
    if (this.#shutdown !== undefined) return
    this.#shutdown = new AbortController()
    this.#schedule = this.#newSchedule()
    const { clock } = this.#components
    this.#wallGapMs = clock.now() - clock.monotonic()
    this.#cancelWatch = clock.every(SLEEP_GAP_MS / 2, () => this.#watchSleep())
    this.membersChanged()
  }

  stop(): void {
    if (this.#shutdown === undefined) return
    this.#shutdown.abort()
    this.#shutdown = undefined
    this.#cancelWatch?.()
    this.#cancelTimer?.()
  }

  membersChanged(): void {
    const components = this.#components
    const now = [...components.members()]
    this.#schedule.setMembers(now, this.#nowMs())
    for (const device of this.#lastIps.keys())
      if (!now.includes(device)) this.#lastIps.delete(device)
    for (const device of now) if (components.isConnected(device)) this.#schedule.connected(device)
    this.#arm()
  }

  opened(device: DeviceId): void {
    this.#schedule.connected(device)
    const ip = ipOf(this.#components.remoteAddress?.(device) ?? '')
    if (ip !== undefined) this.#lastIps.set(device, ip)
    // Perhaps by our own dial, whose result is due; else the other end was faster and ours is called off.
    const race = this.#races.get(device)
    if (race !== undefined) this.#components.clock.after(OVERTAKEN_AFTER_MS, () => race.abort())
    this.#arm()
  }

  closed(device: DeviceId): void {
    this.#schedule.lost(device, this.#nowMs())
    this.#arm()
  }

  /** An address of a member became known. */
  found(device: DeviceId, address: string, source: AddressSource): void {
    const isNews = this.#components.book.add(device, address, source)
    // A sighting on the LAN is a sign of life even when the address is old.
    if (!isNews && source !== 'mdns' && source !== 'manual') return
    this.dialNow(device)
    this.#hurry(device)
  }

  /** Dials whatever the back-off says, unless it is connected. */
  dialNow(device: DeviceId): void {
    this.#schedule.nudge(device, this.#nowMs())
    this.#arm()
  }

  /** Our own interfaces or addresses changed. */
  dialAll(): void {
    this.#schedule.nudgeAll(this.#nowMs())
    for (const device of this.#races.keys()) this.#hurry(device)
    this.#arm()
  }

  /** Wants a connection to a member that is no neighbour by itself (networks above 48 devices). */
  request(device: DeviceId): void {
    this.#schedule.request(device, this.#nowMs())
    this.#arm()
  }

  release(device: DeviceId): void {
    this.#schedule.release(device, this.#nowMs())
    this.#arm()
  }

  isTarget(device: DeviceId): boolean {
    return this.#schedule.isTarget(device)
  }

  /** Wall clock of the next attempt; null when none is planned. */
  nextAttemptAt(device: DeviceId): number | null {
    const atMs = this.#schedule.nextAtMs(device)
    if (atMs === undefined) return null
    return this.#components.clock.now() + Math.max(0, atMs - this.#nowMs())
  }

  #nowMs(): number {
    return this.#components.clock.monotonic()
  }

  #arm(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    if (this.#shutdown === undefined) return
    const nextMs = this.#schedule.nextMs()
    if (nextMs === undefined) return
    this.#cancelTimer = this.#components.clock.after(Math.max(0, nextMs - this.#nowMs()), () =>
      this.#run(),
    )
  }

  /** A dial that hangs since before the news may wait seconds for its next packet; a fresh one sends it now. */
  #hurry(device: DeviceId): void {
    const race = this.#races.get(device)
    if (race !== undefined && this.#nowMs() - race.startedMs >= HURRY_AFTER_MS) race.abort()
  }

  #newSchedule(): DialSchedule {
    const { self, clock } = this.#components
    return new DialSchedule({ self, random: () => clock.random() })
  }

  #run(): void {
    const shutdown = this.#shutdown
    if (shutdown === undefined) return
    const schedule = this.#schedule
    for (const device of schedule.due(this.#nowMs()))
      void this.#dial(device, schedule, shutdown.signal)
    this.#arm()
  }

  async #dial(device: DeviceId, schedule: DialSchedule, shutdown: AbortSignal): Promise<void> {
    const components = this.#components
    let isRefused = false
    let attempts: readonly DialAttempt[] = []
    const race = new AbortController()
    const onShutdown = (): void => race.abort()
    shutdown.addEventListener('abort', onShutdown)
    this.#races.set(device, { abort: onShutdown, startedMs: this.#nowMs() })
    if (!components.isConnected(device)) {
      await this.#lookUp(device, race.signal)
      attempts = await this.#race(device, race.signal, () => {
        isRefused = true
        components.witness.dialRefused(device)
      })
    }
    this.#races.delete(device)
    shutdown.removeEventListener('abort', onShutdown)
    if (shutdown.aborted) return
    const hasConnected =
      components.isConnected(device) || attempts.some((attempt) => attempt.outcome === 'connected')
    schedule.finished(device, hasConnected, this.#nowMs())
    if (!hasConnected && !isRefused) {
      const isEachRefused =
        attempts.length > 0 && attempts.every((attempt) => attempt.outcome === 'refused')
      if (isEachRefused) components.witness.dialRefused(device)
      else components.witness.dialFailed(device)
    }
    this.#arm()
  }

  async #lookUp(device: DeviceId, signal: AbortSignal): Promise<void> {
    const components = this.#components
    const { book } = components
    if (components.findAddresses === undefined) return
    const known = book.addresses(device)
    if (known.some((address) => address.failures < 3)) return
    for (const address of await components.findAddresses(device, signal))
      book.add(device, address, 'dht')
  }

  #race(
    device: DeviceId,
    signal: AbortSignal,
    refused: () => void,
  ): Promise<readonly DialAttempt[]> {
    const components = this.#components
    const { book, clock, dial } = components
    const known = book.addresses(device)
    const lastIp = this.#lastIps.get(device)
    const untold = new Set(placesOf(known, book.lastSuccess(device)?.address, lastIp))
    const attempted = (attempt: DialAttempt): void => {
      book.attempted(device, attempt)
      // The place where it was reached last says that nobody listens: no need to wait for the others.
      const isTold = attempt.outcome === 'refused' && untold.delete(attempt.address)
      if (isTold && untold.size === 0) refused()
    }
    const addresses = addressOrder(known, components.ownAddresses(), lastIp)
    const isBrisk = this.#schedule.isBrisk(device, this.#nowMs())
    const deadlineMs = isBrisk ? BRISK_DEADLINE_MS : DIAL_DEADLINE_MS
    return dialRace({ clock, dial, attempted }, device, addresses, { deadlineMs, signal })
  }

  /** While the machine sleeps the wall clock goes on and the monotonic one does not. */
  #watchSleep(): void {
    const { clock } = this.#components
    const gapMs = clock.now() - clock.monotonic()
    const jumpMs = gapMs - this.#wallGapMs
    this.#wallGapMs = gapMs
    if (jumpMs >= SLEEP_GAP_MS) this.dialAll()
  }
}

/** The addresses whose refusal tells that the process is gone: another machine may answer at any other. */
function placesOf(
  known: readonly KnownAddress[],
  lastGood: string | undefined,
  lastIp: string | undefined,
): readonly string[] {
  if (lastGood !== undefined && (lastIp === undefined || ipOf(lastGood) === lastIp))
    return [lastGood]
  if (lastIp === undefined) return []
  return known.map(({ address }) => address).filter((address) => ipOf(address) === lastIp)
}
