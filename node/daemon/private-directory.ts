import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { DaemonError } from './daemon-error.ts'

/** Makes a directory that only we may enter; refuses one that is somebody else's or a link to elsewhere. */
export function ensurePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const stat = lstatSync(path)
  if (!stat.isDirectory()) throw new DaemonError('UNSAFE_DIRECTORY', `${path} is not a directory`)
  const user = process.getuid?.()
  if (user !== undefined && stat.uid !== user) {
    throw new DaemonError(
      'UNSAFE_DIRECTORY',
      `${path} belongs to another user`,
      'Move it away, or set ASGARD_HOME',
    )
  }
  if ((stat.mode & 0o077) !== 0) chmodSync(path, 0o700)
}
