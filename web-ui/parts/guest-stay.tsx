import type { Signal } from '@preact/signals'

const STAYS: readonly (readonly [days: number, words: string])[] = [
  [1, '1 day'],
  [7, '1 week'],
  [30, '30 days'],
]

/** How long a guest stays, in days. */
export function GuestStay({ days }: { days: Signal<number> }) {
  return (
    <label class="field">
      <span>The guest stays</span>
      <select
        value={days.value}
        onChange={(event) => (days.value = Number(event.currentTarget.value))}
      >
        {STAYS.map(([count, words]) => (
          <option key={count} value={count}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

export function untilMs(days: number): number {
  return Date.now() + days * 86_400_000
}
