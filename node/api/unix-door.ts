import { lstat, mkdir, unlink } from 'node:fs/promises'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { dirname } from 'node:path'
import { DoorError } from './door-error.ts'
import { errnoOf, listening } from './listening.ts'

/** `sun_path` of Linux holds 108 bytes with its final zero, that of macOS 104; Node cuts longer ones silently. */
const PATH_MAX_BYTES = 103

/** Listens on a socket that only this user can open. A socket left behind by a dead daemon is replaced. */
export async function openUnixDoor(server: Server, path: string): Promise<void> {
  if (Buffer.byteLength(path) > PATH_MAX_BYTES) {
    const hint = 'set ASGARD_HOME or XDG_RUNTIME_DIR to a shorter path'
    throw new DoorError(
      'PATH_TOO_LONG',
      `the socket path is longer than ${PATH_MAX_BYTES} bytes: ${path}`,
      hint,
    )
  }
  await prepareDirectory(dirname(path))
  await removeStale(path)
  // Node binds within listen(), so the socket never exists with a wider mode, not even for a moment.
  const umask = process.umask(0o177)
  let bound: Promise<void>
  try {
    bound = listening(server, { path })
  } finally {
    process.umask(umask)
  }
  await bound
}

async function prepareDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const stats = await lstat(directory)
  const isOurs = process.getuid === undefined || stats.uid === process.getuid()
  const isWritableByOthers = process.getuid !== undefined && (stats.mode & 0o022) !== 0
  if (stats.isDirectory() && isOurs && !isWritableByOthers) return
  const detail = `others can change the directory of the socket: ${directory}`
  throw new DoorError('INSECURE_DIRECTORY', detail, `chmod 700 ${directory}`)
}

async function removeStale(path: string): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (stats === undefined) return
  if (!stats.isSocket()) throw new DoorError('NOT_A_SOCKET', `there is a file in the way: ${path}`)
  if (await isAnswered(path)) {
    throw new DoorError(
      'ALREADY_RUNNING',
      `a daemon already answers on ${path}`,
      'asgard daemon status',
    )
  }
  await unlink(path)
}

/** Only a refused connection is proof that nobody listens; whatever else happens, somebody may. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', (error) =>
      resolve(errnoOf(error) !== 'ECONNREFUSED' && errnoOf(error) !== 'ENOENT'),
    )
  })
}
