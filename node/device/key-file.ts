import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { DeviceKey } from '../../src/identity/device-key.ts'
import { decodeKeyFile, encodeKeyFile, readKeyFile } from '../../src/identity/keystore.ts'
import { DaemonError } from '../daemon/daemon-error.ts'
import type { Passphrase } from '../daemon/passphrase.ts'

const NAME = 'device.key'

export interface LoadedKey {
  readonly key: DeviceKey
  readonly protection: 'none' | 'passphrase' | 'credential'
  readonly isNew: boolean
}

/** This device's key; made on first start. A plain key is encrypted as soon as a passphrase is there. */
export async function loadDeviceKey(
  directory: string,
  passphrase: Passphrase | undefined,
): Promise<LoadedKey> {
  const path = join(directory, NAME)
  const protection = passphrase?.protection ?? 'none'
  const text = readIfThere(path)
  if (text === undefined) {
    const key = DeviceKey.generate()
    writePrivately(path, await encodeKeyFile(key.seed, passphrase?.text))
    return { key, protection, isNew: true }
  }
  const mode = statSync(path).mode & 0o777
  if ((mode & 0o077) !== 0) {
    throw new DaemonError(
      'UNSAFE_KEY',
      `the device key ${path} can be read by others (mode ${mode.toString(8)})`,
      `chmod 600 ${path}, and think of the key as known to whoever had access`,
    )
  }
  const key = DeviceKey.fromSeed(await decodeKeyFile(text, passphrase?.text))
  if (passphrase !== undefined && readKeyFile(text).protection === 'none') {
    writePrivately(path, await encodeKeyFile(key.seed, passphrase.text))
  }
  return { key, protection, isNew: false }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (err) {
    if (err instanceof Error && 'code' in err && err.code === 'ENOENT') return undefined
    throw err
  }
}

/**
 * Never half written, and never with the rights of a file that was there before: a new file, on disk, renamed over
 * the old one, and that on disk too.
 */
export function writePrivately(path: string, text: string): void {
  const temporary = `${path}.new`
  rmSync(temporary, { force: true })
  onDisk(openSync(temporary, 'wx', 0o600), (file) => writeFileSync(file, text))
  renameSync(temporary, path)
  // Windows opens no directories, and needs this not.
  if (process.platform !== 'win32') onDisk(openSync(dirname(path), 'r'))
}

function onDisk(file: number, write: (file: number) => void = () => undefined): void {
  try {
    write(file)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
