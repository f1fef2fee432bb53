import type { Cancel, Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { AddressBook } from './address-book.ts'
import { addressOrder } from './address-order.ts'
import type { AddressSource, DialAttempt } from './dial-outcome.ts'
import { dialRace, type Dial } from './dial-race.ts'
import { DialSchedule } from './dial-schedule.ts'
import { BRISK_DEADLINE_MS, DIAL_DEADLINE_MS, SLEEP_GAP_MS } from './discovery-limits.ts'

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
  /** Asks the DHT; called when the book has nothing, or nothing that works. */
  findAddresses?(device: DeviceId, signal: AbortSignal): Promise<readonly string[]>
}

/** Keeps trying to be connected to whom the schedule names. */
export class DialService {
  readonly #components: DialComponents
  readonly #schedule: DialSchedule
  #shutdown: AbortController | undefined
  #cancelTimer: Cancel | undefined
  #cancelWatch: Cancel | undefined
  #wallGapMs = 0

  constructor(components: DialComponents) {
    this.#components = components
    this.#schedule = new DialSchedule({
      self: components.self,
      random: () => components.clock.random(),
    })
  }

  start(): void {
    if (this.#shutdown !== undefined) return
    this.#shutdown = new AbortController()
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
    for (const device of now) if (components.isConnected(device)) this.#schedule.connected(device)
    this.#arm()
  }

  opened(device: DeviceId): void {
    this.#schedule.connected(device)
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
    if (isNews || source === 'mdns' || source === 'manual') this.dialNow(device)
  }

  /** Dials whatever the back-off says, unless it is connected. */
  dialNow(device: DeviceId): void {
    this.#schedule.nudge(device, this.#nowMs())
    this.#arm()
  }

  /** Our own interfaces or addresses changed. */
  dialAll(): void {
    this.#schedule.nudgeAll(this.#nowMs())
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

  #run(): void {
    const signal = this.#shutdown?.signal
    if (signal === undefined) return
    for (const device of this.#schedule.due(this.#nowMs())) void this.#dial(device, signal)
    this.#arm()
  }

  async #dial(device: DeviceId, signal: AbortSignal): Promise<void> {
    const components = this.#components
    const { book, witness } = components
    const lastGood = book.lastSuccess(device)?.address
    let attempts: readonly DialAttempt[] = []
    if (!components.isConnected(device)) {
      await this.#lookUp(device, signal)
      attempts = await this.#race(device, signal)
    }
    if (signal.aborted) return
    for (const attempt of attempts) book.attempted(device, attempt)
    const hasConnected =
      components.isConnected(device) || attempts.some((attempt) => attempt.outcome === 'connected')
    this.#schedule.finished(device, hasConnected, this.#nowMs())
    if (!hasConnected) {
      if (isRefusal(attempts, lastGood)) witness.dialRefused(device)
      else witness.dialFailed(device)
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

  #race(device: DeviceId, signal: AbortSignal): Promise<readonly DialAttempt[]> {
    const { book, clock, dial } = this.#components
    const addresses = addressOrder(book.addresses(device), this.#components.ownAddresses())
    const deadlineMs = this.#schedule.isBrisk(device, this.#nowMs())
      ? BRISK_DEADLINE_MS
      : DIAL_DEADLINE_MS
    return dialRace({ clock, dial }, device, addresses, { deadlineMs, signal })
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

/** The last good address refused; or, where none ever was, every address did. */
function isRefusal(attempts: readonly DialAttempt[], lastGood: string | undefined): boolean {
  const told =
    lastGood === undefined ? attempts : attempts.filter((attempt) => attempt.address === lastGood)
  return told.length > 0 && told.every((attempt) => attempt.outcome === 'refused')
}
