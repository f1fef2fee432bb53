import type { DeviceId } from '../identity/device-id.ts'
import { ANSWER_WITHIN_MS, QUESTIONS_MAX } from './health-limits.ts'

interface Question {
  readonly from: DeviceId
  readonly about: DeviceId
  readonly askedAt: number
}

/** Questions of others that wait for a probe to come back. */
export class Questions {
  #waiting: Question[] = []

  /** False when too many wait already; the asker then goes without an answer from us. */
  add(from: DeviceId, about: DeviceId, at: number): boolean {
    if (this.#waiting.some((question) => question.from === from && question.about === about))
      return true
    if (this.#waiting.length >= QUESTIONS_MAX) return false
    this.#waiting.push({ from, about, askedAt: at })
    return true
  }

  /** Takes out who waits for a word on `about`. */
  answered(about: DeviceId): readonly DeviceId[] {
    if (this.#waiting.length === 0) return []
    return this.#take((question) => question.about === about).map((question) => question.from)
  }

  /** Takes out what has waited long enough to be answered with "silent". */
  overdue(at: number): readonly { readonly from: DeviceId; readonly about: DeviceId }[] {
    if (this.#waiting.length === 0) return []
    return this.#take((question) => at - question.askedAt >= ANSWER_WITHIN_MS)
  }

  #take(matches: (question: Question) => boolean): readonly Question[] {
    const taken = this.#waiting.filter(matches)
    if (taken.length > 0)
      this.#waiting = this.#waiting.filter((question) => !taken.includes(question))
    return taken
  }
}
