import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'

export const LOG_FILE_MAX_BYTES = 5 * 1_024 * 1_024
export const LOG_FILES_MAX = 5

/** A text file that is renamed to `.1`, `.2` … when full; the oldest is overwritten. */
export class RotatingFile {
  readonly #path: string
  readonly #maxBytes: number
  readonly #filesMax: number
  #file: number | undefined
  #bytes = 0

  constructor(path: string, maxBytes = LOG_FILE_MAX_BYTES, filesMax = LOG_FILES_MAX) {
    this.#path = path
    this.#maxBytes = maxBytes
    this.#filesMax = filesMax
  }

  /** Writes at once, so that the last line before a crash is there. A full disk loses lines, never the node. */
  write(line: string): void {
    try {
      const bytes = Buffer.byteLength(line)
      if (this.#bytes + bytes > this.#maxBytes && this.#bytes > 0) this.#rotate()
      this.#bytes += writeSync(this.#open(), line)
    } catch {
      this.close()
    }
  }

  close(): void {
    const file = this.#file
    this.#file = undefined
    this.#bytes = 0
    if (file === undefined) return
    try {
      closeSync(file)
    } catch {
      // What cannot be closed is closed with the process.
    }
  }

  #open(): number {
    if (this.#file === undefined) {
      this.#file = openSync(this.#path, 'a', 0o600)
      this.#bytes = fstatSync(this.#file).size
    }
    return this.#file
  }

  #rotate(): void {
    this.close()
    for (let number = this.#filesMax - 1; number >= 1; number--) {
      const from = number === 1 ? this.#path : `${this.#path}.${number - 1}`
      try {
        renameSync(from, `${this.#path}.${number}`)
      } catch {
        // There are not that many yet.
      }
    }
  }
}
