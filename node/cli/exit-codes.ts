import type { Problem } from '../api/contract/common.ts'

/** What a script may rely on; `asgard help exit-codes` prints this table. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  notPermitted: 4,
  unknownName: 5,
  noAnswer: 6,
  conflict: 7,
  findings: 8,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'done'],
  [EXIT.failed, 'failed'],
  [EXIT.usage, 'wrong usage: arguments, settings, or a question that nobody was there to answer'],
  [EXIT.notRunning, 'Asgard is not running here'],
  [EXIT.notPermitted, 'not permitted, refused, or not in a network'],
  [EXIT.unknownName, 'no such device, network, invite or key, or several match'],
  [EXIT.noAnswer, 'timed out or unreachable'],
  [EXIT.conflict, 'conflict: it is there already, or changed meanwhile'],
  [EXIT.findings, 'finished, with findings (doctor, config check)'],
  [EXIT.interrupted, 'interrupted by Ctrl-C'],
]

const BY_CODE: Readonly<Record<string, ExitCode>> = {
  USAGE: EXIT.usage,
  BAD_REQUEST: EXIT.usage,
  TOO_LARGE: EXIT.usage,
  NOT_RUNNING: EXIT.notRunning,
  UNAUTHENTICATED: EXIT.notPermitted,
  FORBIDDEN: EXIT.notPermitted,
  NOT_PERMITTED: EXIT.notPermitted,
  NO_NETWORK: EXIT.notPermitted,
  NETWORK_AMBIGUOUS: EXIT.unknownName,
  DEVICE_AMBIGUOUS: EXIT.unknownName,
  LAST_OWNER: EXIT.conflict,
  CONFLICT: EXIT.conflict,
  ALREADY_RUNNING: EXIT.conflict,
  KEYSTORE_LOCKED: EXIT.notPermitted,
  WRONG_PASSPHRASE: EXIT.notPermitted,
  PASSPHRASE_UNREADABLE: EXIT.usage,
  START_TIMEOUT: EXIT.noAnswer,
  TIMEOUT: EXIT.noAnswer,
  UNREACHABLE: EXIT.noAnswer,
  INTERRUPTED: EXIT.interrupted,
}

const BY_STATUS: Readonly<Record<number, ExitCode>> = {
  400: EXIT.usage,
  401: EXIT.notPermitted,
  403: EXIT.notPermitted,
  404: EXIT.unknownName,
  409: EXIT.conflict,
  412: EXIT.conflict,
  413: EXIT.usage,
  422: EXIT.usage,
  502: EXIT.noAnswer,
  504: EXIT.noAnswer,
}

export function exitCodeOf(problem: Pick<Problem, 'code' | 'status'>): ExitCode {
  return BY_CODE[problem.code] ?? BY_STATUS[problem.status] ?? EXIT.failed
}
