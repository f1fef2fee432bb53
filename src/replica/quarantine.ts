import type { DeviceId } from '../identity/device-id.ts'
import type { RefusalCode } from './refusal.ts'

/** Something that was refused: shown to people, never acted on. */
export interface QuarantineEntry {
  /** Who gave it to us; itself for what we found in a document. */
  readonly from: DeviceId
  readonly author: DeviceId | undefined
  readonly document: string | undefined
  readonly code: RefusalCode
  readonly detail: string
  readonly firstAtMs: number
  readonly lastAtMs: number
  readonly count: number
}

export type QuarantineReport = Pick<
  QuarantineEntry,
  'from' | 'author' | 'document' | 'code' | 'detail'
>

const ENTRIES_MAX = 256
const DETAIL_MAX_CHARS = 200

export class Quarantine {
  readonly #entries = new Map<string, QuarantineEntry>()
  readonly #told = new Set<string>()

  /** The entry when this peer was never refused for this reason before: worth one line in the log. */
  add(report: QuarantineReport, nowMs: number): QuarantineEntry | undefined {
    const key = `${report.from}/${report.author}/${report.document}/${report.code}`
    const known = this.#entries.get(key)
    this.#entries.delete(key) // re-inserted last: the oldest entry is the first to go
    const entry: QuarantineEntry = {
      ...report,
      detail: report.detail.slice(0, DETAIL_MAX_CHARS),
      firstAtMs: known?.firstAtMs ?? nowMs,
      lastAtMs: nowMs,
      count: (known?.count ?? 0) + 1,
    }
    this.#entries.set(key, entry)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= ENTRIES_MAX) break
      this.#entries.delete(oldest)
    }
    return this.#isNews(`${report.from}/${report.code}`) ? entry : undefined
  }

  list(): readonly QuarantineEntry[] {
    return [...this.#entries.values()]
  }

  forget(author: DeviceId): void {
    for (const [key, entry] of this.#entries) {
      if (entry.author === author || entry.from === author) this.#entries.delete(key)
    }
  }

  #isNews(key: string): boolean {
    if (this.#told.has(key)) return false
    if (this.#told.size >= ENTRIES_MAX * 4) this.#told.clear()
    this.#told.add(key)
    return true
  }
}
