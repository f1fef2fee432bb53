import { fitTo, safeText } from './safe-text.ts'
import type { Writer } from './terminal.ts'

/** Answers that come sooner need no sign that something is going on. */
const SILENT_MS = 400
const FRAME_MS = 100
const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'

/** A spinner with a sentence on standard error, for terminals only; everywhere else it is silent. */
export class Progress {
  readonly #writer: Writer
  readonly #isSilent: boolean
  #timer: NodeJS.Timeout | undefined
  #frame = 0
  #isShown = false

  constructor(writer: Writer, isSilent: boolean) {
    this.#writer = writer
    this.#isSilent = isSilent || writer.isTTY !== true
  }

  show(text: string): void {
    this.clear()
    if (this.#isSilent) return
    const sentence = safeText(text)
    const draw = (): void => {
      this.#isShown = true
      const sign = FRAMES[this.#frame++ % FRAMES.length] ?? ''
      this.#writer.write(
        `\r\x1b[2K${fitTo(`${sign} ${sentence}`, (this.#writer.columns ?? 80) - 1)}`,
      )
      this.#timer = setTimeout(draw, FRAME_MS)
      this.#timer.unref()
    }
    this.#timer = setTimeout(draw, SILENT_MS)
    this.#timer.unref()
  }

  clear(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isShown) this.#writer.write('\r\x1b[2K')
    this.#isShown = false
  }
}
