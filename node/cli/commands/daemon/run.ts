import { hostname } from 'node:os'
import { Option } from '@commander-js/extra-typings'
import { keepHeapSmall, tidyHeapSoon } from '../../../daemon/small-heap.ts'
import { collect } from '../../arguments.ts'
import type { CliContext } from '../../cli-context.ts'
import { defineCommand } from '../../define-command.ts'
import { EXIT } from '../../exit-codes.ts'
import { programVersion } from '../../program-version.ts'

const LINGER_MAX_MS = 1_000

export const run = (context: CliContext) =>
  defineCommand({
    name: 'run',
    summary: 'Run the node here, until Ctrl-C or SIGTERM',
    examples: [
      'asgard daemon run',
      'asgard daemon run --profile wan',
      'asgard daemon run --set log.level=debug --set api.port=0',
    ],
    more: 'SIGHUP reads the settings file again. A wrong setting stops the start and names its line.',
  })
    .option('--profile <profile>', 'lan, wan or test')
    .option('--set <key=value>', 'a setting for this run; may be given several times', collect)
    .addOption(
      new Option('--background', 'started by daemon start: log to the file only').hideHelp(),
    )
    .addOption(
      new Option(
        '--throw-away',
        'started by demo: end with standard input, leave nothing',
      ).hideHelp(),
    )
    .action(async (options) => {
      // Only here is the node loaded; every other command stays a thin client.
      keepHeapSmall()
      const [{ runDaemon }, { startDaemon }, { endWithInput, removeThrowAwayHome }] =
        await Promise.all([
          import('../../../daemon/run.ts'),
          import('../../../main.ts'),
          import('../../../daemon/throw-away.ts'),
        ])
      const { paths, terminal } = context
      const stop = new AbortController()
      const { signal } = stop
      process.once('SIGTERM', () => stop.abort())
      terminal.outliveReader()
      terminal.interrupted.addEventListener('abort', () => stop.abort(), { once: true })
      if (options.throwAway === true) endWithInput(terminal.stdin, stop)
      try {
        await runDaemon({
          paths,
          sources: {
            file: paths.settingsFile,
            env: terminal.env,
            flags: options.set ?? [],
            profile: options.profile,
            hostName: hostname(),
          },
          env: terminal.env,
          version: programVersion,
          startDaemon,
          standardOutput: options.background === true ? undefined : terminal.stdout,
          stopSignal: signal,
          // On a terminal it says that the terminal was closed.
          onReload: (reload) =>
            process.on('SIGHUP', terminal.stdout.isTTY === true ? () => stop.abort() : reload),
          onStarted: () => {
            tidyHeapSoon()
            // A background process must not keep a directory busy that somebody wants to unmount.
            if (options.background === true) process.chdir('/')
          },
          now: terminal.now,
        })
      } finally {
        if (options.throwAway === true) removeThrowAwayHome(terminal.env['ASGARD_HOME'])
      }
      context.endWith(terminal.interrupted.aborted ? EXIT.interrupted : EXIT.ok)
      // Everything is closed; a library that still holds on to something must not keep the home's process alive.
      setTimeout(() => process.exit(), LINGER_MAX_MS).unref()
    })
