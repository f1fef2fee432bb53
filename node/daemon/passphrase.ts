import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DaemonError } from './daemon-error.ts'

/** What unlocks the device key, and where it came from. */
export interface Passphrase {
  readonly text: string
  readonly protection: 'passphrase' | 'credential'
}

/** systemd `LoadCredential=asgard-passphrase:…` (systemd.exec(5)). */
const CREDENTIAL = 'asgard-passphrase'
const PASSPHRASE_MAX_CHARS = 1_024

/** From ASGARD_PASSPHRASE_FILE or a systemd credential; never from the environment itself. */
export function readPassphrase(
  env: Readonly<Record<string, string | undefined>>,
): Passphrase | undefined {
  const file = env['ASGARD_PASSPHRASE_FILE']
  if (file !== undefined && file !== '') return { text: firstLine(file), protection: 'passphrase' }
  const credentials = env['CREDENTIALS_DIRECTORY']
  if (credentials === undefined || credentials === '') return undefined
  const text = firstLine(join(credentials, CREDENTIAL), true)
  return text === undefined ? undefined : { text, protection: 'credential' }
}

function firstLine(file: string): string
function firstLine(file: string, mayBeMissing: true): string | undefined
function firstLine(file: string, mayBeMissing = false): string | undefined {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (cause) {
    if (mayBeMissing && cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      return undefined
    throw new DaemonError(
      'PASSPHRASE_UNREADABLE',
      `the passphrase file ${file} cannot be read`,
      undefined,
      { cause },
    )
  }
  const line = content.split(/\r?\n/, 1)[0] ?? ''
  if (line === '' || line.length > PASSPHRASE_MAX_CHARS) {
    throw new DaemonError('PASSPHRASE_UNREADABLE', `the first line of ${file} is no passphrase`)
  }
  return line
}
