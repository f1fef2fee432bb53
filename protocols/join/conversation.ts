import type { Stream } from '@libp2p/interface'
import { lpStream } from '@libp2p/utils'
import { ProtocolError } from '../protocol-error.ts'
import { PageBudget, pagesOf, type RecordPage } from '../record-pages.ts'
import { decodeJoin, encodeJoin } from './codec.ts'
import {
  JOIN_FRAME_MAX_BYTES,
  JOIN_FULL_PAGE_MIN_BYTES,
  JOIN_PAGE_MAX_BYTES,
  JOIN_RECORDS_MAX,
  JOIN_RECORDS_MAX_BYTES,
} from './constants.ts'
import type { JoinMessage } from './messages.ts'

/** Frames that may have arrived unread: each side answers before the other goes on. */
const BUFFER_FRAMES_MAX = 2

const RECORDS_LIMITS = {
  bytes: JOIN_RECORDS_MAX_BYTES,
  records: JOIN_RECORDS_MAX,
  fullPageBytes: JOIN_FULL_PAGE_MIN_BYTES,
}

/** One join stream as messages. */
export class JoinConversation {
  readonly #stream: ReturnType<typeof lpStream>

  /** `maxBytes`: the largest frame that the other side has a reason to send. */
  constructor(stream: Stream, maxBytes: number = JOIN_FRAME_MAX_BYTES) {
    this.#stream = lpStream(stream, {
      maxDataLength: maxBytes,
      maxBufferSize: BUFFER_FRAMES_MAX * maxBytes,
    })
  }

  async send(message: JoinMessage, signal: AbortSignal): Promise<void> {
    await this.#stream.write(encodeJoin(message), { signal })
  }

  async read(signal: AbortSignal): Promise<JoinMessage> {
    return decodeJoin((await this.#stream.read({ signal })).subarray())
  }

  /** Each page once the other side has asked for it; `patience` is how long one may take. */
  async sendRecords(records: readonly Uint8Array[], patience: () => AbortSignal): Promise<void> {
    for (const page of pagesOf(records, JOIN_PAGE_MAX_BYTES)) {
      const signal = patience()
      await this.send({ kind: 'records', ...page }, signal)
      if (!page.more) return
      const asked = await this.read(signal)
      if (asked.kind !== 'next') throw unexpected(asked.kind)
    }
  }

  /**
   * The rest of a run of pages whose first one has been read already; each is taken before the next is asked for. False
   * as soon as one is not taken.
   */
  async readRecords(
    first: RecordPage,
    take: (records: readonly Uint8Array[]) => Promise<boolean>,
    patience: () => AbortSignal,
  ): Promise<boolean> {
    const budget = new PageBudget(RECORDS_LIMITS)
    for (let page = first; ;) {
      budget.spend(page)
      if (!(await take(page.records))) return false
      if (!page.more) return true
      const signal = patience()
      await this.send({ kind: 'next' }, signal)
      const reply = await this.read(signal)
      if (reply.kind !== 'records') throw unexpected(reply.kind)
      page = reply
    }
  }
}

export function unexpected(kind: string): ProtocolError {
  return new ProtocolError('UNEXPECTED_FRAME', `join: ${kind} is not due now`)
}
