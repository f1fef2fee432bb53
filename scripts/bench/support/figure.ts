/** One measured number, with what it should reach and how another program did in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** The value should not be above this. */
  readonly goal?: number
  readonly peer?: string
  /** The peer's value for the same thing; ours should not be above `peerRatioMax` of it. */
  readonly peerValue?: number
  readonly peerRatioMax?: number
}

export type Report = (figure: Figure) => void
/** What follows `--` on the command line: `--minutes=10` is `{ minutes: '10' }`. */
export type BenchOptions = Readonly<Record<string, string>>

/** What each file of `scripts/bench/` exports. */
export interface Bench {
  readonly run: (report: Report, options: BenchOptions) => Promise<void>
}

export interface CompleteFigure extends Figure {
  readonly bench: string
  readonly ratio?: number
  readonly met?: boolean
}

/** Adds the ratio to the peer and whether every goal is met; without a goal there is nothing to meet. */
export function completeFigure(bench: string, figure: Figure): CompleteFigure {
  const { value, goal, peerValue, peerRatioMax } = figure
  const ratio = peerValue === undefined || peerValue === 0 ? undefined : rounded(value / peerValue)
  const verdicts = [
    ...(goal === undefined ? [] : [value <= goal]),
    ...(ratio === undefined || peerRatioMax === undefined ? [] : [ratio <= peerRatioMax]),
  ]
  return {
    bench,
    ...figure,
    value: rounded(value),
    ...(peerValue === undefined ? {} : { peerValue: rounded(peerValue) }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(verdicts.length === 0 ? {} : { met: verdicts.every(Boolean) }),
  }
}

/** Three digits say all that a shared machine can. */
function rounded(value: number): number {
  return Number(value.toPrecision(3))
}

/** The value below which `share` of the samples lie; with few samples p99 is the largest. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** A whole number from the command line. */
export function numberOption(options: BenchOptions, name: string, preset: number): number {
  const given = options[name]
  const value = given === undefined ? preset : Number(given)
  if (!Number.isFinite(value)) throw new RangeError(`--${name} must be a number`)
  return value
}
