import { decodeTrust, encodeTrust } from '../../protocols/trust/codec.ts'
import { ProtocolError } from '../../protocols/protocol-error.ts'
import type { DeviceId } from '../identity/device-id.ts'
import type { TrustLog } from './trust-log.ts'

/** What a gossipsub message may hold, its signature and framing aside. */
const MESSAGE_MAX_BYTES = 60_000

export interface GossipTopic {
  publish(data: Uint8Array): Promise<void>
  /** Sets the one listener; its answer decides whether the message is passed on. */
  receive(
    listener: (from: DeviceId, data: Uint8Array) => Promise<'accept' | 'ignore' | 'reject'>,
  ): void
}

export interface TrustGossipComponents {
  readonly topic: GossipTopic
  readonly trust: TrustLog
}

/**
 * Carries new trust records, removals above all, to members to whom this device holds no connection.
 * Only a hint: what it misses, `TrustSync` repairs.
 */
export class TrustGossip {
  readonly #components: TrustGossipComponents
  #cancel: (() => void) | undefined

  constructor(components: TrustGossipComponents) {
    this.#components = components
  }

  start(): void {
    if (this.#cancel !== undefined) return
    const { topic, trust } = this.#components
    topic.receive((from, data) => this.#onMessage(from, data))
    this.#cancel = trust.onChange((change) => {
      if (change.origin !== undefined || change.records.length === 0) return // passed on by gossipsub itself
      const data = encodeTrust({
        kind: 'records',
        records: change.records.map((record) => record.bytes),
        more: false,
      })
      if (data.length <= MESSAGE_MAX_BYTES) topic.publish(data).catch(() => {}) // a hint may get lost
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  async #onMessage(from: DeviceId, data: Uint8Array): Promise<'accept' | 'ignore' | 'reject'> {
    try {
      const message = decodeTrust(data)
      if (message.kind !== 'records') return 'reject'
      const report = await this.#components.trust.ingest(message.records, { origin: from })
      if (report.refused.length > 0) return 'reject'
      return report.accepted.length > 0 ? 'accept' : 'ignore'
    } catch (err) {
      if (err instanceof ProtocolError) return 'reject'
      throw err
    }
  }
}
