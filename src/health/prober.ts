import type { DeviceId } from '../identity/device-id.ts'
import { ClockOffset } from './clock-offset.ts'
import { RoundTrips } from './round-trips.ts'

/** A probe unanswered for this long is lost; a later answer is only good as a sign of life. */
const LOST_AFTER_MS = 5_000
const OUTSTANDING_MAX = 64
/** The first probe of a connection may meet a peer whose own side is not open yet, so it is not counted as lost. */
const GREETING_SEQ = 0

interface PingReply {
  readonly rttMs: number
}
export type Waiter = (reply: PingReply) => void

interface Outstanding {
  readonly sentMs: number
  readonly wallMs: number
  readonly waiter: Waiter | undefined
}

/** Probes to one peer on one connection, and what the answers tell: round trips, loss, its clock. */
export class Prober {
  readonly device: DeviceId
  readonly trips = new RoundTrips()
  readonly offset = new ClockOffset()
  readonly #outstanding = new Map<number, Outstanding>()
  #seq = GREETING_SEQ

  constructor(device: DeviceId) {
    this.device = device
  }

  /** A new connection: old probes are void, and not lost by the new one. */
  restart(): void {
    this.#outstanding.clear()
    this.#seq = GREETING_SEQ
  }

  /** Returns the sequence number to send. */
  sent(nowMs: number, wallMs: number, waiter?: Waiter): number {
    if (this.#outstanding.size >= OUTSTANDING_MAX) this.expire(Number.POSITIVE_INFINITY)
    const seq = this.#seq
    this.#seq = this.#seq >= 0xffff_ffff ? GREETING_SEQ + 1 : this.#seq + 1
    this.#outstanding.set(seq, { sentMs: nowMs, wallMs, waiter })
    return seq
  }

  forget(seq: number): void {
    this.#outstanding.delete(seq)
  }

  /** False when no such probe is outstanding. */
  ponged(seq: number, remoteWallMs: number, nowMs: number, wallMs: number): boolean {
    const probe = this.#outstanding.get(seq)
    if (probe === undefined) return false
    this.#outstanding.delete(seq)
    const rttMs = nowMs - probe.sentMs
    this.trips.answered(rttMs)
    this.offset.add(probe.wallMs, remoteWallMs, wallMs, rttMs)
    probe.waiter?.({ rttMs })
    return true
  }

  expire(nowMs: number): void {
    for (const [seq, probe] of this.#outstanding) {
      if (nowMs - probe.sentMs < LOST_AFTER_MS) break
      this.#outstanding.delete(seq)
      if (seq !== GREETING_SEQ) this.trips.lost()
    }
  }
}
