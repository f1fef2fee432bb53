import type { Log, LogFields } from '../../node/daemon/log.ts'

interface Entry {
  readonly level: keyof Log
  readonly message: string
  readonly fields: LogFields
}

/** Remembers what a node logs. */
export class LogSpy implements Log {
  readonly entries: Entry[] = []

  error(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'error', message, fields })
  }

  warn(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'warn', message, fields })
  }

  info(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'info', message, fields })
  }

  debug(message: string, fields: LogFields = {}): void {
    this.entries.push({ level: 'debug', message, fields })
  }

  /** `room CODE` of each logged offence of the peer, in order. */
  offences(peer: string): string[] {
    return this.entries
      .filter(({ message, fields }) => message === 'offence' && fields['peer'] === peer)
      .map(({ fields }) => `${String(fields['room'])} ${String(fields['code'])}`)
  }
}
