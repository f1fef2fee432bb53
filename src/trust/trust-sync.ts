import type { Channel } from '../../protocols/channel/channel.ts'
import { decodeTrust, encodeTrust } from '../../protocols/trust/codec.ts'
import {
  TRUST_HEADS_MAX,
  TRUST_KEYS_MAX,
  TRUST_PAGE_MAX_BYTES,
} from '../../protocols/trust/constants.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import type { Cancel, Clock } from '../clock/clock.ts'
import type { DeviceId } from '../identity/device-id.ts'
import { type GroupKeys, commitmentOf } from '../network/group-keys.ts'
import type { TrustChange, TrustLog } from './trust-log.ts'

/** Anti-entropy besides that on connect; ±20 % so that a network does not beat in step. */
const ROUND_MS = 60_000
const ROUND_JITTER = 0.2

/** Frames that a peer may send per second, and at once, before the rest is dropped unread. */
const FRAMES_PER_S = 20
const FRAMES_BURST = 200

/** No honest member sends what is malformed or refused; checking a signature takes as long as reading a frame. */
const MALFORMED_FINE_FRAMES = 50

export interface TrustSyncComponents {
  readonly channel: Channel
  readonly trust: TrustLog
  readonly groupKeys: GroupKeys
  readonly clock: Clock
  /** A peer sent something that no honest member sends. */
  readonly onOffence: (peer: DeviceId, code: string, detail: string) => void
}

/**
 * Spreads trust records: new ones are pushed to every connected member at once and passed on when they
 * were new here too; the rest is repaired by comparing frontiers on connect and every minute.
 */
export class TrustSync {
  readonly #components: TrustSyncComponents
  readonly #budgets = new Map<DeviceId, { tokens: number; atMs: number }>()
  #cancels: Cancel[] = []
  #isStarted = false

  constructor(components: TrustSyncComponents) {
    this.#components = components
  }

  start(): void {
    if (this.#isStarted) return
    this.#isStarted = true
    const { channel, trust } = this.#components
    channel.receive({
      frame: (from, frame) => this.#onFrame(from, frame),
      opened: (peer) => this.#sendFrontier(peer),
      closed: (peer) => this.#budgets.delete(peer),
    })
    this.#cancels = [trust.onChange((change) => this.#onChange(change))]
    this.#scheduleRound()
    for (const peer of channel.peers()) this.#sendFrontier(peer)
  }

  stop(): void {
    this.#isStarted = false
    for (const cancel of this.#cancels) cancel()
    this.#cancels = []
  }

  #scheduleRound(): void {
    const { clock } = this.#components
    const periodMs = ROUND_MS * (1 - ROUND_JITTER + 2 * ROUND_JITTER * clock.random())
    const cancel = clock.after(periodMs, () => {
      this.#cancels = this.#cancels.filter((other) => other !== cancel)
      if (!this.#isStarted) return
      for (const peer of this.#components.channel.peers()) this.#sendFrontier(peer)
      this.#scheduleRound()
    })
    this.#cancels.push(cancel)
  }

  #sendFrontier(peer: DeviceId): void {
    const { channel, trust, groupKeys } = this.#components
    const wantedKeys = groupKeys.lacking(trust.state.epochs.map((epoch) => epoch.commitment))
    channel.send(
      peer,
      encodeTrust({
        kind: 'frontier',
        heads: trust.frontier().slice(0, TRUST_HEADS_MAX),
        wantedKeys: wantedKeys.slice(-TRUST_KEYS_MAX),
      }),
    )
  }

  #onChange(change: TrustChange): void {
    const { channel, trust, groupKeys } = this.#components
    const peers = channel.peers()
    if (sizeOf(change.records.map((record) => record.bytes)) > TRUST_PAGE_MAX_BYTES) {
      for (const peer of peers) this.#sendFrontier(peer) // they ask for it page by page
      return
    }
    const frame = encodeTrust({
      kind: 'records',
      records: change.records.map((record) => record.bytes),
      more: false,
    })
    for (const peer of peers) if (peer !== change.origin) channel.send(peer, frame)
    const lacking = groupKeys.lacking(trust.state.epochs.map((epoch) => epoch.commitment))
    if (lacking.length > 0) for (const peer of peers) this.#sendFrontier(peer)
  }

  async #onFrame(from: DeviceId, frame: Uint8Array): Promise<void> {
    if (!this.#isStarted || !this.#spend(from)) return
    try {
      const message = decodeTrust(frame)
      switch (message.kind) {
        case 'frontier':
          return this.#onFrontier(from, message.heads, message.wantedKeys)
        case 'records':
          return await this.#onRecords(from, message.records, message.more)
        case 'group-keys':
          return await this.#onGroupKeys(message.keys)
      }
    } catch (err) {
      if (!(err instanceof ProtocolError)) throw err
      this.#fine(from, MALFORMED_FINE_FRAMES)
      this.#components.onOffence(from, err.code, err.message)
    }
  }

  #onFrontier(
    from: DeviceId,
    heads: readonly Uint8Array[],
    wantedKeys: readonly Uint8Array[],
  ): void {
    const { channel, trust, groupKeys } = this.#components
    const records = trust.missing(heads, TRUST_PAGE_MAX_BYTES)
    if (records.length > 0) {
      const more = sizeOf(records) > TRUST_PAGE_MAX_BYTES / 2
      channel.send(from, encodeTrust({ kind: 'records', records, more }))
    }
    if (trust.lacks(heads)) this.#sendFrontier(from) // it has something for us
    const keys = wantedKeys
      .map((commitment) => groupKeys.get(commitment))
      .filter((key) => key !== undefined)
    if (keys.length > 0) channel.send(from, encodeTrust({ kind: 'group-keys', keys }))
  }

  async #onRecords(from: DeviceId, records: readonly Uint8Array[], more: boolean): Promise<void> {
    const report = await this.#components.trust.ingest(records, { origin: from })
    const [offence] = report.refused
    if (offence !== undefined) {
      this.#fine(from, report.refused.length)
      this.#components.onOffence(from, offence.code, offence.detail)
    }
    // Something is missing between what we have and what came, or the sender has another page.
    if (report.parked > 0 || (more && report.accepted.length > 0)) this.#sendFrontier(from)
  }

  async #onGroupKeys(keys: readonly Uint8Array[]): Promise<void> {
    const { trust, groupKeys } = this.#components
    const wanted = new Set(groupKeys.lacking(trust.state.epochs.map((e) => e.commitment)).map(hex))
    for (const key of keys) if (wanted.has(hex(commitmentOf(key)))) await groupKeys.add(key)
  }

  /** The debt is at most what a peer may spend at once. */
  #fine(peer: DeviceId, frames: number): void {
    const budget = this.#budgets.get(peer)
    if (budget !== undefined) budget.tokens = Math.max(-FRAMES_BURST, budget.tokens - frames)
  }

  #spend(peer: DeviceId): boolean {
    const nowMs = this.#components.clock.monotonic()
    const budget = this.#budgets.get(peer) ?? { tokens: FRAMES_BURST, atMs: nowMs }
    budget.tokens = Math.min(
      FRAMES_BURST,
      budget.tokens + ((nowMs - budget.atMs) / 1_000) * FRAMES_PER_S,
    )
    budget.atMs = nowMs
    this.#budgets.set(peer, budget)
    if (budget.tokens < 1) return false
    budget.tokens -= 1
    return true
  }
}

const sizeOf = (records: readonly Uint8Array[]): number =>
  records.reduce((sum, record) => sum + record.length, 0)

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
