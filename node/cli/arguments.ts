import { InvalidArgumentError } from '@commander-js/extra-typings'

/** Readers of option values; each says what it wanted instead. */
export function count(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('a whole number from 1 on is needed.')
  return Number(text)
}

const UNIT_S: Readonly<Record<string, number>> = {
  '': 1,
  s: 1,
  m: 60,
  min: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
}

/** `90`, `90s`, `15m`, `24h`, `7d`, as seconds. */
export function durationS(text: string): number {
  const match = /^(\d{1,9})(s|m|min|h|d|w)?$/.exec(text)
  const seconds =
    match === null ? Number.NaN : Number(match[1]) * (UNIT_S[match[2] ?? ''] ?? Number.NaN)
  if (!(seconds > 0))
    throw new InvalidArgumentError('a time is a number with s, m, h or d, as in 15m.')
  return seconds
}

/** `500ms`, `2s`, `1m`; a bare number is seconds. */
export function durationMs(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms)?$/.exec(text)
  if (match !== null) return Math.round(Number(match[1]) * (match[2] === 'ms' ? 1 : 1_000))
  return durationS(text) * 1_000
}

/** A moment: `2026-11-20`, `2026-11-20T14:00`, or how long ago: `15m`. */
export function moment(now: () => number): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}(s|m|min|h|d|w)$/.test(text)) return now() - durationS(text) * 1_000
    const time = /^\d{4}-\d{2}-\d{2}/.test(text)
      ? Date.parse(text.length === 10 ? `${text}T00:00` : text)
      : Number.NaN
    if (Number.isNaN(time))
      throw new InvalidArgumentError(
        'a moment is 2026-11-20, 2026-11-20T14:00, or an age such as 15m.',
      )
    return time
  }
}

export const collect = (text: string, before: readonly string[] | undefined): string[] => [
  ...(before ?? []),
  text,
]
