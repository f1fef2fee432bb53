import { randomBytes } from 'node:crypto'
import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { DaemonError } from './daemon-error.ts'
import { isAlive, markOf } from './process-mark.ts'
import { holderOf, textOf, type LockHolder } from './read-holder.ts'

const ATTEMPTS_MAX = 5

/**
 * One node per home. The file is made by `link`, which fails when there is one already; a dead node's file is
 * moved aside first, and put back should it turn out to be a new one.
 */
export class DaemonLock {
  readonly #file: string
  readonly #text: string

  private constructor(file: string, text: string) {
    this.#file = file
    this.#text = text
  }

  static acquire(
    file: string,
    facts: Pick<LockHolder, 'socket' | 'version' | 'startedAt'>,
  ): DaemonLock {
    const text = `${JSON.stringify({ ...markOf(process.pid), ...facts })}\n`
    const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
    writeFileSync(own, text, { mode: 0o600, flag: 'wx' })
    try {
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        if (linked(own, file)) return new DaemonLock(file, text)
        const seen = textOf(file)
        if (seen === undefined) continue
        const holder = holderOf(seen)
        if (holder !== undefined && isAlive(holder)) throw alreadyRunning(holder)
        moveAside(file, seen)
      }
    } finally {
      rmSync(own, { force: true })
    }
    throw new DaemonError(
      'ALREADY_RUNNING',
      'other nodes start here at the same time',
      'Look again: asgard daemon status',
    )
  }

  release(): void {
    if (textOf(this.#file) === this.#text) rmSync(this.#file, { force: true })
  }
}

function moveAside(file: string, expected: string): void {
  const aside = `${file}.stale.${randomBytes(4).toString('hex')}`
  try {
    renameSync(file, aside)
  } catch {
    // Another starting node was faster.
    return
  }
  try {
    if (textOf(aside) !== expected) linked(aside, file)
  } finally {
    rmSync(aside, { force: true })
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function alreadyRunning(holder: LockHolder): DaemonError {
  return new DaemonError(
    'ALREADY_RUNNING',
    `Asgard runs here already, as process ${holder.pid}.`,
    'See it: asgard status. Stop it: asgard daemon stop. A second one needs a home of its own: ASGARD_HOME=DIR',
  )
}
