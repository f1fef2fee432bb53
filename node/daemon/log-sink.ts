import { pino, type Logger as Pino } from 'pino'
import type { LogSource } from '../api/backend.ts'
import type { LogLine } from '../api/contract/mesh.ts'
import { safeText } from '../cli/safe-text.ts'
import type { Log, LogFields, LogLevel } from './log.ts'

const RING_LINES = 1_000
/** Peers put their texts into our log lines: one line stays small whatever they say. */
const MESSAGE_MAX_CHARS = 1_000
const FIELDS_MAX_CHARS = 3_000
/** Whoever reads a log must not be able to join, sign in or decrypt with it. */
const SECRET_FIELDS = ['ticket', 'secret', 'token', 'passphrase', 'seed', 'authorization', 'launch']
const SECRET_TEXT = /asgard1[a-z2-7]{12,}|#t=[\w-]{12,}|Bearer [\w-]{12,}/gi

export interface LogSinkOptions {
  readonly level: LogLevel
  readonly format: 'json' | 'text'
  /** Under systemd the journal notes the time itself. */
  readonly isJournal: boolean
  readonly now: () => number
  readonly standardOutput: { write(text: string): unknown } | undefined
  readonly file: { write(line: string): void } | undefined
}

/** Where log lines go: standard output, the log file, and the last thousand in memory for `asgard logs`. */
export class LogSink implements LogSource {
  readonly #options: LogSinkOptions
  readonly #pino: Pino
  readonly #ring: LogLine[] = []
  readonly #listeners = new Set<(line: LogLine) => void>()

  constructor(options: LogSinkOptions) {
    this.#options = options
    this.#pino = pino(
      {
        level: options.level,
        base: null,
        messageKey: 'message',
        timestamp: () => `,"time":${options.now()}`,
        formatters: { level: (level) => ({ level }) },
        redact: {
          paths: SECRET_FIELDS.flatMap((field) => [field, `fields.${field}`, `fields.*.${field}`]),
          censor: '[redacted]',
        },
      },
      { write: (line: string) => this.#write(line) },
    )
  }

  get level(): LogLevel {
    return this.#pino.level as LogLevel
  }

  setLevel(level: LogLevel): void {
    this.#pino.level = level
  }

  logger(subsystem: string): Log {
    const log = (level: LogLevel, message: string, fields: LogFields = {}): void => {
      if (!this.#pino.isLevelEnabled(level)) return
      this.#pino[level](
        { subsystem, fields: bounded(fields) },
        safeText(message, MESSAGE_MAX_CHARS),
      )
    }
    return {
      error: (message, fields) => log('error', message, fields),
      warn: (message, fields) => log('warn', message, fields),
      info: (message, fields) => log('info', message, fields),
      debug: (message, fields) => log('debug', message, fields),
    }
  }

  recent(): readonly LogLine[] {
    return [...this.#ring]
  }

  listen(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #write(raw: string): void {
    const text = raw.replace(SECRET_TEXT, '[redacted]')
    const line = JSON.parse(text) as LogLine
    this.#ring.push(line)
    if (this.#ring.length > RING_LINES) this.#ring.shift()
    this.#options.file?.write(text)
    this.#options.standardOutput?.write(this.#shown(line, text))
    for (const listener of this.#listeners) listener(line)
  }

  #shown(line: LogLine, text: string): string {
    const { format, isJournal } = this.#options
    if (format === 'text') {
      const time = isJournal ? '' : `${new Date(line.time).toISOString()} `
      const fields = Object.entries(line.fields).map(
        ([key, value]) => ` ${safeText(key)}=${safeText(JSON.stringify(value) ?? '')}`,
      )
      return `${time}${line.level.padEnd(5)} ${safeText(line.subsystem)}: ${safeText(line.message)}${fields.join('')}\n`
    }
    if (!isJournal) return text
    const { time: _time, ...rest } = line
    return `${JSON.stringify(rest)}\n`
  }
}

/** Errors as text, and nothing larger than a line may be. */
function bounded(fields: LogFields): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(fields))
    plain[key] = value instanceof Error ? errorText(value) : value
  let text: string
  try {
    text = JSON.stringify(plain, (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    )
  } catch {
    return { unprintable: Object.keys(plain).join(', ').slice(0, 200) }
  }
  if (text.length > FIELDS_MAX_CHARS) return { cut: text.slice(0, FIELDS_MAX_CHARS) }
  return JSON.parse(text) as Record<string, unknown>
}

function errorText(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const cause = error.cause instanceof Error ? ` (${errorText(error.cause)})` : ''
  return `${error.name}${code}: ${error.message}${cause}`
}
