import type { Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { ProtocolError } from '../protocol-error.ts'
import { decodeJoin, encodeJoin } from './codec.ts'
import {
  JOIN_FRAME_MAX_BYTES,
  JOIN_PAGE_MAX_BYTES,
  JOIN_RECORDS_MAX,
  JOIN_RECORDS_MAX_BYTES,
} from './constants.ts'
import type { JoinMessage } from './messages.ts'

/** Frames that may have arrived unread. */
const BUFFER_FRAMES_MAX = 32

/** One join stream as messages. */
export class JoinConversation {
  readonly #stream: ReturnType<typeof lpStream>

  /** `maxBytes`: the largest frame that the other side has a reason to send. */
  constructor(stream: Stream, maxBytes: number = JOIN_FRAME_MAX_BYTES) {
    this.#stream = lpStream(stream, {
      maxDataLength: maxBytes,
      maxBufferSize: Math.min(BUFFER_FRAMES_MAX * maxBytes, JOIN_RECORDS_MAX_BYTES),
    })
  }

  async send(message: JoinMessage, signal: AbortSignal): Promise<void> {
    await this.#stream.write(encodeJoin(message), { signal })
  }

  async read(signal: AbortSignal): Promise<JoinMessage> {
    return decodeJoin((await this.#stream.read({ signal })).subarray())
  }

  async sendRecords(records: readonly Uint8Array[], signal: AbortSignal): Promise<void> {
    let page: Uint8Array[] = []
    let bytes = 0
    for (const record of records) {
      if (bytes + record.length > JOIN_PAGE_MAX_BYTES) {
        await this.send({ kind: 'records', records: page, more: true }, signal)
        page = []
        bytes = 0
      }
      page.push(record)
      bytes += record.length
    }
    await this.send({ kind: 'records', records: page, more: false }, signal)
  }

  /** The rest of a run of record pages whose first one has been read already. */
  async readRecords(
    first: Extract<JoinMessage, { kind: 'records' }>,
    signal: AbortSignal,
  ): Promise<Uint8Array[]> {
    const records: Uint8Array[] = []
    let bytes = 0
    for (let page = first; ;) {
      records.push(...page.records)
      bytes += page.records.reduce((sum, record) => sum + record.length, 0)
      if (bytes > JOIN_RECORDS_MAX_BYTES || records.length > JOIN_RECORDS_MAX) {
        throw new ProtocolError(
          'TOO_LARGE',
          `a trust log of ${records.length} records, ${bytes} bytes`,
        )
      }
      if (!page.more) return records
      const next = await this.read(signal)
      if (next.kind !== 'records')
        throw new ProtocolError('UNEXPECTED_FRAME', `join: ${next.kind} within records`)
      page = next
    }
  }
}
