import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'

/** Where everything of one device lies. */
export interface Paths {
  readonly settingsFile: string
  /** Keys, trust logs, records: what must survive. */
  readonly data: string
  /** Logs and what a running node tells the command line. */
  readonly state: string
  /** The directory of the socket, mode 0700. */
  readonly runtime: string
  readonly socket: string
  readonly lockFile: string
  readonly logFile: string
  /** What a background start said before it could log. */
  readonly startFile: string
}

export interface PathFacts {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly userHome: string
  readonly temporary: string
  readonly userId: number
}

/** The kernel's `sun_path` holds 108 bytes with its end mark on Linux, 104 elsewhere. */
const SOCKET_PATH_MAX_BYTES = 103

/** `ASGARD_HOME` moves everything; without it the XDG directories apply. */
export function pathsOf({ env, userHome, temporary, userId }: PathFacts): Paths {
  const home = given(env['ASGARD_HOME'])
  const config =
    home === undefined
      ? join(xdg(env['XDG_CONFIG_HOME'], userHome, '.config'), 'asgard')
      : resolve(home)
  const data =
    home === undefined
      ? join(xdg(env['XDG_DATA_HOME'], userHome, '.local/share'), 'asgard')
      : join(config, 'data')
  const state =
    home === undefined
      ? join(xdg(env['XDG_STATE_HOME'], userHome, '.local/state'), 'asgard')
      : join(config, 'state')
  const runtime = runtimeOf(
    home === undefined ? absolute(env['XDG_RUNTIME_DIR']) : undefined,
    state,
    temporary,
    userId,
  )
  return {
    settingsFile: resolve(given(env['ASGARD_CONFIG']) ?? join(config, 'config.toml')),
    data,
    state,
    runtime,
    socket: join(runtime, 'api.sock'),
    lockFile: join(state, 'daemon.lock'),
    logFile: join(state, 'asgard.log'),
    startFile: join(state, 'start.log'),
  }
}

/** A socket's path is short by the kernel's rule, so a deep home gets a short directory of its own instead. */
function runtimeOf(
  xdgRuntime: string | undefined,
  state: string,
  temporary: string,
  userId: number,
): string {
  const preferred = xdgRuntime === undefined ? join(state, 'run') : join(xdgRuntime, 'asgard')
  if (Buffer.byteLength(join(preferred, 'api.sock')) <= SOCKET_PATH_MAX_BYTES) return preferred
  const name = createHash('sha256').update(state).digest('hex').slice(0, 16)
  return join(temporary, `asgard-${userId}-${name}`)
}

const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value)

/** The XDG specification: relative paths in these variables are invalid and ignored. */
const absolute = (value: string | undefined): string | undefined =>
  value?.startsWith('/') === true ? value : undefined

const xdg = (value: string | undefined, userHome: string, fallback: string): string =>
  absolute(value) ?? join(userHome, fallback)
