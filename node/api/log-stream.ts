import type { LogSource } from './backend.ts'
import type { LogLine } from './contract/mesh.ts'

const SEVERITY: Readonly<Record<LogLine['level'], number>> = {
  error: 0,
  warn: 1,
  info: 2,
  debug: 3,
}
/** A reader that is further behind loses the oldest lines, not the node its memory. */
const WAITING_MAX = 1_000

/** Log lines at least as severe as `level`: the kept ones, then, if asked, those to come. */
export async function* logStream(
  logs: LogSource,
  request: { readonly follow: boolean; readonly level: LogLine['level'] },
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const isWanted = (line: LogLine) => SEVERITY[line.level] <= SEVERITY[request.level]
  const waiting: LogLine[] = logs.recent().filter(isWanted)
  let wake: (() => void) | undefined
  const stopListening = logs.listen((line) => {
    if (!request.follow || !isWanted(line)) return
    waiting.push(line)
    if (waiting.length > WAITING_MAX) waiting.shift()
    wake?.()
  })
  const onAbort = () => wake?.()
  signal.addEventListener('abort', onAbort)
  try {
    while (!signal.aborted) {
      const line = waiting.shift()
      if (line !== undefined) yield line
      else if (!request.follow) return
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    stopListening()
  }
}
