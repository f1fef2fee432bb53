import { rmSync } from 'node:fs'
import { SettingsError } from '../settings/settings-error.ts'
import { settingsBackend } from '../settings/settings-backend.ts'
import { SettingsStore, type SettingsChange } from '../settings/settings-store.ts'
import type { SettingsSources } from '../settings/load-settings.ts'
import { DaemonLock } from './daemon-lock.ts'
import { libp2pLogger } from './libp2p-logger.ts'
import { LogSink } from './log-sink.ts'
import { readPassphrase } from './passphrase.ts'
import { ensurePrivateDirectory } from './private-directory.ts'
import { RotatingFile } from './rotating-file.ts'
import type { Paths } from './paths.ts'
import type { StartDaemon } from './start-daemon.ts'

/** For the answer to a request to stop to leave. */
const ANSWER_MS = 50
/** A node that does not end by itself within this time is ended. */
const STOP_MAX_MS = 10_000

export interface DaemonRun {
  readonly paths: Paths
  readonly sources: SettingsSources
  readonly env: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly startDaemon: StartDaemon
  /** Lines go here too; undefined in the background, where the file has them. */
  readonly standardOutput: { write(text: string): unknown } | undefined
  /** Ends the node: SIGTERM, Ctrl-C. */
  readonly stopSignal: AbortSignal
  /** Registers what SIGHUP does. */
  readonly onReload: (reload: () => void) => void
  /** Called once the node answers. */
  readonly onStarted: () => void
  readonly now: () => number
}

/** The node in this process, from its settings to its end. Resolves when it has stopped. */
export async function runDaemon(run: DaemonRun): Promise<void> {
  const { paths, version, now } = run
  const store = new SettingsStore(run.sources)
  for (const directory of [paths.data, paths.state, paths.runtime])
    ensurePrivateDirectory(directory)
  const lock = DaemonLock.acquire(paths.lockFile, {
    socket: paths.socket,
    version,
    startedAt: now(),
  })
  const file = new RotatingFile(paths.logFile)
  try {
    // The lock is ours, so whatever listened there is dead.
    rmSync(paths.socket, { force: true })
    const { level, format } = store.settings.log
    const sink = new LogSink({
      level,
      format,
      isJournal: run.env['JOURNAL_STREAM'] !== undefined,
      now,
      standardOutput: run.standardOutput,
      file,
    })
    await serve(run, store, sink)
  } finally {
    file.close()
    lock.release()
  }
}

async function serve(run: DaemonRun, store: SettingsStore, sink: LogSink): Promise<void> {
  const { paths, version, now, stopSignal } = run
  const log = sink.logger('daemon')
  const apply = (change: SettingsChange): void => {
    sink.setLevel(change.settings.log.level)
    if (change.changed.length > 0)
      log.info('settings changed', { keys: change.changed, needRestart: change.needRestart })
  }
  run.onReload(() => {
    try {
      apply(store.reload())
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error
      log.error('settings cannot be used; the old ones stay', { problem: error.message })
    }
  })

  const stopRequest = Promise.withResolvers<void>()
  if (stopSignal.aborted) return
  stopSignal.addEventListener('abort', () => stopRequest.resolve(), { once: true })

  const running = await run.startDaemon(store.settings, paths, {
    version,
    log: (subsystem) => sink.logger(subsystem),
    libp2pLogger: libp2pLogger((subsystem) => sink.logger(subsystem), {
      isTraced: () => false,
      now,
    }),
    logs: sink,
    settings: settingsBackend(store, apply),
    passphrase: readPassphrase(run.env),
    // The request that asks for it is to be answered first.
    requestStop: () => void setTimeout(() => stopRequest.resolve(), ANSWER_MS),
  })
  log.info('started', { version, profile: store.profile, socket: paths.socket, ui: running.ui })
  run.onStarted()
  await stopRequest.promise
  log.info('stopping')
  // Unref'd: it must not keep a process alive that has nothing else to do.
  const guard = setTimeout(() => {
    log.error('did not stop in time; ending anyway', { afterMs: STOP_MAX_MS })
    process.exit(1)
  }, STOP_MAX_MS)
  guard.unref()
  await running.stop()
  clearTimeout(guard)
  log.info('stopped')
}
