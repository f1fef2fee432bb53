import { format } from 'node:util'
import type { ComponentLogger, Logger } from '@libp2p/interface'
import type { Log } from './log.ts'

/** Strangers can cause library errors at will; beyond these in a minute they are only counted. */
const ERRORS_PER_MINUTE = 10
const MINUTE_MS = 60_000

export interface Libp2pLoggerOptions {
  /** Components whose every step is logged, at level debug; none unless somebody looks for a fault. */
  readonly isTraced: (component: string) => boolean
  readonly now: () => number
}

/** What libp2p wants to log, into our log at level debug: errors only, unless a component is being traced. */
export function libp2pLogger(
  logOf: (subsystem: string) => Log,
  options: Libp2pLoggerOptions,
): ComponentLogger {
  return { forComponent: (name) => componentLogger(name, logOf, options) }
}

function componentLogger(
  name: string,
  logOf: (subsystem: string) => Log,
  options: Libp2pLoggerOptions,
): Logger {
  const log = logOf(name)
  const isTraced = options.isTraced(name)
  const limit = new ErrorLimit(options.now)
  const trace = (formatter: unknown, ...args: unknown[]): void => {
    if (isTraced) log.debug(textOf(formatter, args))
  }
  const error = (formatter: unknown, ...args: unknown[]): void => {
    const suppressed = limit.take()
    if (suppressed === undefined) return
    // For libp2p a peer that hangs up is an error; what matters of it is told by our own services.
    log.debug(textOf(formatter, args), suppressed === 0 ? {} : { suppressed })
  }
  return Object.assign(trace, {
    error,
    trace,
    enabled: isTraced,
    newScope: (scope: string) => componentLogger(`${name}:${scope}`, logOf, options),
  })
}

/** The `debug` package's format letters that `util.format` does not know are all "as text" here. */
function textOf(formatter: unknown, args: readonly unknown[]): string {
  if (typeof formatter !== 'string') return format('%s', short(formatter), ...args.map(short))
  return format(
    formatter.replaceAll(/%[a-zA-Z]/g, (letter) => (letter === '%d' ? letter : '%s')),
    ...args.map(short),
  )
}

function short(value: unknown): unknown {
  // An error's stack and an object's inside are not for a line of the log; peer ids and addresses say their own text.
  if (value instanceof Error) return `${value.name}: ${value.message}`
  return typeof value === 'object' ? format('%s', value) : value
}

class ErrorLimit {
  readonly #now: () => number
  #windowStart = -Infinity
  #taken = 0
  #suppressed = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** How many were suppressed before this one, or undefined when this one is to be. */
  take(): number | undefined {
    const now = this.#now()
    if (now - this.#windowStart >= MINUTE_MS) {
      this.#windowStart = now
      this.#taken = 0
    }
    if (this.#taken >= ERRORS_PER_MINUTE) {
      this.#suppressed++
      return undefined
    }
    this.#taken++
    const suppressed = this.#suppressed
    this.#suppressed = 0
    return suppressed
  }
}
