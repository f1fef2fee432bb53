import { ProtocolError } from './protocol-error.ts'

export interface RecordPage {
  readonly records: readonly Uint8Array[]
  /** Another page follows when it is asked for. */
  readonly more: boolean
}

export interface PageLimits {
  readonly bytes: number
  readonly records: number
  /** The least that a page has that another one follows; else there could be pages without end. */
  readonly fullPageBytes: number
}

/** At least one page; the last says so. */
export function pagesOf(records: readonly Uint8Array[], maxBytes: number): RecordPage[] {
  const pages: Uint8Array[][] = [[]]
  let bytes = 0
  for (const record of records) {
    bytes += record.length
    if (bytes > maxBytes) {
      pages.push([])
      bytes = record.length
    }
    pages.at(-1)?.push(record)
  }
  return pages.map((page, at) => ({ records: page, more: at < pages.length - 1 }))
}

/** What one peer may show in pages. */
export class PageBudget {
  readonly #limits: PageLimits
  #bytes = 0
  #records = 0

  constructor(limits: PageLimits) {
    this.#limits = limits
  }

  /** Throws when the page is one too many. */
  spend({ records, more }: RecordPage): void {
    const bytes = records.reduce((sum, record) => sum + record.length, 0)
    this.#bytes += bytes
    this.#records += records.length
    if (this.#bytes > this.#limits.bytes || this.#records > this.#limits.records) {
      throw new ProtocolError('TOO_LARGE', `${this.#records} records, ${this.#bytes} bytes`)
    }
    if (more && bytes < this.#limits.fullPageBytes)
      throw new ProtocolError('MALFORMED', `a page of ${bytes} bytes, and yet not the last`)
  }
}
