import { CliContext } from './cli-context.ts'
import { buildProgram, runProgram } from './program.ts'

const interrupt = new AbortController()
process.once('SIGINT', () => {
  interrupt.abort()
  // A second Ctrl-C ends the program whatever it is doing.
  process.once('SIGINT', () => process.exit(130))
})

// The reader of a pipe may go away at any time (`asgard events | head`): that is no error of ours.
let isReaderNeeded = true
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (isReaderNeeded) process.exit(0)
  })
}

const context = new CliContext(
  {
    argv: process.argv.slice(2),
    env: process.env,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    interrupted: interrupt.signal,
    now: () => Date.now(),
    outliveReader: () => {
      isReaderNeeded = false
    },
  },
  buildProgram,
)
process.exitCode = await runProgram(context)
