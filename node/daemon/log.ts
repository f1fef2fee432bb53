import type { LogLine } from '../api/contract/mesh.ts'

export type LogFields = Readonly<Record<string, unknown>>

/** How parts of the node log: a sentence that stays the same, and what differs in fields. */
export interface Log {
  error(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  debug(message: string, fields?: LogFields): void
}

export type LogLevel = LogLine['level']
