/** A promise that was broken. */
export interface Violation {
  readonly rule: string
  readonly detail: string
}
